package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheBackendException;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.NoSuchKeyException;
import dev.larder.OnError;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.JsonbBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken backend is not an error of the application. */
@Timeout(60)
class FailurePolicyTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Seconds seconds = new Seconds();
    private final Breakable store = new Breakable();
    private final Logs logs = new Logs();
    private Backends backends;

    @AfterEach
    void close() {
        logs.close();
        if (backends != null) {
            backends.close();
        }
    }

    private ICacheService service(CacheSettings settings) {
        backends = new Backends(
                Map.of("default", settings),
                (name, its) -> store,
                new ValueCodec(JsonbBuilder::create),
                nanos::get,
                InstantSource.system(),
                seconds,
                any -> CacheEvents.NONE);
        return backends.service();
    }

    private ICacheService missing() {
        return service(CacheSettings.of("test"));
    }

    private ICacheService throwing() {
        return service(CacheSettings.of("test").onError(OnError.THROW));
    }

    @Test
    void a_broken_backend_is_a_miss() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");

        assertThat(cache.get("k", String.class)).isEmpty();
        assertThat(cache.set("k", "v")).isFalse();
        assertThat(cache.set("k", "v", Duration.ZERO)).isFalse();
        assertThat(cache.delete("k")).isFalse();
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(cache.touch("k")).isFalse();
        assertThat(cache.touch("k", Duration.ZERO)).isFalse();
        assertThat(got(cache.getAsync("k", String.class))).isEmpty();
        assertThat(got(cache.setAsync("k", "v"))).isFalse();
    }

    @Test
    void operations_on_many_and_loaders_do_without_a_broken_backend() {
        ICacheService cache = missing();
        cache.set("k", "v");
        store.broken = new IllegalStateException("down");

        assertThat(cache.add("k", "v")).isFalse();
        assertThat(cache.getMany(List.of("k"), String.class)).isEmpty();
        assertThat(cache.setMany(Map.of("k", "v", "l", "v"))).containsExactlyInAnyOrder("k", "l");
        assertThat(cache.setMany(Map.of("k", "v"), Duration.ZERO)).containsExactly("k");
        assertThat(cache.deleteMany(List.of("k"))).isZero();
        assertThat(cache.getOrSet("k", String.class, () -> "loaded")).isEqualTo("loaded");
        assertThat(got(cache.getOrSetAsync("k", String.class, () -> CompletableFuture.completedStage("loaded"))))
                .isEqualTo("loaded");
        assertThat(got(cache.addAsync("k", "v"))).isFalse();
        assertThat(got(cache.setManyAsync(Map.of("k", "v")))).containsExactly("k");
        assertThat(cache.clear()).isFalse();
        assertThat(cache.invalidate("t")).isFalse();
        store.broken = null;
        seconds.pass();
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @Test
    void on_error_throw_is_not_for_invalidate_and_get_or_set() {
        ICacheService cache = throwing();
        store.broken = new IllegalStateException("down");

        assertThat(cache.invalidate("t")).isFalse();
        assertThat(got(cache.invalidateAsync("t"))).isFalse();
        assertThat(cache.getOrSet("k", String.class, () -> "loaded")).isEqualTo("loaded");
        assertThat(got(cache.getOrSetAsync("k", String.class, () -> CompletableFuture.completedStage("loaded"))))
                .isEqualTo("loaded");
    }

    @Test
    void counting_on_a_broken_backend_is_an_exception() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");

        assertThatThrownBy(() -> cache.incr("k")).isInstanceOf(CacheBackendException.class);
        assertThatThrownBy(() -> cache.decr("k"))
                .isInstanceOf(CacheBackendException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("'k'")
                .hasMessageContaining("down")
                .hasCause(store.broken);
        assertThatThrownBy(() -> got(cache.incrAsync("k"))).hasRootCause(store.broken);
    }

    @Test
    void on_error_throw_makes_all_operations_throw() {
        ICacheService cache = throwing();
        store.broken = new IllegalStateException("down");
        List<Consumer<ICacheService>> calls = List.of(
                c -> c.get("k", String.class),
                c -> c.set("k", "v"),
                c -> c.set("k", "v", Duration.ZERO),
                c -> c.delete("k"),
                c -> c.hasKey("k"),
                c -> c.touch("k"),
                c -> c.add("k", "v"),
                c -> c.getMany(List.of("k"), String.class),
                c -> c.setMany(Map.of("k", "v")),
                c -> c.setMany(Map.of("k", "v"), Duration.ZERO),
                c -> c.deleteMany(List.of("k")),
                c -> c.clear(),
                c -> c.incr("k"),
                c -> c.decr("k"));
        for (Consumer<ICacheService> call : calls) {
            assertThatThrownBy(() -> call.accept(cache)).isInstanceOf(CacheBackendException.class);
        }
        assertThatThrownBy(() -> got(cache.getAsync("k", String.class)))
                .hasCauseInstanceOf(CacheBackendException.class);
    }

    @Test
    void a_miss_and_a_missing_counter_are_no_failures() {
        ICacheService cache = throwing();

        assertThat(cache.get("k", String.class)).isEmpty();
        assertThat(cache.delete("k")).isFalse();
        assertThatThrownBy(() -> cache.incr("k")).isInstanceOf(NoSuchKeyException.class);
        assertThat(logs.at(Level.WARNING)).isEmpty();
    }

    @Test
    void a_kind_of_failure_is_logged_once_in_thirty_seconds_and_counted() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");
        cache.get("k", String.class);
        cache.set("k", "v");
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        cache.get("k", String.class);
        assertThat(logs.at(Level.WARNING))
                .singleElement()
                .asString()
                .contains("'default'", "get", "without cache", "(1 failure since the last report)", "down");
        store.broken = new UnsupportedOperationException("odd");
        cache.get("k", String.class);
        assertThat(logs.at(Level.WARNING)).hasSize(2);
        store.broken = new IllegalStateException("down");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        cache.get("k", String.class);
        assertThat(logs.at(Level.WARNING)).hasSize(3);
        assertThat(logs.at(Level.WARNING).get(2)).contains("3 failures");
    }

    @Test
    void recovery_is_logged_once() {
        ICacheService cache = missing();
        cache.get("k", String.class);
        store.broken = new IllegalStateException("down");
        cache.get("k", String.class);
        store.broken = null;
        cache.get("k", String.class);
        cache.get("k", String.class);

        assertThat(logs.at(Level.INFO)).singleElement().asString().contains("'default'", "works again");
    }

    @Test
    void a_backend_that_fails_and_works_in_turns_is_told_of_once() {
        ICacheService cache = missing();
        for (int i = 0; i < 50; i++) {
            store.broken = i % 2 == 0 ? new IllegalStateException("down") : null;
            cache.get("k", String.class);
        }

        assertThat(logs.at(Level.WARNING)).hasSize(1);
        assertThat(logs.at(Level.INFO)).hasSize(1);
    }

    @Test
    void a_missing_counter_is_a_sign_of_life() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");
        cache.get("k", String.class);
        store.broken = null;
        assertThatThrownBy(() -> cache.incr("k")).isInstanceOf(NoSuchKeyException.class);

        assertThat(logs.at(Level.INFO)).hasSize(1);
    }

    @Test
    void a_backend_that_failed_five_times_in_a_row_is_asked_by_no_request_whatever_time_passes() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
        }
        store.broken = null;
        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(cache.get("k", String.class)).isEmpty();
            assertThat(cache.set("k", "v")).isFalse();
            assertThat(got(cache.getAsync("k", String.class))).isEmpty();
            assertThatThrownBy(() -> cache.incr("k"))
                    .isInstanceOf(CacheBackendException.class)
                    .hasMessageContaining("is tried again once a second");
        }

        assertThat(store.asked).hasValue(5);
    }

    @Test
    void it_is_probed_once_a_second_and_used_again_without_a_request() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
        }
        seconds.pass();
        seconds.pass();
        assertThat(store.asked).hasValue(7);
        assertThat(cache.set("k", "v")).isFalse();
        store.broken = null;
        assertThat(logs.at(Level.INFO)).isEmpty();

        seconds.pass();

        assertThat(logs.at(Level.INFO)).singleElement().asString().contains("'default'", "works again");
        assertThat(cache.set("k", "v")).isTrue();
        assertThat(cache.get("k", String.class)).contains("v");
        assertThat(seconds.waiting()).isZero();
    }

    @Test
    void a_probe_that_fails_is_told_of_as_any_failure() {
        ICacheService cache = missing();
        store.broken = new IllegalStateException("down");
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
        }
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        seconds.pass();

        assertThat(logs.at(Level.WARNING)).hasSize(2);
        assertThat(logs.at(Level.WARNING).get(1)).contains("'default'", "respond to a probe", "5 failures", "down");
    }

    @Test
    void a_probe_asks_under_the_prefix_for_what_nothing_is_stored_under() {
        ICacheService cache = service(CacheSettings.of("test").keyPrefix("shop").version("7"));
        store.broken = new IllegalStateException("down");
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
        }
        store.broken = null;
        seconds.pass();

        assertThat(store.lastRead).startsWith("shop:7:larder-probe-");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://user:geheim@host:1, 'cannot connect to redis://user:geheim@host:1'",
        "redis://user:geheim@host:1, 'wrong password geheim'",
        "redis://:geheim@host:1, 'auth geheim failed'",
        "user:geheim@host:1, 'bad address user:geheim@host:1'",
        "redis:/user:geheim@host:1, 'Illegal character in user:geheim@host'",
        "redis:/user:geheim@host:1, 'password geheim'",
        "'redis://us er:geheim@ho st:1', 'cannot parse redis://us er:geheim@ho st:1'",
        "redis://user:ge@geheim@host:1, 'authority user:ge@geheim@host'",
        "redis://user:gehei%6D@host, 'password geheim refused'",
    })
    void no_password_is_in_any_message_exception_or_log(String server, String failure) {
        CacheSettings settings = CacheSettings.redis(server).onError(OnError.THROW);
        ICacheService cache = service(settings);
        for (RuntimeException broken : new RuntimeException[] {
            new IllegalStateException(failure),
            new IllegalStateException("outer", new IllegalArgumentException(failure)),
            suppressing(failure)
        }) {
            store.broken = broken;
            assertThatThrownBy(() -> cache.get("k", String.class))
                    .satisfies(e -> assertThat(trace(e))
                            .contains("CacheBackendException")
                            .doesNotContain("geheim", "gehei%6D"));
        }

        assertThat(logs.text()).contains("failed to get").doesNotContain("geheim", "gehei%6D");
        assertThat(settings.toString()).contains("***@ho").doesNotContain("geheim", "gehei%6D");
    }

    private static RuntimeException suppressing(String failure) {
        RuntimeException outer = new IllegalStateException("outer");
        outer.addSuppressed(new IllegalStateException(failure));
        return outer;
    }

    @Test
    void a_password_among_the_options_is_in_no_message() {
        CacheSettings settings = CacheSettings.of("test")
                .option("trust-store-password", "geheim")
                .onError(OnError.THROW);
        ICacheService cache = service(settings);
        store.broken = new IllegalStateException("cannot open with geheim");

        assertThatThrownBy(() -> cache.get("k", String.class))
                .satisfies(e -> assertThat(trace(e)).contains("***").doesNotContain("geheim"));
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void a_key_is_shown_by_its_first_200_characters_and_forges_no_line() {
        ICacheService cache = throwing();
        store.broken = new IllegalStateException("down");

        assertThatThrownBy(() -> cache.get("x\n" + "y".repeat(500), String.class))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("y".repeat(250)));
    }

    @Test
    void where_too_many_asynchronous_operations_wait_the_policy_answers() throws Exception {
        ICacheService cache = missing();
        store.gate = new CountDownLatch(1);
        List<CompletionStage<?>> waiting = new ArrayList<>();
        for (int i = 0; i < Background.MAX_PENDING; i++) {
            waiting.add(cache.getAsync("k", String.class));
        }

        assertThat(got(cache.getAsync("k", String.class))).isEmpty();
        assertThat(got(cache.setAsync("k", "v"))).isFalse();
        assertThatThrownBy(() -> got(cache.incrAsync("k"))).hasCauseInstanceOf(CacheBackendException.class);

        backends.close();
        for (CompletionStage<?> one : waiting) {
            one.handle((value, failure) -> null).toCompletableFuture().get(10, SECONDS);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("larder-"));
    }

    @Test
    void a_backend_that_does_not_close_does_not_keep_others_from_it() {
        missing();
        store.broken = new IllegalStateException("down");

        backends.close();

        assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("'default' did not close");
    }

    private static <T> T got(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, SECONDS);
        } catch (Exception e) {
            throw new AssertionError("", e instanceof java.util.concurrent.ExecutionException ? e.getCause() : e);
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Works like a map until it is told not to. */
    static final class Breakable extends ForwardingBackend {
        private final MapBackend map = new MapBackend(() -> 0);
        final AtomicInteger asked = new AtomicInteger();
        volatile String lastRead;
        volatile RuntimeException broken;
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public byte[] get(String key) {
            lastRead = key;
            return super.get(key);
        }

        @Override
        protected CacheBackend to() {
            asked.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (broken != null) {
                throw broken;
            }
            return map;
        }

        @Override
        public void close() {
            if (broken != null) {
                throw broken;
            }
        }
    }
}
