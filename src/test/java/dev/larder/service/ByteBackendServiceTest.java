package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.spi.CacheBackend;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBackendServiceTest extends ICacheServiceContract {

    private MapBackend store;

    @Override
    CacheBackend backend(String name, CacheSettings settings) {
        MapBackend made = new MapBackend(() -> nanos.get() - Long.MAX_VALUE / 2);
        if (name.equals("default")) {
            store = made;
        }
        return made;
    }

    @Override
    boolean copies() {
        return true;
    }

    @Test
    void the_stores_key_is_readable() {
        cache.set("k", "v");
        cache.version("v2").set("a:b", "v");

        assertThat(store.content()).containsOnlyKeys("app:%all:entries", "app:1:k", "app:v2:a:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "setAsync", "add", "setMany", "getOrSet", "getOrSetAsync", "touch", "touchAsync"})
    void the_generation_of_a_tag_lives_as_long_as_an_entry_with_it(String operation) {
        ICacheService tagged = cache.tags("t");
        Duration days = Duration.ofDays(2);
        switch (operation) {
            case "set" -> tagged.set("k", "v", days);
            case "setAsync" ->
                tagged.setAsync("k", "v", days).toCompletableFuture().join();
            case "add" -> tagged.add("k", "v", days);
            case "setMany" -> tagged.setMany(Map.of("k", "v"), days);
            case "getOrSet" -> tagged.getOrSet("k", String.class, days, () -> "v");
            case "getOrSetAsync" ->
                tagged.getOrSetAsync("k", String.class, days, () -> CompletableFuture.completedStage("v"))
                        .toCompletableFuture()
                        .join();
            default -> {
                tagged.set("k", "v", Duration.ofMinutes(1));
                assertThat(
                                operation.equals("touch")
                                        ? cache.touch("k", days)
                                        : cache.touchAsync("k", days)
                                                .toCompletableFuture()
                                                .join())
                        .isTrue();
            }
        }

        pass(Duration.ofHours(47));
        assertThat(cache.get("k", String.class)).contains("v");
        cache.invalidate("t");
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @Test
    void a_counter_is_stored_as_plain_decimal() {
        cache.set("n", 42);

        assertThat(store.content().get("app:1:n")).isEqualTo(new byte[] {'4', '2'});
    }

    @Test
    void a_corrupt_entry_is_a_miss_and_overwritten() {
        try (Logs logs = new Logs()) {
            cache.set("k", "v");
            store.corrupt();
            assertThat(cache.get("k", String.class)).isEmpty();
            assertThat(cache.hasKey("k")).isTrue();
            assertThat(logs.at(Level.WARNING)).hasSize(1);
            cache.set("k", "w");
            assertThat(cache.get("k", String.class)).contains("w");
        }
    }

    @Test
    void the_callers_thread_waits_for_no_network() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        UnaryOperator<String> who = text -> {
            ran.set(Thread.currentThread());
            return text;
        };
        cache.setAsync("k", "v").toCompletableFuture().join();
        backends.background().run(() -> who.apply("x")).toCompletableFuture().join();

        assertThat(ran.get()).isNotSameAs(Thread.currentThread());
        assertThat(ran.get().getName()).startsWith("larder-async-");
    }
}
