package dev.larder.response;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.http.Fields;
import dev.larder.service.ForwardingBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes that share a store and begin at once agree on the generation of a URI, and have one another's responses. */
@Timeout(120)
public abstract class TwoProcesses {

    interface Resource {
        @Cache(ttl = 600)
        String list();
    }

    private final String prefix = "two-" + UUID.randomUUID();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();
    private Process one;
    private Process other;

    /** A client of the store. */
    protected abstract CacheBackend open();

    @BeforeEach
    void start() {
        one = new Process();
        other = new Process();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        one.given.close();
        other.given.close();
    }

    @ParameterizedTest(name = "the clock of the other is {0} ms ahead")
    @CsvSource({"0", "1", "-1", "400", "-400"})
    void what_both_look_for_before_either_begins_has_one_generation(long ahead) {
        other.clockAhead.set(ahead);
        Exchange second = other.exchange("/books");
        Exchange first = one.exchange("/books");
        // both have found nothing: the other begins, answers and stores, then the one goes on
        one.afterNextLookUp = () -> {
            assertThat(other.serve(second)).isFalse();
            other.finish(second);
            other.settle();
        };
        assertThat(one.serve(first)).isFalse();
        one.finish(first);
        one.settle();

        assertThat(one.isHit("/books")).isTrue();
        assertThat(other.isHit("/books")).isTrue();
        assertThat(first.recording().responses().generation())
                .isEqualTo(second.recording().responses().generation());
    }

    @ParameterizedTest(name = "the clock of the other is {0} ms ahead")
    @CsvSource({"0", "400", "-400"})
    void while_one_asks_for_the_number_that_the_other_wrote_what_was_stored_is_hit(long ahead) {
        other.clockAhead.set(ahead);
        Exchange first = one.exchange("/books");
        one.afterNextLookUp = () -> {
            other.ask("/books");
            other.settle();
        };
        AtomicBoolean hit = new AtomicBoolean();
        one.beforeNextNumber = () -> hit.set(one.serve(one.exchange("/books")));
        assertThat(one.serve(first)).isFalse();
        one.finish(first);
        one.settle();

        assertThat(hit).isTrue();
    }

    @ParameterizedTest(name = "the clock of the other is {0} ms ahead")
    @CsvSource({"0", "1", "-1", "400", "-400"})
    void what_both_begin_before_either_stores_is_hit_by_both_whoever_stores_last(long ahead) {
        other.clockAhead.set(ahead);
        for (Process last : List.of(one, other)) {
            String path = "/books/" + (last == one);
            Process before = last == one ? other : one;
            Exchange second = other.exchange(path);
            Exchange first = one.exchange(path);
            one.afterNextLookUp = () -> assertThat(other.serve(second)).isFalse();
            assertThat(one.serve(first)).isFalse();
            before.finish(before == one ? first : second);
            before.settle();
            assertThat(before.isHit(path)).isTrue();
            assertThat(last.isHit(path)).isTrue();

            last.finish(last == one ? first : second);
            last.settle();
            assertThat(before.isHit(path)).isTrue();
            assertThat(last.isHit(path)).isTrue();
        }
    }

    @ParameterizedTest(name = "the clock of the other is {0} ms ahead")
    @CsvSource({"0", "400", "-400"})
    void what_the_other_stores_after_it_was_invalidated_here_is_hit_here(long ahead) {
        other.clockAhead.set(ahead);
        one.ask("/books");
        one.settle();
        one.cache.invalidate(ResponseFixture.request("PUT", "/books", null), 204, Fields.EMPTY);
        other.ask("/books");
        other.settle();
        one.ask("/books"); // at the latest this takes the other's number
        one.settle();

        assertThat(one.isHit("/books")).isTrue();
        assertThat(other.isHit("/books")).isTrue();
    }

