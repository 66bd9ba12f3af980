package dev.larder.spi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link CacheBackend} promises. To hold a backend to it, extend this class, make the backend, and move its
 * time, or wait where it cannot be moved.
 */
public abstract class CacheBackendContract {

    private static final Ttl LONG = new Ttl(Duration.ofHours(1));
    private static final int RACES = 50;
    private static final Ttl SHORT = new Ttl(Duration.ofSeconds(2));

    private final String mine = "contract:1:" + UUID.randomUUID() + "-";
    private CacheBackend backend;

    /** A backend ready for use. One is made for each test; others may have left entries in the same store. */
    protected abstract CacheBackend create();

    /**
     * Lets time pass for the backend. One whose time cannot be moved waits, and aborts the test by
     * {@code Assumptions.abort} when that would take too long; most tests need some seconds, one needs 40 days.
     */
    protected abstract void advance(Duration time);

    /**
     * Another client of the store of {@link #backend()}; the test closes it. A backend whose store is its own has no other
     * client: two threads share the instance.
     */
    protected CacheBackend createSecondClient() {
        return backend.shared() ? create() : backend;
    }

    /** A value of so many bytes is too large for the store; 0, the default: there is no such value, or it takes too long. */
    protected int tooLarge() {
        return 0;
    }

    /** So many keys are set, read and deleted at once. A store that keeps fewer entries has its own number. */
    protected int many() {
        return 10_000;
    }

    /** Lets time pass, and as much more as the store may be late in ending counters. */
    protected void advancePastCounters(Duration time) {
        advance(time);
    }

    /** The backend of the running test. */
    protected final CacheBackend backend() {
        return backend;
    }

    /** A key that no other test uses. */
    protected final String key(String name) {
        return mine + name;
    }

    @BeforeEach
    final void start() {
        backend = create();
    }

    @AfterEach
    final void stop() {
        backend.close();
    }

    // get and set

    @Test
    void many_are_read_at_once_and_what_is_not_there_is_left_out() {
        backend.set(key("a"), utf8("1a"), LONG);
        backend.set(key("b"), utf8("7"), LONG);
        backend.set(key("c"), utf8("x"), LONG);
        backend.delete(key("c"));

        Map<String, byte[]> found = backend.getMany(List.of(key("a"), key("b"), key("c"), key("d")));
        assertThat(found).containsOnlyKeys(key("a"), key("b"));
        assertThat(found.get(key("a"))).isEqualTo(utf8("1a"));
        assertThat(found.get(key("b"))).isEqualTo(utf8("7"));
        assertThat(backend.getMany(List.of())).isEmpty();
    }

