package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.VaryMatch;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.GivenProperties;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.service.Backends;
import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many operations a request needs, they take no longer together than one may (P2). */
class SharedTimeoutTest {

    private static final Duration SLOW = Duration.ofMillis(30);

    interface Resource {
        @Cache(ttl = 60)
        String list();
    }

    /** What was asked, and how much of the timeout was over then. */
    record Asked(String operation, Duration waited) {}

    private volatile Runnable whileReading = () -> {};
    private final MapBackend entries = new MapBackend(() -> 0);
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Backends backends = new Backends(
            Map.of("default", CacheSettings.of("slow")),
            (name, its) -> new SlowBackend(Duration.ZERO),
            new ValueCodec(JsonbBuilder::create),
            System::nanoTime);
    private final ResponseCache cache =
            new ResponseCache(() -> "shop", () -> Instant.ofEpochSecond(784_111_777), any -> false);
    private final CachedResource resource = resource();

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
        backends.close();
    }

    @Test
    void what_the_look_up_took_the_generation_does_not_have() {
        Exchange exchange = exchange("en");
        assertThat(cache.serve(exchange, () -> new Object[0])).isFalse();

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
                backends.region("default", "")
                        .key("generation shop https://shop.example/books")
                        .text(),
                "7".getBytes(UTF_8),
                Ttl.FOREVER);
        assertThat(cache.serve(exchange, () -> new Object[0])).isFalse();

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
        cache.serve(first, () -> new Object[0]);
        first.markReturned();
        cache.noteHead(first, 200, Fields.of("Vary", "Accept-Language"), false);
        cache.noteBody(first, "body".getBytes(UTF_8), "text/plain", Fields.EMPTY, false);
        cache.noteWritten(first);
        await().until(() -> cache.leaders() == 0);
        asked.clear();

        assertThat(cache.serve(exchange("en"), () -> new Object[0])).isTrue();

        List<Asked> reads = List.copyOf(asked);
        assertThat(reads.get(0).waited).isZero();
        assertThat(reads.get(reads.size() - 1).waited).isGreaterThanOrEqualTo(SLOW);
    }

    private Exchange exchange(String language) {
        RequestFacts request = new RequestFacts(
                "GET",
                "GET",
                "https",
                "shop.example",
                "/books",
                null,
                Fields.of("Accept-Language", language),
                null,
                false);
        return new Exchange(resource, request, any -> null, SideEffects.NONE);
    }

    private CachedResource resource() {
        Method method = Resource.class.getDeclaredMethods()[0];
        CachePolicy read = new PolicyReader(
                        GivenProperties.of(), Map.of("default", CacheSettings.of("slow")), new Problems())
                .read(Resource.class, method, method.getAnnotation(Cache.class), Kind.RESPONSE);
        return new CachedResource(
                read,
                CachingRules.DEFAULT,
                backends.region("default", ""),
                null,
                read.keyRoot(),
                null,
                VaryMatch.NONE,
                false);
    }
}
