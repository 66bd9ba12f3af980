package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations of {@link ICacheService} that run at the same time, in one process and in two that share a store. */
@Timeout(60)
class OperationRacesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final MapBackend store = new MapBackend(() -> 0);
    private final Consumer<String> nothing = key -> {};
    private volatile Consumer<String> beforeSet = nothing;
    private final Backends one = process();
    private final Backends two = process();
    private final ICacheService cache = one.service();
    private final ICacheService other = two.service();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Backends process() {
        return new Backends(
                Map.of("default", CacheSettings.local()),
                (name, settings) -> new Paused(),
                new ValueCodec(JsonbBuilder::create),
                nanos::get,
                any -> CacheEvents.NONE);
    }

    /** The store of both processes; a write can be held up. */
    private final class Paused extends ForwardingBackend {
        @Override
        protected CacheBackend to() {
            return store;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            beforeSet.accept(key);
            return super.set(key, value, ttl);
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        one.close();
        two.close();
    }

    @Test
    void what_a_loader_makes_that_began_before_an_invalidation_replaces_no_newer_value() {
        ICacheService tagged = cache.tags("t");
        String made = tagged.getOrSet("k", String.class, () -> {
            cache.invalidate("t");
            tagged.set("k", "new");
            return "old";
        });

        assertThat(made).isEqualTo("old");
        assertThat(cache.get("k", String.class)).contains("new");
    }

    @Test
    void two_hundred_callers_of_a_cold_key_run_the_loader_once() throws Exception {
        CountDownLatch called = new CountDownLatch(200);
        AtomicInteger loads = new AtomicInteger();
        List<Future<String>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            callers.add(threads.submit(() -> {
                called.countDown();
                return cache.getOrSet("k", String.class, () -> {
                    await(called);
                    return "v" + loads.incrementAndGet();
                });
            }));
        }
        for (Future<String> caller : callers) {
            assertThat(caller.get(30, SECONDS)).isEqualTo("v1");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void two_hundred_asynchronous_callers_of_a_cold_key_run_the_loader_once() {
        CompletableFuture<String> loaded = new CompletableFuture<>();
        AtomicInteger loads = new AtomicInteger();
        List<CompletableFuture<String>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            callers.add(cache.getOrSetAsync("k", String.class, () -> {
                        loads.incrementAndGet();
                        return loaded;
                    })
                    .toCompletableFuture());
        }
        assertThat(cache.getAsync("other", String.class).toCompletableFuture().join())
                .isEmpty(); // no thread of Larder's waits for the loader
        loaded.complete("v");
        assertThat(callers)
                .allSatisfy(caller -> assertThat(caller.get(30, SECONDS)).isEqualTo("v"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void an_asynchronous_caller_waits_for_a_lost_loader_no_longer_than_the_lock_timeout() {
        one.setLockTimeout(Duration.ofMillis(50));
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<String> lost = cache.getOrSetAsync("k", String.class, () -> {
                    loading.countDown();
                    return new CompletableFuture<String>();
                })
                .toCompletableFuture();
        await(loading);
        assertThat(cache.getOrSetAsync("k", String.class, () -> CompletableFuture.completedStage("v"))
                        .toCompletableFuture()
                        .join())
                .isEqualTo("v");
        assertThat(lost).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_loader_began_before_an_invalidation_is_not_served_after_it(boolean clear) throws Exception {
        ICacheService tagged = cache.tags("t");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch invalidated = new CountDownLatch(1);
        Future<String> leader = threads.submit(() -> tagged.getOrSet("k", String.class, () -> {
            loading.countDown();
            await(invalidated);
            return "old";
        }));
        await(loading);
        CompletableFuture<String> follower = tagged.getOrSetAsync(
                        "k", String.class, () -> CompletableFuture.completedStage("new"))
                .toCompletableFuture();
        assertThat(clear ? other.clear() : other.invalidate("t")).isTrue();
        assertThat(clear ? cache.clear() : cache.invalidate("t")).isTrue();
        invalidated.countDown();

        assertThat(leader.get(30, SECONDS)).isEqualTo("old"); // its own
        assertThat(follower.get(30, SECONDS)).isEqualTo("new");
        assertThat(cache.get("k", String.class)).isNotEqualTo(Optional.of("old"));
        assertThat(cache.getOrSet("k", String.class, () -> "new")).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_was_set_before_an_invalidation_is_not_served_after_it(boolean clear) throws Exception {
        CountDownLatch setting = new CountDownLatch(1);
        CountDownLatch invalidated = new CountDownLatch(1);
        beforeSet = key -> {
            if (key.endsWith(":k")) {
                setting.countDown();
                await(invalidated);
            }
        };
        Future<Boolean> set = threads.submit(() -> cache.tags("t").set("k", "old"));
        await(setting);
        assertThat(clear ? cache.clear() : cache.invalidate("t")).isTrue();
        invalidated.countDown();

        assertThat(set.get(30, SECONDS)).isTrue();
        assertThat(cache.get("k", String.class)).isEmpty();
        assertThat(cache.hasKey("k")).isFalse();
        beforeSet = nothing;
        assertThat(cache.add("k", "new")).isTrue();
    }

    @Test
    void another_process_sees_an_invalidation_at_once_and_a_clear_within_a_second() {
        cache.tags("t").set("k", "v");
        cache.set("u", "v");
        assertThat(other.get("k", String.class)).contains("v");
        assertThat(other.get("u", String.class)).contains("v");
        cache.invalidate("t");
        assertThat(other.get("k", String.class)).isEmpty();
        cache.clear();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(other.get("u", String.class)).isEmpty();
        assertThat(other.add("u", "w")).isTrue();
        assertThat(cache.get("u", String.class)).contains("w");
    }

    @Test
    void of_many_that_add_over_a_cleared_entry_one_stores() throws Exception {
        cache.set("k", "old");
        cache.clear();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String value = "v" + i;
            callers.add(threads.submit(() -> {
                await(start);
                return cache.add("k", value);
            }));
        }
        start.countDown();
        int added = 0;
        for (Future<Boolean> caller : callers) {
            added += caller.get(30, SECONDS) ? 1 : 0;
        }
        assertThat(added).isEqualTo(1);
    }

    @Test
    void loaders_that_wait_for_each_other_do_not_deadlock() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<String> a = nested("a", "b", go);
        CompletableFuture<String> b = nested("b", "a", go);
        go.complete(null);
        assertThat(a.orTimeout(5, SECONDS).join()).isNotNull();
        assertThat(b.orTimeout(5, SECONDS).join()).isNotNull();
    }

    private CompletableFuture<String> nested(String outer, String inner, CompletableFuture<Void> go) {
        return cache.getOrSetAsync(
                        outer,
                        String.class,
                        () -> cache.getOrSetAsync(inner, String.class, () -> go.thenApply(any -> "loaded by " + outer)))
                .toCompletableFuture();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
