package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.spy.MemcachedBackendFactory;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.testing.MemcachedServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two applications, one on each client, share a ring. */
class MemcachedBindingsIT {

    private static final Ttl LONG = new Ttl(Duration.ofHours(1));

    private final MemcachedServer first = MemcachedServer.shared();
    private final MemcachedServer second = MemcachedServer.sharedSecond();
    private final String mine = UUID.randomUUID() + "-";

    @Test
    void what_one_writes_the_other_reads_from_the_same_server() {
        try (CacheBackend spy = new MemcachedBackendFactory()
                        .create("a", CacheSettings.memcached(first.address(), second.address()));
                CacheBackend x = new XmemcachedBackendFactory()
                        .create("b", CacheSettings.of("xmemcached").servers(second.address(), first.address()))) {
            int onFirst = 0;
            for (int i = 0; i < 200; i++) {
                String key = mine + i;
                CacheBackend writer = i % 2 == 0 ? spy : x;
                CacheBackend reader = i % 2 == 0 ? x : spy;
                assertThat(writer.set(key, ("value " + i).getBytes(UTF_8), LONG))
                        .isTrue();
                assertThat(reader.get(key)).isEqualTo(("value " + i).getBytes(UTF_8));
                boolean there = first.ask("get " + key).startsWith("VALUE");
                assertThat(second.ask("get " + key).startsWith("VALUE")).isNotEqualTo(there);
                onFirst += there ? 1 : 0;

                String counter = mine + "counter-" + i;
                Ttl ttl = i % 4 < 2 ? LONG : new Ttl(Duration.ofMillis(60_500));
                writer.set(counter, "5".getBytes(UTF_8), ttl);
                assertThat(reader.add(counter, 2)).isEqualTo(7);
                assertThat(writer.add(counter, 2)).isEqualTo(9);
                assertThat(reader.touch(key, LONG)).isTrue();
                assertThat(reader.delete(key)).isTrue();
                assertThat(writer.hasKey(key)).isFalse();
            }
            assertThat(onFirst).isBetween(50, 150);
        }
    }
}
