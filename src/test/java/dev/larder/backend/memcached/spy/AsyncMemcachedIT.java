package dev.larder.backend.memcached.spy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.testing.MemcachedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // it measures
class AsyncMemcachedIT {

    private static final Ttl LONG = new Ttl(Duration.ofHours(1));

    private final String key = "async-" + UUID.randomUUID();

    @SuppressWarnings("unchecked") // the backend of this client implements both
    private static <B extends CacheBackend & AsyncCacheBackend> B open(MemcachedServer server, String... options) {
        CacheSettings settings = CacheSettings.memcached(server.address());
        for (int i = 0; i < options.length; i += 2) {
            settings = settings.option(options[i], options[i + 1]);
        }
        return (B) new MemcachedBackendFactory().create("default", settings);
    }

    @Test
    void every_asynchronous_operation_has_the_result_of_the_blocking_one() throws Exception {
        try (var backend = open(MemcachedServer.shared())) {
            assertThat(now(backend.getAsync(key))).isNull();
            assertThat(now(backend.setAsync(key, utf8("value"), LONG))).isTrue();
            assertThat(now(backend.getAsync(key))).isEqualTo(utf8("value"));
            assertThat(now(backend.hasKeyAsync(key))).isTrue();
            assertThat(now(backend.touchAsync(key, LONG))).isTrue();
            assertThat(now(backend.deleteAsync(key))).isTrue();
            assertThat(now(backend.hasKeyAsync(key))).isFalse();
            assertThat(now(backend.setAsync(key, utf8("5"), LONG))).isTrue();
            assertThat(now(backend.addAsync(key, 2))).isEqualTo(7);
            assertThat(now(backend.addAsync(key, -9))).isZero();
        }
    }

    @Test
    void a_failure_arrives_unwrapped() throws Exception {
        try (var backend = open(MemcachedServer.shared())) {
            assertThatThrownBy(() -> now(backend.addAsync(key, 1))).hasCauseInstanceOf(NoSuchKeyException.class);
            backend.set(key, utf8("text"), LONG);
            assertThatThrownBy(() -> now(backend.addAsync(key, 1))).hasCauseInstanceOf(CacheValueException.class);
            backend.set(key, utf8("5"), LONG);
            assertThatThrownBy(() -> now(backend.addAsync(key, Long.MAX_VALUE)))
                    .hasCauseInstanceOf(CacheValueException.class);
            assertThat(backend.add(key, 0)).isEqualTo(5);
        }
    }

    @Test
    void the_caller_never_waits_while_the_server_hangs_and_every_stage_ends_in_time() throws Exception {
        MemcachedServer server = MemcachedServer.start();
        try (var backend = open(server, "queue-size", "500")) {
            backend.set(key, utf8("value"), LONG);
            server.hang();
            List<CompletableFuture<?>> stages = new ArrayList<>();
            long start = System.nanoTime();
            long slowest = 0;
            for (int i = 0; i < 1_000; i++) {
                long each = System.nanoTime();
                stages.add(backend.getAsync(key).toCompletableFuture());
                stages.add(backend.touchAsync(key, LONG).toCompletableFuture());
                slowest = Math.max(slowest, System.nanoTime() - each);
            }
            for (CompletableFuture<?> stage : stages) {
                assertThatThrownBy(() -> stage.get(2, TimeUnit.SECONDS))
                        .isNotInstanceOf(java.util.concurrent.TimeoutException.class);
            }
            long all = (System.nanoTime() - start) / 1_000_000;
            server.goOn();
            await().atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(5))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(now(backend.getAsync(key))).isEqualTo(utf8("value")));
            System.out.printf(
                    "ASYNC | 2000 operations on a hung server: slowest call %.1f ms, all ended after %d ms%n",
                    slowest / 1e6, all);
            assertThat(slowest / 1_000_000).isLessThan(100);
            assertThat(all).isLessThan(1_500);
        } finally {
            server.close();
        }
    }

    @Test
    void what_is_under_way_when_it_is_closed_ends() throws Exception {
        MemcachedServer server = MemcachedServer.start();
        var backend = open(server, "timeout", "PT30S");
        backend.set(key, utf8("value"), LONG);
        server.hang();
        CompletableFuture<byte[]> stage = backend.getAsync(key).toCompletableFuture();
        new Thread(server::goOn).start();
        backend.close();
        server.close();

        assertThat(stage).isDone();
        assertThatThrownBy(() -> now(backend.getAsync(key))).hasMessageContaining("closed");
    }

    @Test
    void many_operations_need_no_thread_each() throws Exception {
        try (var backend = open(MemcachedServer.shared(), "queue-size", "10000")) {
            backend.set(key, utf8("value"), LONG);
            long start = System.nanoTime();
            List<CompletableFuture<byte[]>> stages = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                stages.add(backend.getAsync(key).toCompletableFuture());
            }
            for (CompletableFuture<byte[]> stage : stages) {
                assertThat(stage.get()).isEqualTo(utf8("value"));
            }
            System.out.printf("ASYNC | 5000 gets at once: %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static <T> T now(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