    @ParameterizedTest(name = "the clock of the other is {0} ms ahead")
    @CsvSource({"0", "400", "-400"})
    void what_was_begun_here_before_the_other_invalidated_takes_no_newer_ones_place(long ahead) {
        other.clockAhead.set(ahead);
        Exchange slow = one.exchange("/books");
        assertThat(one.serve(slow)).isFalse();
        other.cache.invalidate(ResponseFixture.request("PUT", "/books", null), 204, Fields.EMPTY);
        other.ask("/books");
        other.settle();
        String stale = one.finish(slow);
        one.settle();

        assertThat(other.isHit("/books")).isTrue();
        assertThat(other.ask("/books")).isNotEqualTo(stale);
        assertThat(one.ask("/books")).isNotEqualTo(stale);
        one.settle();
        assertThat(one.isHit("/books")).isTrue();
        assertThat(other.isHit("/books")).isTrue();
    }

    @Test
    void a_hundred_requests_to_each_run_the_method_once_each_at_most_and_leave_hits() throws Exception {
        for (int round = 0; round < 10; round++) {
            String path = "/race/" + round;
            int before = calls.get();
            CyclicBarrier together = new CyclicBarrier(200);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Process its = i % 2 == 0 ? one : other;
                all.add(threads.submit(() -> {
                    together.await(20, SECONDS);
                    return its.ask(path);
                }));
            }
            for (Future<String> each : all) {
                assertThat(each.get(20, SECONDS)).startsWith("v");
            }
            one.settle();
            other.settle();

            assertThat(calls.get() - before).isLessThanOrEqualTo(2);
            assertThat(one.isHit(path)).isTrue();
            assertThat(other.isHit(path)).isTrue();
        }
    }

    /** A deployment with a client of its own. */
    private final class Process {

        private final AtomicLong clockAhead = new AtomicLong();
        private final CacheBackend store = open();
        private volatile Runnable afterNextLookUp = () -> {};
        private volatile Runnable beforeNextNumber = () -> {};
        private final InstantSource clock = () -> Instant.now().plusMillis(clockAhead.get());
        private final ResponseFixture given =
                ResponseFixture.on(new Watched(), CacheSettings.of("test").keyPrefix(prefix), System::nanoTime, clock);
        private final ResponseCache cache =
                new ResponseCache(() -> "shop", clock, any -> false, false, (tags, uris) -> {});
        private final CachedResource resource = given.resource(Resource.class);

        Process() {
            cache.register(resource.region());
        }

        private final class Watched extends ForwardingBackend {

            @Override
            protected CacheBackend to() {
                return store;
            }

            @Override
            public Map<String, byte[]> getMany(Collection<String> keys) {
                Map<String, byte[]> found = store.getMany(keys);
                Runnable then = afterNextLookUp;
                afterNextLookUp = () -> {};
                then.run();
                return found;
            }

            @Override
            public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
                Runnable first = beforeNextNumber;
                beforeNextNumber = () -> {};
                first.run();
                return store.setIfAbsent(key, value, ttl);
            }

            @Override
            public int maxKeyBytes() {
                return store.maxKeyBytes();
            }

            @Override
            public boolean asciiKeys() {
                return store.asciiKeys();
            }

            @Override
            public void close() {
                store.close();
            }
        }

        Exchange exchange(String path) {
            return ResponseFixture.exchange(resource, ResponseFixture.get(path, null));
        }

        boolean serve(Exchange exchange) {
            return ResponseFixture.serve(cache, exchange);
        }

        boolean isHit(String path) {
            Exchange exchange = exchange(path);
            boolean hit = serve(exchange);
            if (!hit) {
                finish(exchange);
                settle();
            }
            return hit;
        }

        String ask(String path) {
            Exchange exchange = exchange(path);
            return serve(exchange) ? ResponseFixture.body(exchange) : finish(exchange);
        }

        String finish(Exchange exchange) {
            String body = "v" + calls.incrementAndGet();
            ResponseFixture.finish(cache, exchange, Fields.EMPTY, body);
            return body;
        }

        /** Waits until everything that was to be stored is. */
        void settle() {
            ResponseFixture.settle(cache);
        }
    }
}
