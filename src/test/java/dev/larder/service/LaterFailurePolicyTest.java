package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheBackendException;
import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import dev.larder.NoSuchKeyException;
import dev.larder.OnError;
import dev.larder.codec.ValueCodec;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The failure policy is one for operations that are waited for and for those whose client answers later by itself. */
@Timeout(60)
class LaterFailurePolicyTest {

    private final Seconds seconds = new Seconds();
    private final FailurePolicyTest.Breakable store = new FailurePolicyTest.Breakable();
    private final Logs logs = new Logs();
    private Backends backends;

    @AfterEach
    void close() {
        store.gate.countDown();
        store.broken = null;
        logs.close();
        backends.close();
    }

    private ICacheService service(OnError onError) {
        backends = new Backends(
                Map.of("default", CacheSettings.of("test").onError(onError)),
                (name, its) -> new LaterBackend(store),
                new ValueCodec(JsonbBuilder::create),
                () -> 0,
                InstantSource.system(),
                seconds,
                any -> CacheEvents.NONE);
        return backends.service();
    }

    @Test
    void a_broken_backend_is_a_miss_and_counting_on_it_an_exception() throws Exception {
        ICacheService cache = service(OnError.MISS);
        store.broken = new IllegalStateException("down");

        assertThat(got(cache.getAsync("k", String.class))).isEmpty();
        assertThat(got(cache.setAsync("k", "v"))).isFalse();
        assertThat(got(cache.setAsync("k", "v", Duration.ZERO))).isFalse();
        assertThat(got(cache.deleteAsync("k"))).isFalse();
        store.broken = null;
        assertThat(got(cache.hasKeyAsync("k"))).isFalse();
        store.broken = new IllegalStateException("down");
        assertThat(got(cache.hasKeyAsync("k"))).isFalse();
        assertThat(got(cache.touchAsync("k"))).isFalse();
        assertThatThrownBy(() -> got(cache.incrAsync("k"))).hasCauseInstanceOf(CacheBackendException.class);
        assertThatThrownBy(() -> got(cache.decrAsync("k"))).hasCauseInstanceOf(CacheBackendException.class);
    }

    @Test
    void on_error_throw_fails_every_stage() {
        ICacheService cache = service(OnError.THROW);
        store.broken = new IllegalStateException("down");
        List<CompletionStage<?>> stages = List.of(
                cache.getAsync("k", String.class),
                cache.setAsync("k", "v"),
                cache.setAsync("k", "v", Duration.ZERO),
                cache.deleteAsync("k"),
                cache.hasKeyAsync("k"),
                cache.touchAsync("k"),
                cache.incrAsync("k"));

        for (CompletionStage<?> stage : stages) {
            assertThatThrownBy(() -> got(stage)).hasCauseInstanceOf(CacheBackendException.class);
        }
        assertThatThrownBy(() -> got(stages.get(0))).hasRootCause(store.broken);
    }

    @Test
    void both_kinds_share_the_breaker_and_the_log() throws Exception {
        ICacheService cache = service(OnError.MISS);
        store.broken = new IllegalStateException("down");
        for (int i = 0; i < 2; i++) {
            cache.get("k", String.class);
            got(cache.getAsync("k", String.class));
        }
        got(cache.setAsync("k", "v"));
        store.broken = null;

        assertThat(cache.set("k", "v")).isFalse();
        assertThat(got(cache.setAsync("k", "v"))).isFalse();
        assertThat(logs.at(Level.WARNING)).hasSize(1);
        seconds.pass();
        assertThat(got(cache.setAsync("k", "v"))).isTrue();
        assertThat(cache.get("k", String.class)).contains("v");
        assertThat(logs.at(Level.INFO)).singleElement().asString().contains("works again");
    }

    @Test
    void a_missing_counter_and_a_value_that_is_none_are_no_failures() throws Exception {
        ICacheService cache = service(OnError.THROW);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> got(cache.incrAsync("k")))
                    .cause()
                    .isInstanceOf(NoSuchKeyException.class)
                    .hasMessageContaining("'default'");
        }
        assertThatThrownBy(() -> got(cache.setAsync("k", new Object() {
                    @SuppressWarnings("unused")
                    public String getText() {
                        throw new IllegalStateException("not to be written");
                    }
                })))
                .hasCauseInstanceOf(CacheValueException.class);
        assertThat(got(cache.setAsync("k", 5))).isTrue();
        assertThat(logs.at(Level.WARNING)).isEmpty();
    }

    @Test
    void the_caller_waits_for_nothing_and_what_is_under_way_is_bounded() throws Exception {
        ICacheService cache = service(OnError.MISS);
        store.gate = new CountDownLatch(1);
        List<CompletionStage<?>> stages = new ArrayList<>();
        for (int i = 0; i < Background.MAX_PENDING; i++) {
            stages.add(cache.getAsync("k", String.class));
        }

        assertThat(got(cache.getAsync("k", String.class))).isEmpty();
        assertThatThrownBy(() -> got(cache.incrAsync("k"))).hasCauseInstanceOf(CacheBackendException.class);
        assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
        store.gate.countDown();
        for (CompletionStage<?> stage : stages) {
            got(stage);
        }
        assertThat(got(cache.setAsync("k", "v"))).isTrue();
    }

    @Test
    void what_is_under_way_at_undeployment_ends() {
        ICacheService cache = service(OnError.MISS);
        store.gate = new CountDownLatch(1);
        CompletionStage<?> stage = cache.getAsync("k", String.class);
        backends.close();
        store.gate.countDown();

        assertThatThrownBy(() -> got(stage)).hasCauseInstanceOf(CacheBackendException.class);
    }

    private static <T> T got(CompletionStage<T> stage) throws ExecutionException {
        try {
            return stage.toCompletableFuture().get(10, SECONDS);
        } catch (ExecutionException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
