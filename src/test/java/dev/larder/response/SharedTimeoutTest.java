package dev.larder.response;

import static dev.larder.response.ResponseFixture.finish;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many operations a request needs, they take no longer together than one may (P2). */
class SharedTimeoutTest {

    private static final Duration SLOW = Duration.ofMillis(30);

    /** What was asked, and how much of the timeout was over then. */
    record Asked(String operation, Duration waited) {}

    private volatile Runnable whileReading = () -> {};
    private final MapBackend entries = new MapBackend(() -> 0);
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final ResponseFixture given = ResponseFixture.on(new SlowBackend(Duration.ZERO));
    private final ResponseCache cache =
            new ResponseCache(() -> "shop", () -> Instant.ofEpochSecond(784_111_777), any -> false);
    private final CachedResource resource = given.resource();

    private final class SlowBackend extends ForwardingBackend {

        private final Duration waited;

        SlowBackend(Duration waited) {
            this.waited = waited;
        }

        @Override
        protected CacheBackend to() {
            return entries;
        }

        @Override
        public CacheBackend after(Duration more) {
            return new SlowBackend(waited.plus(more));
        }

        @Override
        public byte[] get(String key) {
            asked.add(new Asked("get", waited));
            LockSupport.parkNanos(SLOW.toNanos());
            byte[] found = super.get(key);
            whileReading.run();
            return found;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            asked.add(new Asked("set", waited));
            return super.set(key, value, ttl);
        }

        @Override
        public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
            asked.add(new Asked("setIfAbsent", waited));
            LockSupport.parkNanos(SLOW.toNanos());
            return super.setIfAbsent(key, value, ttl);
        }

        @Override
        public long add(String key, long delta) {
            asked.add(new Asked("add", waited));
            return super.add(key, delta);
        }
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void what_the_look_up_took_the_generation_does_not_have() {
        Exchange exchange = exchange("en");
        assertThat(serve(cache, exchange)).isFalse();

        Asked generation = asked.stream()
                .filter(one -> one.operation.equals("setIfAbsent"))
                .findFirst()
                .orElseThrow();
        assertThat(generation.waited).isGreaterThanOrEqualTo(SLOW);
        exchange.end(Reason.NO_STORE);
    }

    @Test
    void what_an_attempt_at_a_generation_took_reading_that_of_another_process_does_not_have() {
        Exchange exchange = exchange("en");
        whileReading = () -> entries.set(
                given.backends
                        .region("default", "")
                        .key("generation shop https://shop.example/books")
                        .text(),
                "7".getBytes(UTF_8),
                Ttl.FOREVER);
        assertThat(serve(cache, exchange)).isFalse();

        Asked adopted = asked.stream()
                .filter(one -> one.operation.equals("add"))
                .findFirst()
                .orElseThrow();
        assertThat(adopted.waited).isGreaterThanOrEqualTo(SLOW.multipliedBy(2));
        exchange.end(Reason.NO_STORE);
    }

    @Test
    void what_the_index_took_the_variant_does_not_have() {
        Exchange first = exchange("en");
        serve(cache, first);
        finish(cache, first, Fields.of("Vary", "Accept-Language"), "body");
        settle(cache);
        asked.clear();

        assertThat(serve(cache, exchange("en"))).isTrue();

        List<Asked> reads = List.copyOf(asked);
        assertThat(reads.get(0).waited).isZero();
        assertThat(reads.get(reads.size() - 1).waited).isGreaterThanOrEqualTo(SLOW);
    }

    private Exchange exchange(String language) {
        return ResponseFixture.exchange(resource, get("/books", null, "Accept-Language", language));
    }
}
