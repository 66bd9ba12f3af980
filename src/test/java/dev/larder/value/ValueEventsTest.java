package dev.larder.value;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.codec.ValueCodec;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.GeneratedKey;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.service.Backends;
import dev.larder.service.Logs;
import dev.larder.service.MapBackend;
import dev.larder.service.Tally;
import dev.larder.service.WatchedBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of a cached method is counted and logged once, whatever becomes of it. */
@Timeout(60)
class ValueEventsTest {

    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final String METHOD = "dev.larder.value.ValueEventsTest$Methods.read(String)";

    private final AtomicLong nanos = new AtomicLong();
    private final Counts counts = new Counts(nanos::get);
    private final ValueCache cache =
            new ValueCache(() -> JSONB, () -> "shop", (method, arguments) -> null, any -> false);
    private Backends backends;

    interface Methods {
        @Cache(ttl = 300)
        String read(String id);

        @Cache(ttl = 300)
        CompletionStage<String> later(String id);
    }

    enum Store {
        LOCAL,
        COPY,
        BYTES
    }

    private void open(Store store) {
        CacheSettings settings = CacheSettings.local();
        open(
                switch (store) {
                    case LOCAL -> new LocalBackendFactory().create("default", settings);
                    case COPY -> new LocalBackendFactory().create("default", settings.option("isolation", "copy"));
                    case BYTES -> new MapBackend(() -> 0);
                });
    }

    private void open(CacheBackend store) {
        backends = new Backends(
                Map.of("default", CacheSettings.of("test")),
                (name, its) -> store,
                new ValueCodec(() -> JSONB),
                System::nanoTime,
                any -> CacheEvents.NONE);
    }

    @AfterEach
    void close() {
        backends.close();
    }

    private CachedValue cached(String name) throws Exception {
        Method method = Methods.class.getDeclaredMethod(name, String.class);
        CachePolicy policy = new PolicyReader(
                        PropertySource.EMPTY, Map.of("default", CacheSettings.of("test")), new Problems())
                .read(Methods.class, method, method.getAnnotation(Cache.class), Kind.VALUE);
        return CachedValue.of(policy, backends.region("default", ""), null, counts);
    }

    private Object read(Callable<Object> origin) throws Exception {
        return cache.serve(cached("read"), new Object[] {"a"}, origin);
    }

    @ParameterizedTest
    @EnumSource
    void a_miss_is_stored_and_the_next_call_is_a_hit(Store store) throws Exception {
        open(store);
        List<String> lines = linesOf(() -> {
            read(() -> {
                nanos.addAndGet(300);
                return "secret";
            });
            await().until(() -> counts.snapshot().puts() == 1);
            read(() -> "other");
        });

        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 hit, 1 miss, 1 load, 1 put");
        assertThat(counts.snapshot().loads().nanos()).isEqualTo(300);
        String call = METHOD + " '" + METHOD + " shop [\"a\"]': ";
        assertThat(lines).containsExactly(call + "larder; fwd=uri-miss; stored", call + "larder; hit");
    }

    @ParameterizedTest
    @EnumSource
    void a_call_that_waits_for_the_first_one_is_a_hit_and_coalesced(Store store) throws Exception {
        open(store);
        CountDownLatch runs = new CountDownLatch(1);
        CompletableFuture<Object> result = new CompletableFuture<>();
        FutureTask<Object> first = new FutureTask<>(() -> read(() -> {
            runs.countDown();
            return result.get(30, SECONDS);
        }));
        new Thread(first).start();
        assertThat(runs.await(30, SECONDS)).isTrue();
        FutureTask<Object> second = new FutureTask<>(() -> read(() -> "own"));
        Thread follower = new Thread(second);
        follower.start();
        await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
        result.complete("v");

        assertThat(second.get(30, SECONDS)).isEqualTo("v");
        await().untilAsserted(() ->
                assertThat(Tally.of(counts.snapshot())).isEqualTo("1 hit, 1 coalesced, 1 miss, 1 load, 1 put"));
    }

    @Test
    void null_and_an_exception_are_not_stored() throws Exception {
        open(Store.LOCAL);
        List<String> lines = linesOf(() -> {
            read(() -> null);
            try {
                read(() -> {
                    throw new IllegalStateException("expected");
                });
            } catch (IllegalStateException expected) {
                // counted, too
            }
        });

        assertThat(Tally.of(counts.snapshot()))
                .isEqualTo("2 miss, 2 load, 1 not stored: exception, 1 not stored: no-value");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("larder; fwd=uri-miss; detail=no-value");
        assertThat(lines.get(1)).endsWith("larder; fwd=uri-miss; detail=exception");
    }

    @Test
    void a_stage_has_run_when_it_completes() throws Exception {
        open(Store.LOCAL);
        CompletableFuture<String> stage = new CompletableFuture<>();
        cache.serve(cached("later"), new Object[] {"a"}, () -> stage);
        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 miss");
        nanos.addAndGet(900);
        stage.complete("v");

        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 miss, 1 load, 1 put");
        assertThat(counts.snapshot().loads().nanos()).isEqualTo(900);
    }

    @Test
    void a_call_without_a_key_is_a_bypass() throws Exception {
        open(Store.LOCAL);
        CachedValue plain = cached("read");
        CachedValue keyless = CachedValue.of(
                plain.policy(),
                plain.region(),
                new GeneratedKey(plain.policy(), () -> (context, prefix) -> null),
                counts);
        List<String> lines = linesOf(() -> cache.serve(keyless, new Object[] {"a"}, () -> "v"));

        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 bypass, 1 not stored: no-key");
        assertThat(lines).containsExactly(METHOD + ": larder; fwd=bypass; detail=no-key");
    }

    @Test
    void a_failed_read_is_a_miss() throws Exception {
        open(new WatchedBackend() {
            @Override
            protected CacheBackend to() {
                throw new IllegalStateException("down");
            }
        });
        assertThat(read(() -> "v")).isEqualTo("v");
        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 miss, 1 not stored: backend");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static List<String> linesOf(Action action) throws Exception {
        Logger logger = Logger.getLogger("dev.larder.value");
        logger.setLevel(Level.FINE);
        try (Logs logs = new Logs()) {
            action.run();
            return logs.at(Level.FINE);
        } finally {
            logger.setLevel(null);
        }
    }
}
