package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheException;
import dev.larder.CacheSettings;
import dev.larder.CacheStatistics;
import dev.larder.ICacheService;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.CountsSnapshot;
import dev.larder.statistics.Timing;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation of {@link ICacheService} counts and logs, on each kind of backend. */
@Timeout(60)
class ServiceStatisticsTest {

    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final String BACKEND = "counted";
    private static final Duration ENDED = Duration.ZERO;

    private final AtomicLong nanos = new AtomicLong();
    private Backends backends;
    private ICacheService cache;

    enum Store {
        LOCAL {
            @Override
            CacheBackend create(CacheSettings settings) {
                return new LocalBackendFactory().create(BACKEND, settings.option("max-bytes", "100000"));
            }
        },
        COPY {
            @Override
            CacheBackend create(CacheSettings settings) {
                return new LocalBackendFactory()
                        .create(BACKEND, settings.option("max-bytes", "100000").option("isolation", "copy"));
            }
        },
        BYTES {
            @Override
            CacheBackend create(CacheSettings settings) {
                return new MapBackend(() -> 0);
            }
        },
        LATER {
            @Override
            CacheBackend create(CacheSettings settings) {
                return new LaterBackend(new MapBackend(() -> 0));
            }
        };

        abstract CacheBackend create(CacheSettings settings);
    }

    /** An operation, what it counts, and the line that it logs. */
    private record Case(Consumer<ICacheService> operation, String counted, String logged) {}

    private static Case of(Consumer<ICacheService> operation, String counted, String logged) {
        return new Case(operation, counted, logged);
    }

    /** {@code k} is a text, {@code n} the number 5, {@code none} is missing. */
    private static final List<Case> CASES = List.of(
            of(c -> c.get("k", String.class), "1 hit", "get 'k' (counted): hit"),
            of(c -> c.get("none", String.class), "1 miss", "get 'none' (counted): miss"),
            of(c -> join(c.getAsync("k", String.class)), "1 hit", "get 'k' (counted): hit"),
            of(c -> join(c.getAsync("none", String.class)), "1 miss", "get 'none' (counted): miss"),
            of(
                    c -> c.getMany(List.of("k", "none", "k", "gone"), String.class),
                    "1 hit, 2 miss",
                    "getMany of 3 keys (counted): 1 hits"),
            of(
                    c -> join(c.getManyAsync(List.of("k", "none", "k", "gone"), String.class)),
                    "1 hit, 2 miss",
                    "getMany of 3 keys (counted): 1 hits"),
            of(c -> c.getMany(List.of(), String.class), "", "getMany of 0 keys (counted): 0 hits"),
            of(c -> c.getOrSet("k", String.class, () -> "w"), "1 hit", "getOrSet 'k' (counted): hit"),
            of(
                    c -> c.getOrSet("none", String.class, () -> "w"),
                    "1 miss, 1 load, 1 put",
                    "getOrSet 'none' (counted): miss, stored"),
            of(
                    c -> c.getOrSet("none", String.class, () -> null),
                    "1 miss, 1 load, 1 not stored: no-value",
                    "getOrSet 'none' (counted): miss, not stored: no-value"),
            of(
                    c -> c.getOrSet("none", String.class, ENDED, () -> "w"),
                    "1 miss, 1 not stored: no-ttl",
                    "getOrSet 'none' (counted): miss, not stored: no-ttl"),
            of(
                    c -> c.getOrSet("none", String.class, () -> {
                        throw new CacheException("refused");
                    }),
                    "1 miss, 1 load, 1 not stored: exception",
                    "getOrSet 'none' (counted): miss, not stored: exception"),
            of(c -> join(c.getOrSetAsync("k", String.class, () -> stage("w"))), "1 hit", "getOrSet 'k' (counted): hit"),
            of(
                    c -> join(c.getOrSetAsync("none", String.class, () -> stage("w"))),
                    "1 miss, 1 load, 1 put",
                    "getOrSet 'none' (counted): miss, stored"),
            of(
                    c -> join(c.getOrSetAsync(
                            "none", String.class, () -> CompletableFuture.failedStage(new CacheException("refused")))),
                    "1 miss, 1 load, 1 not stored: exception",
                    "getOrSet 'none' (counted): miss, not stored: exception"),
            of(c -> c.set("k", "secret"), "1 put", "set 'k' (counted): true"),
            of(c -> join(c.setAsync("k", "secret")), "1 put", "set 'k' (counted): true"),
            of(c -> c.set("k", "secret", ENDED), "", "set 'k' (counted): true"),
            of(c -> join(c.setAsync("k", "secret", ENDED)), "", "set 'k' (counted): true"),
            of(c -> c.set("k", "secret".repeat(400_000)), "1 not stored: body-size", "set 'k' (counted): false"),
            of(
                    c -> join(c.setAsync("k", "secret".repeat(400_000))),
                    "1 not stored: body-size",
                    "set 'k' (counted): false"),
            of(c -> c.tags("t").set("k", "secret"), "1 put", "set 'k' (counted): true"),
            of(c -> join(c.tags("t").setAsync("k", "secret")), "1 put", "set 'k' (counted): true"),
            of(c -> c.add("k", "secret"), "", "add 'k' (counted): false"),
            of(c -> c.add("none", "secret"), "1 put", "add 'none' (counted): true"),
            of(c -> join(c.addAsync("k", "secret")), "", "add 'k' (counted): false"),
            of(c -> join(c.addAsync("none", "secret")), "1 put", "add 'none' (counted): true"),
            of(
                    c -> c.setMany(Map.of("k", "secret", "none", "secret")),
                    "2 put",
                    "setMany of 2 keys (counted): 0 not stored"),
            of(
                    c -> join(c.setManyAsync(Map.of("k", "secret", "none", "secret".repeat(400_000)))),
                    "1 put, 1 not stored: body-size",
                    "setMany of 2 keys (counted): 1 not stored"),
            of(c -> c.setMany(Map.of("k", "secret"), ENDED), "", "setMany of 1 keys (counted): 0 not stored"),
            of(c -> c.delete("k"), "1 removal", "delete 'k' (counted): true"),
            of(c -> c.delete("none"), "", "delete 'none' (counted): false"),
            of(c -> join(c.deleteAsync("k")), "1 removal", "delete 'k' (counted): true"),
            of(c -> join(c.deleteAsync("none")), "", "delete 'none' (counted): false"),
            of(c -> c.deleteMany(List.of("k", "n", "none")), "2 removal", "deleteMany of 3 keys (counted): 2 deleted"),
            of(
                    c -> join(c.deleteManyAsync(List.of("k", "n", "none"))),
                    "2 removal",
                    "deleteMany of 3 keys (counted): 2 deleted"),
            of(c -> c.hasKey("k"), "", "hasKey 'k' (counted): true"),
            of(c -> join(c.hasKeyAsync("none")), "", "hasKey 'none' (counted): false"),
            of(c -> c.touch("k"), "", "touch 'k' (counted): true"),
            of(c -> join(c.touchAsync("none")), "", "touch 'none' (counted): false"),
            of(c -> c.incr("n"), "", "incr 'n' (counted): done"),
            of(c -> join(c.incrAsync("n")), "", "incr 'n' (counted): done"),
            of(c -> c.decr("n"), "", "decr 'n' (counted): done"),
            of(c -> join(c.decrAsync("n")), "", "decr 'n' (counted): done"),
            of(c -> c.incr("none"), "", "incr 'none' (counted): NoSuchKeyException"),
            of(c -> join(c.incrAsync("none")), "", "incr 'none' (counted): NoSuchKeyException"),
            of(c -> c.clear(), "1 invalidation", "clear (counted): true"),
            of(c -> join(c.clearAsync()), "1 invalidation", "clear (counted): true"),
            of(c -> c.invalidate("t", "u"), "1 invalidation", "invalidate 't', 'u' (all backends): true"),
            of(c -> join(c.invalidateAsync("t")), "1 invalidation", "invalidate 't' (all backends): true"),
            of(c -> c.invalidate(), "", "invalidate (all backends): true"));

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static <T> CompletionStage<T> stage(T value) {
        return CompletableFuture.completedStage(value);
    }

