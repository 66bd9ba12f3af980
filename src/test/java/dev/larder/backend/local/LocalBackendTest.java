package dev.larder.backend.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheValueException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendContract;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBackendTest extends CacheBackendContract {

    private static final Ttl HOUR = new Ttl(Duration.ofHours(1));
    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_ENTRIES = 100;

    private final MovableTicker ticker = new MovableTicker();
    private final LocalBackend local = new LocalBackend(MAX_BYTES, MAX_ENTRIES, ticker);

    @Override
    protected CacheBackend create() {
        return local;
    }

    @Override
    protected int many() {
        return MAX_ENTRIES;
    }

    @Override
    protected void advance(Duration time) {
        ticker.advance(time);
    }

    @Override
    protected int tooLarge() {
        return MAX_BYTES + 1;
    }

    // references

    @Test
    void the_reference_itself_comes_back() {
        Object value = new Object();
        assertThat(local.setReference("a", value, 256, HOUR)).isTrue();

        assertThat(local.getReference("a")).isSameAs(value);
        assertThat(local.getReference("b")).isNull();
    }

    @Test
    void a_reference_is_gone_with_the_end_of_its_ttl_to_the_nanosecond() {
        local.setReference("a", "value", 5, new Ttl(Duration.ofNanos(1_000_001)));

        advance(Duration.ofNanos(1_000_000));
        assertThat(local.getReference("a")).isEqualTo("value");
        advance(Duration.ofNanos(1));
        assertThat(local.getReference("a")).isNull();
    }

    @Test
    void a_hundred_years_do_not_end_what_lives_for_ever() {
        local.setReference("a", "value", 5, Ttl.FOREVER);

        advance(Duration.ofDays(36_525));
        assertThat(local.getReference("a")).isEqualTo("value");
    }

    @Test
    void a_reference_has_no_bytes_unless_it_is_a_counter() {
        local.setReference("text", "value", 5, HOUR);
        local.setReference("counter", 42, 256, HOUR);

        assertThat(local.get("text")).isNull();
        assertThat(local.get("counter")).isEqualTo("42".getBytes(UTF_8));
    }

    @Test
    void boxed_whole_numbers_are_counters_and_become_long() {
        for (Object counter : List.<Object>of((byte) 5, (short) 5, 5, 5L)) {
            local.setReference("a", counter, 256, HOUR);

            assertThat(local.add("a", 1)).isEqualTo(6);
            assertThat(local.getReference("a")).isEqualTo(6L);
        }
    }

    @Test
    void negative_numbers_and_other_values_are_no_counters() {
        for (Object value : List.<Object>of(
                (byte) -1, (short) -1, -1, -1L, "5".getBytes(UTF_8), "5", 5.0, 5f, '5', true, new Object())) {
            local.setReference("a", value, 256, HOUR);

            assertThatThrownBy(() -> local.add("a", 1))
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining("'a'")
                    .hasMessageContaining("expected");
            assertThat(local.getReference("a")).isSameAs(value);
        }
    }

    @Test
    void a_failure_to_count_leaves_the_expiry() {
        local.setReference("a", "text", 4, new Ttl(Duration.ofSeconds(2)));
        advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> local.add("a", 1)).isInstanceOf(CacheValueException.class);

        advance(Duration.ofMillis(999));
        assertThat(local.hasKey("a")).isTrue();
        advance(Duration.ofMillis(1));
        assertThat(local.hasKey("a")).isFalse();
    }

    @Test
    void a_reference_larger_than_the_store_is_refused_and_no_older_value_is_left() {
        for (long bytes : List.of((long) MAX_BYTES, 1L << 32, Long.MAX_VALUE)) {
            local.setReference("a", "old", 3, HOUR);

            assertThat(local.setReference("a", "new", bytes, HOUR)).isFalse();
            assertThat(local.hasKey("a")).isFalse();
        }
    }

    // the bounds

    @Test
    void entries_go_when_there_are_more_than_the_bound_and_not_before() {
        fill(MAX_ENTRIES);
        assertThat(IntStream.range(0, MAX_ENTRIES)).allMatch(i -> local.hasKey("key" + i));

        local.setReference("one more", "value", 1, HOUR);
        assertThat(local.estimatedSize()).isEqualTo(MAX_ENTRIES);
        assertThat(local.hasKey("one more")).isTrue();
    }

    @Test
    void entries_go_when_they_have_more_bytes_than_the_bound_and_not_before() {
        int bytes = MAX_BYTES / 10 - 1;
        for (int i = 0; i < 10; i++) {
            local.setReference(String.valueOf(i), "value", bytes, HOUR);
        }
        assertThat(IntStream.range(0, 10)).allMatch(i -> local.hasKey(String.valueOf(i)));
        assertThat(local.bytes()).isEqualTo(MAX_BYTES);

        local.setReference("a", "value", 0, HOUR);
        assertThat(local.estimatedSize()).isEqualTo(10);
        assertThat(local.bytes()).isEqualTo(9 * (bytes + 1) + 1);
        assertThat(local.hasKey("a")).isTrue();
    }

    @Test
    void what_was_just_written_stays_be_it_as_large_as_the_store() {
        fill(MAX_ENTRIES);
        for (int i = 0; i < 20; i++) {
            String key = "large" + i;
            assertThat(local.set(key, new byte[MAX_BYTES - key.length()], HOUR)).isTrue();

            assertThat(local.get(key)).isNotNull();
            assertThat(local.estimatedSize()).isEqualTo(1);
            assertThat(local.bytes()).isEqualTo(MAX_BYTES);
        }
    }

    @Test
    void a_store_of_one_entry_keeps_the_last() {
        LocalBackend one = new LocalBackend(MAX_BYTES, 1, ticker);
        for (int i = 0; i < 10; i++) {
            one.setReference("key" + i, i, 1, HOUR);
            assertThat(one.getReference("key" + i)).isEqualTo(i);
            assertThat(one.estimatedSize()).isEqualTo(1);
        }
    }

    @Test
    void what_is_read_again_and_again_outlives_what_is_not() {
        fill(MAX_ENTRIES);
        for (int i = 0; i < 5_000; i++) {
            for (int hot = 0; hot < 5; hot++) {
                local.getReference("key" + hot);
            }
            local.setReference("passing" + i, "value", 1, HOUR);
        }
        assertThat(IntStream.range(0, 5)).allMatch(i -> local.hasKey("key" + i));
    }

    @Test
    void when_bytes_are_the_bound_old_entries_make_way_for_what_is_read_now() {
        LocalBackend store = new LocalBackend(MAX_BYTES, 10_000, ticker);
        for (int i = 0; i < 1_000; i++) {
            store.setReference("old" + i, "value", 990, HOUR);
        }
        int hits = 0;
        for (int i = 0; i < 50_000; i++) {
            String key = "now" + i % 800;
            if (store.getReference(key) != null) {
                hits++;
            } else {
                store.setReference(key, "value", 990, HOUR);
            }
        }
        assertThat(hits).isGreaterThan(40_000);
        assertThat(store.bytes()).isLessThanOrEqualTo(MAX_BYTES);
    }

    @Test
    void keys_count_in_bytes_of_utf_8() {
        local.setReference("aé€\uD83E\uDDC0", "value", 5, HOUR);

        assertThat(local.bytes()).isEqualTo(10 + 5);
    }

    @Test
    void whatever_ends_an_entry_gives_its_bytes_back() {
        local.setReference("replaced", "value", 100, HOUR);
        local.setReference("replaced", "value", 10, HOUR);
        assertThat(local.bytes()).isEqualTo(8 + 10);
        local.touch("replaced", HOUR);
        assertThat(local.bytes()).isEqualTo(8 + 10);
        local.delete("replaced");
        assertThat(local.bytes()).isZero();

        local.setReference("count", 1, 256, HOUR);
        local.add("count", 1);
        assertThat(local.bytes()).isEqualTo(5 + 256);
        assertThatThrownBy(() -> local.add("count", Long.MAX_VALUE)).isInstanceOf(CacheValueException.class);
        assertThat(local.bytes()).isEqualTo(5 + 256);
        local.setReference("count", "too large", MAX_BYTES, HOUR);
        assertThat(local.bytes()).isZero();

        local.setReference("expired", "value", 10, new Ttl(Duration.ofSeconds(1)));
        advance(Duration.ofSeconds(10));
        local.setReference("expired", "value", 20, HOUR);
        assertThat(local.bytes()).isEqualTo(7 + 20);

        local.close();
        assertThat(local.bytes()).isZero();
    }

    @Test
    void expired_entries_are_released_by_subsequent_operations() {
        for (int i = 0; i < MAX_ENTRIES; i++) {
            local.setReference("key" + i, "value", 1_000, new Ttl(Duration.ofSeconds(1)));
        }
        advance(Duration.ofMinutes(2));
        local.setReference("later", "value", 5, HOUR);

        assertThat(local.estimatedSize()).isEqualTo(1);
        assertThat(local.bytes()).isEqualTo(10);
    }

    @Test
    void expired_entries_are_released_by_reading_alone() {
        local.setReference("read", "value", 5, HOUR);
        for (int i = 1; i < MAX_ENTRIES; i++) {
            local.setReference("key" + i, "value", 1_000, new Ttl(Duration.ofSeconds(1)));
        }
        advance(Duration.ofMinutes(2));
        for (int i = 0; i < 100; i++) {
            local.getReference("read");
        }

        assertThat(local.estimatedSize()).isEqualTo(1);
    }

    @Test
    void both_bounds_hold_after_concurrent_writers() throws Exception {
        for (int round = 0; round < 20; round++) {
            AtomicInteger next = new AtomicInteger();
            inParallel(8, () -> {
                for (int i = 0; i < 500; i++) {
                    int size = ThreadLocalRandom.current().nextInt(40_000);
                    local.setReference("key" + next.getAndIncrement() % 700, "value", size, HOUR);
                    local.touch("key" + i, HOUR);
                    local.delete("key" + 3 * i);
                }
                return null;
            });
            assertThat(local.estimatedSize()).isLessThanOrEqualTo(MAX_ENTRIES);
            assertThat(local.bytes()).isBetween(0L, (long) MAX_BYTES);
        }
        for (int i = 0; i < 1_500; i++) {
            local.delete("key" + i);
        }
        assertThat(local.bytes()).isZero();
    }

    @Test
    void nothing_runs_in_another_thread() {
        int before = Thread.activeCount();
        fill(1_000);
        advance(Duration.ofHours(2));
        fill(1_000);

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(before);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            local.setReference("key" + i, "value", 5, HOUR);
        }
    }
}
