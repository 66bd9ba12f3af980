package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
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
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A failed operation of the store is the last of its request. Each operation ends within its own timeout, so the cache adds
 * at most twice the operation timeout to a request whose store hangs (P2).
 */
class LastOperationTest {

    interface Resource {
        @Cache(ttl = 60)
        String list();
    }

    private volatile Runnable whileReading = () -> {};
    private final MapBackend entries = new MapBackend(() -> 0);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile int failing = Integer.MAX_VALUE;
    private final Backends backends = new Backends(
            Map.of("default", CacheSettings.of("slow")),
            (name, its) -> new FailingBackend(),
            new ValueCodec(JsonbBuilder::create),
            System::nanoTime);
    private final ResponseCache cache =
            new ResponseCache(() -> "shop", () -> Instant.ofEpochSecond(784_111_777), any -> false);
    private final CachedResource resource = resource();

    /** Fails from one operation on, as a store does that no longer replies. */
    private final class FailingBackend extends ForwardingBackend {

        @Override
        protected CacheBackend to() {
            return entries;
        }

        private void ask(String operation) {
            asked.add(operation);
            if (asked.size() >= failing) {
                throw new IllegalStateException("No reply within the timeout");
            }
        }

        @Override
        public byte[] get(String key) {
            ask("get");
            byte[] found = super.get(key);
            whileReading.run();
            return found;
        }

        @Override
        public Map<String, byte[]> getMany(Collection<String> keys) {
            ask("getMany");
            Map<String, byte[]> found = entries.getMany(keys);
            whileReading.run();
            return found;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            ask("set");
            return super.set(key, value, ttl);
        }

        @Override
        public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
            ask("setIfAbsent");
            return super.setIfAbsent(key, value, ttl);
        }

        @Override
        public long add(String key, long delta) {
            ask("add");
            return super.add(key, delta);
        }

        @Override
        public boolean touch(String key, Ttl ttl) {
            ask("touch");
            return super.touch(key, ttl);
        }
    }

    @AfterEach
    void close() {
        backends.close();
    }

    @Test
    void after_a_failed_look_up_nothing_is_asked() {
        failing = 1;

        answered();

        assertThat(asked).containsExactly("getMany");
    }

    @Test
    void after_a_failed_attempt_at_a_generation_nothing_is_asked() {
        failing = 2;

        answered();

        assertThat(asked).containsExactly("getMany", "setIfAbsent");
    }

    @Test
    void after_a_failed_read_of_another_processs_generation_nothing_is_asked() {
        whileReading = () -> entries.set(
                backends.region("default", "")
                        .key("generation shop https://shop.example/books")
                        .text(),
                "7".getBytes(UTF_8),
                Ttl.FOREVER);
        failing = 3;

        answered();

        assertThat(asked).containsExactly("getMany", "setIfAbsent", "add");
    }

    @Test
    void after_a_failed_read_of_a_variant_nothing_is_asked() {
        answered();
        asked.clear();
        failing = 2;

        answered();

        assertThat(asked).containsExactly("getMany", "get");
    }

    @Test
    void after_a_failed_write_nothing_is_asked() {
        answered();
        long operations = asked.size();
        for (int last = 3; last <= operations; last++) {
            entries.keys().forEach(entries::delete);
            asked.clear();
            failing = last;

            answered();

            assertThat(asked).as("failing from operation %s on", last).hasSize(last);
        }
    }

    /** One request, whose method runs if the cache does not serve it. */
    private void answered() {
        Exchange exchange = exchange("en");
        if (!cache.serve(exchange, () -> new Object[0])) {
            exchange.returned();
            cache.headed(exchange, 200, Fields.of("Vary", "Accept-Language"), false);
            cache.made(exchange, "body".getBytes(UTF_8), "text/plain", Fields.EMPTY, false);
            cache.written(exchange);
        }
        await().until(() -> cache.underWay() == 0);
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