    private void open(Function<CacheSettings, CacheBackend> store) {
        backends = new Backends(
                Map.of(BACKEND, CacheSettings.of("test"), "other", CacheSettings.of("test")),
                (name, settings) -> name.equals(BACKEND) ? store.apply(settings) : new MapBackend(() -> 0),
                new ValueCodec(() -> JSONB),
                nanos::get,
                any -> CacheEvents.NONE);
        cache = new CacheService(
                backends, new Invalidations(backends, listener -> false, any -> {}), BACKEND, "", List.of());
    }

    @AfterEach
    void close() {
        backends.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Store.values())
                .flatMap(store -> CASES.stream().map(each -> Arguments.of(store, each.logged(), each)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void each_operation_is_counted_and_logged_once(Store store, String line, Case operation) {
        open(store::create);
        cache.set("k", "v");
        cache.set("n", 5);
        CountsSnapshot before = now().counts();
        List<String> lines = linesOf(() -> {
            try {
                operation.operation().accept(cache);
            } catch (CacheException | CompletionException expected) {
                // counted, too
            }
            assertThat(Tally.of(now().counts().since(before))).isEqualTo(operation.counted());
        });

        assertThat(lines).containsExactly(operation.logged());
        assertThat(Tally.of(backends.statistics().backend("other").counts()))
                .isEqualTo(operation.logged().contains("' (all") ? "1 invalidation" : "");
    }

    private static List<String> linesOf(Runnable action) {
        Logger logger = Logger.getLogger("dev.larder.service");
        logger.setLevel(Level.FINE);
        try (Logs logs = new Logs()) {
            action.run();
            return logs.at(Level.FINE).stream()
                    .filter(line -> line.contains("(counted)") || line.contains("(all backends)"))
                    .toList();
        } finally {
            logger.setLevel(null);
        }
    }

    private BackendStatistics now() {
        return backends.statistics().backend(BACKEND);
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void a_caller_that_waits_for_the_first_one_is_a_hit_and_coalesced(Store store) throws Exception {
        open(store::create);
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<String> loaded = new CompletableFuture<>();
        CompletionStage<String> first = cache.getOrSetAsync("k", String.class, () -> {
            loading.countDown();
            return loaded;
        });
        assertThat(loading.await(30, SECONDS)).isTrue();
        CompletableFuture<CompletionStage<String>> second = new CompletableFuture<>();
        Thread follower = new Thread(() -> second.complete(stage(cache.getOrSet("k", String.class, () -> "own"))));
        follower.start();
        await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
        loaded.complete("v");

        assertThat(join(first)).isEqualTo("v");
        assertThat(join(second.join())).isEqualTo("v");
        await().untilAsserted(() ->
                assertThat(Tally.of(now().counts())).isEqualTo("1 hit, 1 coalesced, 1 miss, 1 load, 1 put"));
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void the_duration_of_loads_is_measured_and_what_hits_have_saved(Store store) {
        open(store::create);
        cache.getOrSet("k", String.class, () -> {
            nanos.addAndGet(3_000);
            return "v";
        });
        cache.getOrSet("k2", String.class, () -> {
            nanos.addAndGet(1_000);
            return null;
        });
        cache.get("k", String.class);

        assertThat(now().counts().loads().count()).isEqualTo(2);
        assertThat(now().counts().loads().nanos()).isEqualTo(4_000);
        assertThat(now().counts().savedNanos()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void a_store_in_memory_tells_its_size_and_another_does_not(Store store) {
        open(store::create);
        boolean tells = store == Store.LOCAL || store == Store.COPY;
        assertThat(cache.statistics())
                .isEqualTo(new CacheStatistics(0, 0, 0, 0, 0, tells ? 0 : -1, 0, tells ? 0 : -1, tells ? 0 : -1));

        cache.set("k", "v");
        cache.set("l", "v");
        cache.get("k", String.class);
        cache.get("none", String.class);
        cache.clear();
        CacheStatistics statistics = cache.statistics();
        assertThat(statistics.bytes()).isEqualTo(tells ? now().store().bytes() : -1);
        assertThat(statistics)
                .isEqualTo(new CacheStatistics(1, 1, 0, 2, 1, tells ? 0 : -1, 0, tells ? 2 : -1, statistics.bytes()))
                .hasSameHashCodeAs(
                        new CacheStatistics(1, 1, 0, 2, 1, tells ? 0 : -1, 0, tells ? 2 : -1, statistics.bytes()));
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "COPY"})
    void what_the_store_removes_for_room_is_an_eviction_and_what_expired_is_none(Store store) {
        open(settings -> new LocalBackendFactory(nanos::get)
                .create(
                        BACKEND,
                        settings.option("max-entries", "2")
                                .option("isolation", store == Store.COPY ? "copy" : "reference")));
        cache.set("a", "v");
        cache.set("b", "v");
        cache.set("c", "v");
        assertThat(cache.statistics().evictions()).isEqualTo(1);
        assertThat(cache.statistics().entries()).isEqualTo(2);

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(cache.statistics().entries()).isZero();
        assertThat(cache.statistics().bytes()).isZero();
        assertThat(cache.statistics().evictions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BYTES", "LATER"})
    void a_failing_store_is_misses_failures_and_an_open_breaker(Store store) {
        WatchedBackend failing = new WatchedBackend() {
            @Override
            protected CacheBackend to() {
                throw new IllegalStateException("down");
            }
        };
        open(settings -> store == Store.BYTES ? failing : new LaterBackend(failing));
        cache.get("k", String.class);
        join(cache.getAsync("k", String.class));
        cache.getMany(List.of("a", "b"), String.class);
        assertThat(cache.set("k", "v")).isFalse();
        assertThat(now().store().breaker()).isEqualTo("closed");
        cache.hasKey("k");
        cache.hasKey("k");
        cache.get("k", String.class);
        join(cache.getManyAsync(List.of("a", "b"), String.class));

        assertThat(now().counts().misses()).isEqualTo(7);
        assertThat(now().counts().puts()).isZero();
        assertThat(now().counts().notStored()).containsExactly(Map.entry("backend", 1L));
        assertThat(now().counts().failures()).isGreaterThanOrEqualTo(5);
        assertThat(now().store().breaker()).isEqualTo("open");
        assertThat(now().store().openBreakers()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void the_duration_of_operations_is_measured_where_the_store_waits(Store store) {
        open(store::create);
        boolean waits = store.create(CacheSettings.of("test")).waits();
        cache.set("k", "v");
        cache.get("k", String.class);
        cache.delete("k");
        for (Timing timing : List.of(
                now().counts().storeReads(),
                now().counts().storeWrites(),
                now().counts().storeRemovals())) {
            assertThat(timing.count() > 0).isEqualTo(waits);
        }
    }
}