    @Test
    void what_was_never_set_is_absent() {
        assertThat(backend.get(key("a"))).isNull();
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    @Test
    void what_was_set_is_read() {
        assertThat(backend.set(key("a"), utf8("käse"), LONG)).isTrue();

        assertThat(backend.get(key("a"))).isEqualTo(utf8("käse"));
        assertThat(backend.hasKey(key("a"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 18, 19, 20, 1_024, 100_000})
    void an_entry_of_any_length_is_the_same(int length) {
        byte[] whole = new byte[length];
        Arrays.fill(whole, (byte) 'a');
        assertThat(backend.set(key("whole"), whole, LONG)).isTrue();

        assertThat(backend.get(key("whole"))).isEqualTo(whole);
        assertThat(backend.getMany(List.of(key("whole"), key("missing"))))
                .containsOnlyKeys(key("whole"))
                .containsEntry(key("whole"), whole);
    }

    @Test
    void every_byte_comes_back() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        backend.set(key("a"), all, LONG);

        assertThat(backend.get(key("a"))).isEqualTo(all);
    }

    @Test
    void no_bytes_are_a_value() {
        assertThat(backend.set(key("a"), new byte[0], LONG)).isTrue();

        assertThat(backend.get(key("a"))).isEmpty();
        assertThat(backend.hasKey(key("a"))).isTrue();
    }

    @Test
    void half_a_mebibyte_comes_back() {
        byte[] large = new byte[512 * 1024];
        large[large.length - 1] = 1;
        assertThat(backend.set(key("a"), large, LONG)).isTrue();

        assertThat(backend.get(key("a"))).isEqualTo(large);
    }

    @Test
    void setting_again_replaces_the_value() {
        backend.set(key("a"), utf8("old"), LONG);
        backend.set(key("a"), utf8("new"), LONG);

        assertThat(backend.get(key("a"))).isEqualTo(utf8("new"));
    }

    @Test
    void keys_differ_by_case_and_length() {
        backend.set(key("a"), utf8("1st"), LONG);
        backend.set(key("A"), utf8("2nd"), LONG);
        backend.set(key("aa"), utf8("3rd"), LONG);

        assertThat(backend.get(key("a"))).isEqualTo(utf8("1st"));
        assertThat(backend.get(key("A"))).isEqualTo(utf8("2nd"));
        assertThat(backend.get(key("aa"))).isEqualTo(utf8("3rd"));
    }

    @Test
    void a_key_of_the_greatest_length_is_taken_and_its_last_character_counts() {
        String start = key("x".repeat(Math.min(backend.maxKeyBytes(), 5_000) - mine.length() - 1));
        backend.set(start + "a", utf8("1st"), LONG);
        backend.set(start + "b", utf8("2nd"), LONG);

        assertThat(backend.get(start + "a")).isEqualTo(utf8("1st"));
        assertThat(backend.get(start + "b")).isEqualTo(utf8("2nd"));
    }

    @Test
    void every_character_that_keys_may_hold_is_taken() {
        StringBuilder odd = new StringBuilder();
        for (char c = '!'; c < 0x7F; c++) {
            odd.append(c);
        }
        if (!backend.asciiKeys()) {
            odd.append("\0\t\r\n  äß€\uD83E\uDDC0");
        }
        backend.set(key(odd.toString()), utf8("odd"), LONG);

        assertThat(backend.get(key(odd.toString()))).isEqualTo(utf8("odd"));
        assertThat(backend.get(key(odd.substring(1)))).isNull();
    }

    @Test
    void a_value_that_is_too_large_is_not_stored_and_no_older_one_is_left() {
        assumeTrue(tooLarge() > 0);
        backend.set(key("a"), utf8("old"), LONG);

        assertThat(backend.set(key("a"), new byte[tooLarge()], LONG)).isFalse();
        assertThat(backend.get(key("a"))).isNull();
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    // many at once

    @Test
    void many_are_set_read_and_deleted_at_once() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < many(); i++) {
            entries.put(key("many-" + i), utf8("value " + i));
        }
        List<String> keys = List.copyOf(entries.keySet());

        assertThat(backend.setMany(entries, LONG)).isEmpty();
        Map<String, byte[]> found = backend.getMany(keys);
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(found.get(key("many-47"))).isEqualTo(utf8("value 47"));
        assertThat(backend.deleteMany(keys)).isEqualTo(many());
        assertThat(backend.getMany(keys)).isEmpty();
        assertThat(backend.deleteMany(keys)).isZero();
    }

    @Test
    void setting_many_replaces_values_and_expiry_and_takes_counters() {
        backend.set(key("a"), utf8("old"), SHORT);
        Map<String, byte[]> entries =
                Map.of(key("a"), utf8("new"), key("b"), utf8("41"), key("c"), new byte[0], key("d"), new byte[100_000]);

        assertThat(backend.setMany(entries, LONG)).isEmpty();
        advance(Duration.ofSeconds(3));
        assertThat(backend.getMany(entries.keySet()))
                .containsAllEntriesOf(entries)
                .hasSize(4);
        assertThat(backend.add(key("b"), 1)).isEqualTo(42);
    }

    @Test
    void many_set_with_a_ttl_expire() {
        backend.setMany(Map.of(key("a"), utf8("1st"), key("b"), utf8("2nd")), SHORT);

        advance(Duration.ofSeconds(3));
        assertThat(backend.getMany(List.of(key("a"), key("b")))).isEmpty();
        assertThat(backend.deleteMany(List.of(key("a"), key("b")))).isZero();
    }

    @Test
    void no_keys_are_many_too_and_a_key_twice_counts_once() {
        backend.set(key("a"), utf8("value"), LONG);

        assertThat(backend.setMany(Map.of(), LONG)).isEmpty();
        assertThat(backend.deleteMany(List.of())).isZero();
        assertThat(backend.getMany(List.of(key("a"), key("b"), key("a")))).containsOnlyKeys(key("a"));
        assertThat(backend.deleteMany(List.of(key("b"), key("a"), key("a")))).isEqualTo(1);
    }

    @Test
    void a_value_that_is_too_large_is_the_only_one_of_many_not_stored() {
        assumeTrue(tooLarge() > 0);
        backend.set(key("large"), utf8("old"), LONG);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(key("a"), utf8("1st"));
        entries.put(key("large"), new byte[tooLarge()]);
        entries.put(key("b"), utf8("2nd"));

        assertThat(backend.setMany(entries, LONG)).containsExactly(key("large"));
        assertThat(backend.getMany(entries.keySet())).containsOnlyKeys(key("a"), key("b"));
    }

    // delete if

    @Test
    void an_entry_is_deleted_only_if_it_has_these_bytes() {
        backend.set(key("a"), utf8("value"), LONG);
        backend.set(key("counter"), utf8("41"), LONG);
        backend.set(key("ended"), utf8("value"), SHORT);

        assertThat(backend.deleteIf(key("a"), utf8("other"))).isFalse();
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));
        assertThat(backend.deleteIf(key("a"), utf8("value"))).isTrue();
        assertThat(backend.get(key("a"))).isNull();
        assertThat(backend.hasKey(key("a"))).isFalse();
        assertThat(backend.deleteIf(key("a"), utf8("value"))).isFalse();
        assertThat(backend.setIfAbsent(key("a"), utf8("new"), LONG)).isTrue();
        assertThat(backend.deleteIf(key("counter"), utf8("41"))).isTrue();
        assertThat(backend.deleteIf(key("missing"), new byte[0])).isFalse();
        advance(Duration.ofSeconds(3));
        assertThat(backend.deleteIf(key("ended"), utf8("value"))).isFalse();
    }

    @Test
    void one_of_two_clients_that_race_to_delete_an_entry_if_it_is_the_same_deletes_it() throws Exception {
        CacheBackend second = createSecondClient();
        List<CacheBackend> clients = List.of(backend, second);
        try {
            for (int round = 0; round < 20; round++) {
                String key = key("round-" + round);
                backend.set(key, utf8("value"), LONG);
                AtomicInteger next = new AtomicInteger();
                List<Boolean> deleted =
                        inParallel(2, () -> clients.get(next.getAndIncrement()).deleteIf(key, utf8("value")));

                assertThat(deleted).containsOnlyOnce(true);
                assertThat(backend.get(key)).isNull();
            }
        } finally {
            if (second != backend) {
                second.close();
            }
        }
    }

    // set if absent

    @Test
    void setting_if_absent_stores_what_is_not_there_and_leaves_what_is() {
        assertThat(backend.setIfAbsent(key("a"), utf8("first"), LONG)).isTrue();
        assertThat(backend.setIfAbsent(key("a"), utf8("second"), LONG)).isFalse();
        assertThat(backend.get(key("a"))).isEqualTo(utf8("first"));

        backend.delete(key("a"));
        assertThat(backend.setIfAbsent(key("a"), utf8("third"), LONG)).isTrue();
        assertThat(backend.get(key("a"))).isEqualTo(utf8("third"));
        assertThat(backend.set(key("b"), utf8(""), LONG)).isTrue();
        assertThat(backend.setIfAbsent(key("b"), utf8("not empty"), LONG)).isFalse();
    }

    @Test
    void setting_if_absent_sets_an_expiry_and_leaves_that_of_what_is_there() {
        backend.setIfAbsent(key("short"), utf8("value"), SHORT);
        backend.setIfAbsent(key("short"), utf8("value"), LONG);
        backend.setIfAbsent(key("long"), utf8("value"), LONG);
        backend.setIfAbsent(key("long"), utf8("value"), SHORT);
        backend.setIfAbsent(key("ever"), utf8("value"), Ttl.FOREVER);

        advance(Duration.ofSeconds(3));
        assertThat(backend.get(key("short"))).isNull();
        assertThat(backend.get(key("long"))).isEqualTo(utf8("value"));
        assertThat(backend.get(key("ever"))).isEqualTo(utf8("value"));
    }

    @Test
    void what_has_expired_is_absent_to_setting_if_absent() {
        backend.set(key("value"), utf8("old"), SHORT);
        backend.set(key("counter"), utf8("5"), SHORT);
        advancePastCounters(Duration.ofSeconds(3));

        assertThat(backend.setIfAbsent(key("value"), utf8("new"), LONG)).isTrue();
        assertThat(backend.setIfAbsent(key("counter"), utf8("7"), LONG)).isTrue();
        assertThat(backend.get(key("value"))).isEqualTo(utf8("new"));
        assertThat(backend.add(key("counter"), 0)).isEqualTo(7);
    }

    @Test
    void digits_set_if_absent_are_a_counter() {
        assertThat(backend.setIfAbsent(key("a"), utf8("41"), LONG)).isTrue();
        assertThat(backend.add(key("a"), 1)).isEqualTo(42);
        assertThat(backend.setIfAbsent(key("a"), utf8("0"), LONG)).isFalse();
        assertThat(backend.add(key("a"), 0)).isEqualTo(42);
    }

    @Test
    void a_value_that_is_too_large_is_not_set_if_absent_and_leaves_what_is_there() {
        assumeTrue(tooLarge() > 0);

        assertThat(backend.setIfAbsent(key("a"), new byte[tooLarge()], LONG)).isFalse();
        assertThat(backend.get(key("a"))).isNull();
        backend.set(key("a"), utf8("old"), LONG);
        assertThat(backend.setIfAbsent(key("a"), new byte[tooLarge()], LONG)).isFalse();
        assertThat(backend.get(key("a"))).isEqualTo(utf8("old"));
    }

    @Test
    void one_of_many_that_set_if_absent_stores() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = key("round-" + round);
            List<Boolean> stored = inParallel(4, () -> backend.setIfAbsent(key, utf8("value"), LONG));

            assertThat(stored).containsOnlyOnce(true);
        }
    }

    @Test
    void one_of_two_clients_that_race_to_set_if_absent_stores_and_both_read_its_bytes() throws Exception {
        CacheBackend second = createSecondClient();
        List<CacheBackend> clients = List.of(backend, second);
        CyclicBarrier barrier = new CyclicBarrier(clients.size());
        AtomicInteger next = new AtomicInteger();
        Map<Integer, List<Boolean>> outcomesOf = new ConcurrentHashMap<>();
        try {
            inParallel(clients.size(), () -> {
                int client = next.getAndIncrement();
                List<Boolean> outcomes = new ArrayList<>();
                for (int round = 0; round < RACES; round++) {
                    barrier.await(10, TimeUnit.SECONDS);
                    outcomes.add(
                            clients.get(client).setIfAbsent(key("race-" + round), utf8(client + " in " + round), LONG));
                }
                outcomesOf.put(client, outcomes);
                return null;
            });

            for (int round = 0; round < RACES; round++) {
                boolean firstStored = outcomesOf.get(0).get(round);
                assertThat(outcomesOf.get(1).get(round)).isEqualTo(!firstStored);
                byte[] value = utf8((firstStored ? 0 : 1) + " in " + round);
                assertThat(backend.get(key("race-" + round))).isEqualTo(value);
                assertThat(second.get(key("race-" + round))).isEqualTo(value);
            }
        } finally {
            if (second != backend) {
                second.close();
            }
        }
    }

    // expiry

    @Test
    void an_entry_lives_as_long_as_its_ttl_and_at_most_a_second_longer() {
        backend.set(key("a"), utf8("value"), SHORT);

        advance(Duration.ofMillis(1_800));
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));
        assertThat(backend.hasKey(key("a"))).isTrue();

        advance(Duration.ofMillis(1_200));
        assertThat(backend.get(key("a"))).isNull();
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    @Test
    void a_ttl_has_fractions_of_a_second() {
        backend.set(key("a"), utf8("value"), new Ttl(Duration.ofMillis(600)));

        advance(Duration.ofMillis(400));
        assertThat(backend.hasKey(key("a"))).isTrue();

        advance(Duration.ofMillis(1_200));
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    @Test
    void forty_days_are_forty_days() {
        backend.set(key("a"), utf8("value"), new Ttl(Duration.ofDays(40)));
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));

        advance(Duration.ofDays(40).minusSeconds(1));
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));

        advance(Duration.ofSeconds(2));
        assertThat(backend.get(key("a"))).isNull();
    }

    @Test
    void an_entry_that_lives_for_ever_is_there() {
        backend.set(key("a"), utf8("value"), Ttl.FOREVER);
        backend.set(key("b"), utf8("value"), new Ttl(Duration.ofDays(36_500)));

        advance(Duration.ofSeconds(3));
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));
        assertThat(backend.get(key("b"))).isEqualTo(utf8("value"));
    }

    @Test
    void setting_again_replaces_the_expiry() {
        backend.set(key("longer"), utf8("old"), SHORT);
        backend.set(key("longer"), utf8("new"), LONG);
        backend.set(key("shorter"), utf8("old"), LONG);
        backend.set(key("shorter"), utf8("new"), SHORT);

        advance(Duration.ofSeconds(3));
        assertThat(backend.get(key("longer"))).isEqualTo(utf8("new"));
        assertThat(backend.get(key("shorter"))).isNull();
    }

    @Test
    void reading_does_not_prolong_a_life() {
        backend.set(key("a"), utf8("value"), SHORT);

        advance(Duration.ofMillis(1_500));
        backend.get(key("a"));
        backend.hasKey(key("a"));
        advance(Duration.ofMillis(1_500));

        assertThat(backend.get(key("a"))).isNull();
    }

    // delete

    @Test
    void delete_removes_a_live_entry_once() {
        backend.set(key("a"), utf8("value"), LONG);

        assertThat(backend.delete(key("a"))).isTrue();
        assertThat(backend.get(key("a"))).isNull();
        assertThat(backend.delete(key("a"))).isFalse();
    }

    @Test
    void an_expired_entry_is_none_to_any_operation() {
        backend.set(key("delete"), utf8("5"), SHORT);
        backend.set(key("touch"), utf8("5"), SHORT);
        backend.set(key("add"), utf8("5"), SHORT);

        advancePastCounters(Duration.ofSeconds(3));
        assertThat(backend.delete(key("delete"))).isFalse();
        assertThat(backend.touch(key("touch"), LONG)).isFalse();
        assertThat(backend.get(key("touch"))).isNull();
        assertThatThrownBy(() -> backend.add(key("add"), 1)).isInstanceOf(NoSuchKeyException.class);
    }

    // touch

    @Test
    void touch_gives_a_live_entry_a_new_expiry_and_keeps_its_value() {
        backend.set(key("longer"), utf8("value"), SHORT);
        backend.set(key("shorter"), utf8("value"), LONG);

        assertThat(backend.touch(key("longer"), LONG)).isTrue();
        assertThat(backend.touch(key("shorter"), SHORT)).isTrue();
        advance(Duration.ofSeconds(3));

        assertThat(backend.get(key("longer"))).isEqualTo(utf8("value"));
        assertThat(backend.get(key("shorter"))).isNull();
    }

    @Test
    void touch_counts_from_now() {
        backend.set(key("a"), utf8("value"), SHORT);
        advance(Duration.ofMillis(1_500));
        backend.touch(key("a"), SHORT);

        advance(Duration.ofMillis(1_500));
        assertThat(backend.get(key("a"))).isEqualTo(utf8("value"));
    }

    @Test
    void touch_of_what_is_absent_is_false_and_makes_nothing() {
        assertThat(backend.touch(key("a"), LONG)).isFalse();
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    @Test
    void a_touched_counter_counts_on() {
        backend.set(key("a"), utf8("5"), SHORT);
        assertThat(backend.touch(key("a"), LONG)).isTrue();
        advancePastCounters(Duration.ofSeconds(3));

        assertThat(backend.add(key("a"), 1)).isEqualTo(6);
    }

    // add

    @Test
    void decimal_digits_are_a_counter() {
        backend.set(key("a"), utf8("5"), LONG);

        assertThat(backend.add(key("a"), 37)).isEqualTo(42);
        assertThat(backend.add(key("a"), -2)).isEqualTo(40);
        assertThat(backend.add(key("a"), -10)).isEqualTo(30);
        assertThat(backend.add(key("a"), 3)).isEqualTo(33);
        assertThat(backend.add(key("a"), 0)).isEqualTo(33);
        assertThat(backend.add(key("a"), 0)).isEqualTo(33);
    }

    @Test
    void a_counter_reads_as_its_digits_and_maybe_spaces() {
        backend.set(key("a"), utf8("100"), LONG);
        backend.add(key("a"), -91);

        assertThat(new String(backend.get(key("a")), US_ASCII).stripTrailing()).isEqualTo("9");
    }

    @Test
    void zero_is_a_counter() {
        backend.set(key("a"), utf8("0"), LONG);

        assertThat(backend.add(key("a"), 1)).isEqualTo(1);
    }

    @Test
    void a_counter_stops_at_zero() {
        backend.set(key("a"), utf8("5"), LONG);
        assertThat(backend.add(key("a"), -6)).isZero();

        backend.set(key("a"), utf8("5"), LONG);
        assertThat(backend.add(key("a"), -6)).isZero();

        backend.set(key("a"), utf8("5"), LONG);
        assertThat(backend.add(key("a"), Long.MIN_VALUE)).isZero();

        backend.set(key("a"), utf8("9223372036854775807"), LONG);
        assertThat(backend.add(key("a"), -Long.MAX_VALUE)).isZero();

        backend.set(key("a"), utf8("9223372036854775807"), LONG);
        assertThat(backend.add(key("a"), Long.MIN_VALUE)).isZero();
    }

    @Test
    void a_counter_goes_up_to_the_greatest_long_and_stays_there() {
        backend.set(key("a"), utf8("9223372036854775806"), LONG);

        assertThat(backend.add(key("a"), 1)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> backend.add(key("a"), 1)).isInstanceOf(CacheValueException.class);
        assertThatThrownBy(() -> backend.add(key("a"), Long.MAX_VALUE)).isInstanceOf(CacheValueException.class);
        assertThatThrownBy(() -> backend.add(key("a"), 1)).isInstanceOf(CacheValueException.class);
        assertThat(backend.add(key("a"), 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void only_a_live_entry_is_counted() {
        assertThatThrownBy(() -> backend.add(key("a"), 1)).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> backend.add(key("a"), 0)).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> backend.add(key("a"), -1)).isInstanceOf(NoSuchKeyException.class);
        assertThat(backend.hasKey(key("a"))).isFalse();
    }

    @Test
    void what_is_no_counter_is_not_counted_and_stays() {
        for (byte[] value :
                List.of(utf8("text"), utf8("-1"), utf8("1.5"), utf8("1e3"), new byte[0], new byte[] {-63, 1})) {
            backend.set(key("a"), value, LONG);

            assertThatThrownBy(() -> backend.add(key("a"), 1)).isInstanceOf(CacheValueException.class);
            assertThatThrownBy(() -> backend.add(key("a"), 0)).isInstanceOf(CacheValueException.class);
            assertThatThrownBy(() -> backend.add(key("a"), -1)).isInstanceOf(CacheValueException.class);
            assertThat(backend.get(key("a"))).isEqualTo(value);
        }
    }

    @Test
    void counting_keeps_the_expiry() {
        backend.set(key("short"), utf8("5"), SHORT);
        backend.set(key("ever"), utf8("5"), Ttl.FOREVER);

        advance(Duration.ofMillis(1_500));
        assertThat(backend.add(key("short"), 1)).isEqualTo(6);
        assertThat(backend.add(key("ever"), 1)).isEqualTo(6);
        advancePastCounters(Duration.ofMillis(1_500));

        assertThat(backend.hasKey(key("short"))).isFalse();
        assertThat(backend.add(key("ever"), 1)).isEqualTo(7);
    }

    @Test
    void counting_is_atomic() throws Exception {
        backend.set(key("a"), utf8("0"), LONG);
        Set<Long> seen = ConcurrentHashMap.newKeySet();

        inParallel(4, () -> {
            for (int i = 0; i < 250; i++) {
                seen.add(backend.add(key("a"), 1));
            }
            return null;
        });

        assertThat(seen).hasSize(1_000).contains(1L, 1_000L);
        assertThat(backend.add(key("a"), 0)).isEqualTo(1_000);
    }

    @Test
    void an_entry_is_deleted_by_one_of_many() throws Exception {
        for (int round = 0; round < 20; round++) {
            backend.set(key("a"), utf8("value"), LONG);

            List<Boolean> deleted = inParallel(4, () -> backend.delete(key("a")));

            assertThat(deleted).containsOnlyOnce(true);
        }
    }

    /** Runs a task in several threads at once and returns their results. */
    protected static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(Collections.nCopies(threads, task))) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
