package dev.larder.response;

import static dev.larder.response.ResponseFixture.finish;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
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

    private volatile Runnable whileReading = () -> {};
    private final MapBackend entries = new MapBackend(() -> 0);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile int failing = Integer.MAX_VALUE;
    private final ResponseFixture given = ResponseFixture.on(new FailingBackend());
    private final ResponseCache cache = new ResponseCache(
            () -> "shop", () -> Instant.ofEpochSecond(784_111_777), any -> false, false, (tags, uris) -> {});
    private final CachedResource resource = given.resource();

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
        given.close();
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
                given.backends
                        .region("default", "")
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
        answered(); // from now on, the generation of all entries is known
        forget();
        answered();
        long operations = asked.size();
        for (int last = 3; last <= operations; last++) {
            forget();
            failing = last;

            answered();

            assertThat(asked).as("failing from operation %s on", last).hasSize(last);
        }
    }

    private void forget() {
        entries.keys().stream().filter(key -> !key.contains("%all")).forEach(entries::delete);
        asked.clear();
    }

    /** One request, whose method runs if the cache does not serve it. */
    private void answered() {
        Exchange exchange = ResponseFixture.exchange(resource, get("/books", null, "Accept-Language", "en"));
        if (!serve(cache, exchange)) {
            finish(cache, exchange, Fields.of("Vary", "Accept-Language"), "body");
        }
        settle(cache);
    }
}
