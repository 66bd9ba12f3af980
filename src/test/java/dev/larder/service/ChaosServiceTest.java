package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheBackendException;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.ChaosBackend;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the store does, the service answers what was once set under this key, or nothing. */
class ChaosServiceTest {

    public record Book(String title, int number) {}

    private static final Jsonb JSONB = JsonbBuilder.create();

    private final Logs logs = new Logs();

    private ChaosBackend store;
    private Backends backends;

    @AfterEach
    void close() {
        logs.close();
        backends.close();
    }

    private ICacheService service(long seed, boolean later) {
        store = new ChaosBackend(new MapBackend(() -> 0), seed);
        backends = new Backends(
                Map.of("default", CacheSettings.of("chaos")),
                (name, its) -> later ? new LaterBackend(store) : store,
                new ValueCodec(() -> JSONB),
                () -> 0,
                InstantSource.system(),
                // so that everything reaches the store
                Seconds.none(),
                any -> CacheEvents.NONE);
        return backends.service();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_operation_fails_and_no_answer_is_anothers(long seed) {
        ICacheService cache = service(seed, seed % 2 == 0);
        store.failing(0.2).corrupting(0.3, ChaosBackend.ANYWHERE);
        Random random = new Random(seed);
        int hits = 0;
        for (int i = 0; i < 3_000; i++) {
            int number = random.nextInt(20);
            String key = "k" + number;
            switch (random.nextInt(6)) {
                case 0 -> cache.set(key, new Book(key, i));
                case 1 -> got(cache.setAsync(key, new Book(key, i)));
                case 2 -> cache.delete(key);
                case 3 -> cache.touch(key);
                case 4 -> {
                    Book read = got(cache.getAsync(key, Book.class)).orElse(null);
                    assertThat(read == null ? key : read.title()).isEqualTo(key);
                }
                default -> {
                    Book read = cache.get(key, Book.class).orElse(null);
                    hits += read == null ? 0 : 1;
                    assertThat(read == null ? key : read.title()).isEqualTo(key);
                }
            }
        }
        assertThat(hits).isPositive();
    }

    @Test
    void counting_counts_or_throws() {
        ICacheService cache = service(1, false);
        cache.set("n", 0);
        store.failing(0.5);
        long highest = 0;
        int failures = 0;
        for (int i = 1; i <= 500; i++) {
            try {
                long now = cache.incr("n");
                // those whose answer was lost were counted too
                assertThat(now).isGreaterThan(highest).isLessThanOrEqualTo(i);
                highest = now;
            } catch (CacheBackendException e) {
                failures++;
            }
        }
        assertThat(failures).isBetween(200, 300);
    }

    @Test
    void a_store_that_is_cut_off_and_back_is_used_again() {
        ICacheService cache = service(1, false);
        cache.set("k", "v");
        store.cutAfter(0);
        assertThat(cache.get("k", String.class)).isEmpty();
        assertThat(cache.set("k", "w")).isFalse();
        store.calm();

        assertThat(cache.get("k", String.class)).contains("v");
    }

    @Test
    void an_entry_damaged_at_any_byte_is_a_miss() {
        ICacheService cache = service(1, false);
        cache.set("k", "a text of some length");
        for (int offset = 0; offset < 29; offset++) {
            store.corrupting(1, offset);
            assertThat(cache.get("k", String.class)).isEmpty();
        }
        store.calm();
        assertThat(cache.get("k", String.class)).isPresent();
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
