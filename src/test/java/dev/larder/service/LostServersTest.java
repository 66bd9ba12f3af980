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
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a backend that tells its servers apart, one that is lost is not asked, and the others are as before. */
class LostServersTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Seconds seconds = new Seconds();
    private final Two store = new Two();
    private final Logs logs = new Logs();
    private CacheSettings settings = CacheSettings.of("two");
    private Backends backends;

    @AfterEach
    void close() {
        logs.close();
        backends.close();
    }

    private ICacheService service(CacheBackend backend) {
        backends = new Backends(
                Map.of("default", settings),
                (name, its) -> backend,
                new ValueCodec(JsonbBuilder::create),
                nanos::get,
                InstantSource.system(),
                seconds,
                any -> CacheEvents.NONE);
        return backends.service();
    }

    private void failFiveTimes(ICacheService cache) {
        for (int i = 0; i < 5; i++) {
            cache.get("b" + i, String.class);
        }
    }

    @Test
    void its_keys_are_misses_without_a_question_and_those_of_the_others_are_hits() {
        ICacheService cache = service(store);
        cache.set("a", "v");
        cache.set("b", "v");
        store.broken.put("b", new IllegalStateException("b is down"));
        failFiveTimes(cache);
        int asked = store.asked.get();

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("b", String.class)).isEmpty();
            assertThat(cache.set("b" + i, "v")).isFalse();
            assertThat(cache.delete("b")).isFalse();
            assertThat(cache.hasKey("b")).isFalse();
            assertThat(cache.touch("b")).isFalse();
        }
        assertThat(store.asked).hasValue(asked);
        assertThat(cache.get("a", String.class)).contains("v");
        assertThat(cache.set("a2", "v")).isTrue();
    }

    @Test
    void failures_of_one_in_turns_with_answers_of_the_other_are_in_a_row() {
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        for (int i = 0; i < 10; i++) {
            cache.get("b", String.class);
            cache.get("a", String.class);
        }

        assertThat(store.asked).hasValue(5 + 10);
    }

    @Test
    void failures_of_one_in_turns_with_its_answers_are_not() {
        ICacheService cache = service(store);
        for (int i = 0; i < 20; i++) {
            store.broken.put("b", new IllegalStateException("b is down"));
            cache.get("b", String.class);
            store.broken.clear();
            cache.get("b", String.class);
        }

        assertThat(store.asked).hasValue(40);
    }

    @Test
    void counting_and_on_error_throw_say_that_it_is_not_asked() {
        settings = settings.onError(OnError.THROW);
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> cache.get("b", String.class)).hasMessageContaining("b is down");
        }

        assertThatThrownBy(() -> cache.get("b", String.class))
                .isInstanceOf(CacheBackendException.class)
                .hasMessage("Backend 'default' is not called to get 'b': server-b failed repeatedly, and is tried again"
                        + " once a second");
        assertThatThrownBy(() -> cache.incr("b")).isInstanceOf(CacheBackendException.class);
        assertThatThrownBy(() -> cache.incr("a")).isInstanceOf(NoSuchKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asynchronous_operations_ask_it_no_more_either(boolean laterByItself) throws Exception {
        ICacheService cache = service(laterByItself ? new LaterBackend(store) : store);
        cache.set("a", "v");
        store.broken.put("b", new IllegalStateException("b is down"));
        for (int i = 0; i < 10; i++) {
            assertThat(cache.getAsync("b", String.class).toCompletableFuture().get(10, SECONDS))
                    .isEmpty();
            assertThat(cache.getAsync("a", String.class).toCompletableFuture().get(10, SECONDS))
                    .contains("v");
        }

        assertThat(store.asked).hasValue(1 + 5 + 10);
    }

    @Test
    void it_is_probed_once_a_second_and_used_again_without_a_request() {
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        failFiveTimes(cache);
        seconds.pass();
        seconds.pass();
        assertThat(store.probes).hasValue(2);
        assertThat(cache.set("b", "v")).isFalse();
        store.broken.clear();

        seconds.pass();

        assertThat(cache.set("b", "v")).isTrue();
        assertThat(seconds.waiting()).isZero();
    }

    @Test
    void its_loss_is_told_of_once_and_its_return_once_with_its_name() {
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        failFiveTimes(cache);
        cache.get("a", String.class);
        cache.get("b", String.class);
        seconds.pass();
        assertThat(logs.at(Level.WARNING))
                .singleElement()
                .asString()
                .contains("'default'", "failed to get", "without cache", "b is down (servers that fail: server-b)");
        assertThat(logs.at(Level.INFO)).isEmpty();
        store.broken.clear();
        seconds.pass();

        assertThat(logs.at(Level.INFO)).singleElement().isEqualTo("Backend 'default' works again on server-b");
    }

    @Test
    void a_server_that_is_lost_and_back_in_turns_is_told_of_once() {
        ICacheService cache = service(store);
        for (int i = 0; i < 10; i++) {
            store.broken.put("b", new IllegalStateException("b is down"));
            failFiveTimes(cache);
            store.broken.clear();
            seconds.pass();
        }

        assertThat(logs.at(Level.WARNING)).hasSize(1);
        assertThat(logs.at(Level.INFO)).hasSize(1);
    }

    @Test
    void that_a_probe_fails_is_told_of_every_thirty_seconds() {
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        failFiveTimes(cache);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        seconds.pass();

        assertThat(logs.at(Level.WARNING)).hasSize(2);
        assertThat(logs.at(Level.WARNING).get(1))
                .contains(
                        "'default'",
                        "respond to a probe",
                        "its other servers are still called",
                        "5 failures",
                        "b is down");
    }

    @Test
    void no_password_is_in_what_a_probe_says() {
        settings = CacheSettings.of("two").option("password", "geheim");
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("down"));
        failFiveTimes(cache);
        store.broken.put("b", new UnsupportedOperationException("wrong password geheim"));
        seconds.pass();

        assertThat(logs.text()).contains("wrong password").doesNotContain("geheim");
    }

    @Test
    void one_for_which_others_stand_in_is_lost_at_once() {
        service(store);
        store.policy.lost("server-b", () -> {});
        assertThat(store.policy.isLost("server-b")).isTrue();
        assertThat(store.policy.isLost("server-a")).isFalse();
        seconds.pass();

        assertThat(store.policy.isLost("server-b")).isFalse();
    }

    @Test
    void one_that_is_not_asked_any_more_is_probed_no_more() {
        ICacheService cache = service(store);
        store.broken.put("b", new IllegalStateException("b is down"));
        failFiveTimes(cache);
        store.policy.forget("server-b");
        seconds.pass();

        assertThat(store.probes).hasValue(0);
        assertThat(seconds.waiting()).isZero();
        assertThat(logs.at(Level.INFO)).isEmpty();
    }

    /** Two servers, told apart by the first letter of a key. */
    private static final class Two implements CacheBackend {

        private final Map<String, RuntimeException> broken = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger probes = new AtomicInteger();
        private final MapBackend map = new MapBackend(() -> 0);
        private volatile Servers policy;

        @Override
        public boolean guard(Servers servers) {
            policy = servers;
            return true;
        }

        private <T> T ask(String key, Function<CacheBackend, T> operation) {
            String letter = key.replaceFirst("^:1:", "").substring(0, 1);
            String server = "server-" + letter;
            policy.admit(server);
            if (!key.contains("%all")) { // that one is read along with others
                asked.incrementAndGet();
            }
            RuntimeException failure = broken.get(letter);
            if (failure != null) {
                policy.failed(server, () -> probe(letter));
                throw failure;
            }
            policy.answered(server);
            return operation.apply(map);
        }

        private void probe(String letter) {
            probes.incrementAndGet();
            RuntimeException failure = broken.get(letter);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public byte[] get(String key) {
            return ask(key, to -> to.get(key));
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            return ask(key, to -> to.set(key, value, ttl));
        }

        @Override
        public boolean delete(String key) {
            return ask(key, to -> to.delete(key));
        }

        @Override
        public boolean hasKey(String key) {
            return ask(key, to -> to.hasKey(key));
        }

        @Override
        public boolean touch(String key, Ttl ttl) {
            return ask(key, to -> to.touch(key, ttl));
        }

        @Override
        public long add(String key, long delta) {
            return ask(key, to -> to.add(key, delta));
        }

        @Override
        public void close() {}
    }
}
