package dev.larder.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheBackendException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags and all entries of a backend: a generation is never used twice, and what a store forgets revives nothing. */
class GroupsTest {

    private static final Ttl HOUR = new Ttl(Duration.ofHours(1));

    private final AtomicLong millis = new AtomicLong(1_767_225_600_000L);
    private final Map<String, Long> stored = new HashMap<>();
    private final Process one = new Process(true);
    private final Process other = new Process(true);

    @Test
    void an_entry_of_a_tag_is_current_until_the_tag_is_invalidated() {
        Map<String, Long> begun = one.begin("books");
        assertThat(one.current("books")).isEqualTo(begun);

        assertThat(one.groups.ofTag("books").invalidate()).isTrue();

        assertThat(one.current("books")).isNotEqualTo(begun);
        assertThat(other.current("books")).isNotEqualTo(begun).isEqualTo(one.current("books"));
    }

    @Test
    void other_tags_stay_current() {
        Map<String, Long> begun = one.begin("books");
        one.groups.ofTag("book:1").invalidate();
        one.groups.ofTag("").invalidate();

        assertThat(one.current("books")).isEqualTo(begun);
    }

    @Test
    void two_processes_that_begin_at_once_agree_on_one_generation() {
        Map<String, Long> unread = Map.of("books", 0L);
        Map<String, Long> first = one.groups.ofTags(List.of("books")).begin(unread);
        Map<String, Long> second = other.groups.ofTags(List.of("books")).begin(unread);

        assertThat(first).isEqualTo(second);
    }

    @Test
    void a_tag_costs_the_store_one_entry_and_an_invalidation_one_write() {
        one.begin("books");
        assertThat(stored).hasSize(1);
        int before = one.writes;
        one.groups.ofTag("books").invalidate();

        assertThat(one.writes - before).isEqualTo(1);
        assertThat(stored).hasSize(1);
    }

    @Test
    void a_generation_that_the_store_loses_costs_hits_and_revives_nothing() {
        Map<String, Long> begun = one.begin("books");
        stored.clear();
        millis.addAndGet(2_000);

        assertThat(one.current("books")).containsEntry("books", 0L);
        assertThat(one.begin("books")).isNotEqualTo(begun);
    }

    @Test
    void a_replica_that_lags_behind_does_not_bring_back_what_this_process_invalidated() {
        Map<String, Long> begun = one.begin("books");
        one.replica = new HashMap<>(stored);
        one.groups.ofTag("books").invalidate();

        assertThat(one.current("books")).isNotEqualTo(begun);
    }

    @Test
    void an_invalidation_by_a_process_whose_clock_is_behind_counts() {
        one.groups.ofTag("books").invalidate();
        Map<String, Long> begun = one.begin("books");
        other.skew = -500;
        other.groups.ofTag("books").invalidate();

        assertThat(one.current("books")).isNotEqualTo(begun);
    }

    @Test
    void while_the_store_has_not_taken_an_invalidation_nothing_of_the_tag_is_current_here() {
        Map<String, Long> begun = one.begin("books");
        one.broken = true;
        assertThat(one.groups.ofTag("books").invalidate()).isFalse();
        one.broken = false;

        assertThat(one.current("books")).containsEntry("books", 0L);
        one.aSecondPasses();
        assertThat(one.groups.pendingInvalidations()).isZero();
        assertThat(other.current("books")).isNotEqualTo(begun);
    }

    @Test
    void an_invalidation_is_tried_again_each_second_until_the_store_takes_it() {
        Map<String, Long> begun = one.begin("books");
        one.broken = true;
        one.groups.ofTag("books").invalidate();
        one.aSecondPasses();
        one.aSecondPasses();
        assertThat(one.groups.pendingInvalidations()).isEqualTo(1);
        one.broken = false;
        one.aSecondPasses();

        assertThat(one.groups.pendingInvalidations()).isZero();
        assertThat(one.retries).isEmpty();
        assertThat(one.current("books")).isNotEqualTo(begun);
    }

    @Test
    void beyond_the_bound_all_entries_count_as_invalidated_until_the_store_takes_it() {
        long all = one.groups.all().begin();
        one.broken = true;
        for (int i = 0; i < 5_000; i++) {
            one.groups.ofTag("tag " + i).invalidate();
        }

        assertThat(one.groups.pendingInvalidations()).isLessThanOrEqualTo(1024);
        assertThat(one.groups.all().includes(all)).isFalse();
        one.broken = false;
        one.aSecondPasses();
        assertThat(one.groups.pendingInvalidations()).isZero();
        assertThat(one.groups.all().begin()).isNotEqualTo(all);
    }

    @Test
    void a_generation_is_kept_as_long_as_what_is_stored_under_it_by_few_writes() {
        Map<String, Long> begun = one.begin("books");
        int before = one.writes;
        for (int i = 0; i < 100; i++) {
            millis.addAndGet(Duration.ofMinutes(1).toMillis());
            one.groups.ofTags(List.of("books")).keep(begun, HOUR);
        }

        assertThat(one.writes - before).isBetween(1, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void all_entries_are_current_until_they_are_cleared(boolean shared) {
        Process process = new Process(shared);
        long begun = process.groups.all().begin();
        assertThat(process.groups.all().includes(begun)).isTrue();
        assertThat(process.groups.all().includes(0)).isTrue(); // of a version that had no generations

        assertThat(process.groups.all().invalidate()).isTrue();

        assertThat(process.groups.all().includes(begun)).isFalse();
        assertThat(process.groups.all().includes(0)).isFalse();
        assertThat(process.groups.mayBeCurrent(new Generations(begun, Map.of())))
                .isFalse();
        long next = process.groups.all().begin();
        assertThat(process.groups.all().includes(next)).isTrue();
    }

    @Test
    void another_process_sees_a_clear_within_a_second() {
        long begun = one.groups.all().begin();
        assertThat(other.groups.all().begin()).isEqualTo(begun);
        one.groups.all().invalidate();

        millis.addAndGet(600);
        assertThat(other.groups.all().due()).isNotNull();
        other.read();
        assertThat(other.groups.all().includes(begun)).isFalse();
    }

    @Test
    void a_clear_by_another_process_shortly_after_our_own_counts_within_a_second_too() {
        one.groups.all().begin();
        one.groups.all().invalidate();
        long between = one.groups.all().begin();
        millis.addAndGet(10);
        other.skew = -500;
        other.groups.all().invalidate();
        millis.addAndGet(600);
        one.read();

        assertThat(one.groups.all().includes(between)).isFalse();
    }

    @Test
    void while_the_server_of_the_generation_of_all_entries_is_lost_the_last_one_counts() {
        long begun = one.groups.all().begin();
        millis.addAndGet(5_000);
        long started = one.groups.all().nanos();
        one.broken = true;
        one.groups.all().noteRead(0, started);

        assertThat(one.groups.all().includes(begun)).isTrue();
    }

    @Test
    void if_that_server_is_lost_from_the_beginning_entries_get_a_generation_that_the_store_gets_later() {
        one.broken = true;
        long begun = one.groups.all().begin();
        assertThat(begun).isPositive();
        assertThat(one.groups.all().includes(begun)).isTrue();
        one.broken = false;
        millis.addAndGet(600);
        one.read();

        assertThat(one.groups.all().includes(begun)).isTrue();
        assertThat(one.groups.all().begin()).isEqualTo(begun);
        assertThat(other.groups.all().begin()).isEqualTo(begun);
    }

    @Test
    void such_entries_end_if_another_process_has_written_a_generation() {
        one.broken = true;
        long begun = one.groups.all().begin();
        other.groups.all().begin();
        one.broken = false;
        millis.addAndGet(600);
        one.read();

        assertThat(one.groups.all().includes(begun)).isFalse();
    }

    @Test
    void a_lost_generation_of_all_entries_revives_nothing() {
        long begun = one.groups.all().begin();
        one.groups.all().invalidate();
        stored.clear();
        millis.addAndGet(5_000);
        one.read();

        assertThat(one.groups.all().includes(begun)).isFalse();
        assertThat(one.groups.all().begin()).isNotEqualTo(begun);
        assertThat(one.groups.all().includes(begun)).isFalse();
    }

    @Test
    void a_clear_that_the_store_does_not_take_counts_here_and_is_tried_again() {
        long begun = one.groups.all().begin();
        one.broken = true;
        assertThat(one.groups.all().invalidate()).isFalse();

        assertThat(one.groups.all().includes(begun)).isFalse();
        assertThatThrownBy(() -> one.groups.all().begin()).isInstanceOf(CacheBackendException.class);
        one.broken = false;
        one.aSecondPasses();
        assertThat(other.groups.all().begin()).isNotEqualTo(begun);
        assertThat(one.groups.all().includes(one.groups.all().begin())).isTrue();
    }

    @Test
    void in_process_a_tag_that_is_evicted_from_the_bounded_map_costs_hits_and_revives_nothing() {
        Process process = new Process(false);
        Map<String, Long> first = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            first.putAll(process.begin("tag " + i));
        }
        List<String> evicted = first.keySet().stream()
                .filter(tag -> process.current(tag).get(tag) == 0)
                .toList();

        assertThat(evicted).hasSizeGreaterThanOrEqualTo(200_000);
        assertThat(process.begin(evicted.get(0)).get(evicted.get(0))).isNotEqualTo(first.get(evicted.get(0)));
    }

    @Test
    void in_process_a_group_that_a_caller_holds_ends_with_the_eviction_and_with_the_invalidation_of_its_tag() {
        Process process = new Process(false);
        TagGroups held = process.groups.ofTags(List.of("held"));
        long first = held.begin(Map.of()).getOrDefault("held", 0L);
        assertThat(held.areIn(Map.of("held", first))).isTrue();

        for (int i = 0; i < 300_000; i++) { // nothing reads the tag meanwhile, as that would keep it
            process.begin("tag " + i);
        }
        assertThat(held.areIn(Map.of("held", first))).isFalse();

        long second = process.begin("held").getOrDefault("held", 0L);
        assertThat(second).isNotIn(0L, first);
        assertThat(held.areIn(Map.of("held", second))).isTrue();
        process.groups.ofTag("held").invalidate();
        assertThat(held.areIn(Map.of("held", second))).isFalse();
        assertThat(held.areIn(Map.of("held", process.begin("held").getOrDefault("held", 0L))))
                .isTrue();
    }

    @Test
    void a_tag_that_was_invalidated_since_a_call_began_is_told_from_one_that_is_new() {
        long call = millis.get();
        millis.addAndGet(10_000);
        long created = one.begin("new").get("new");
        one.groups.ofTag("old").invalidate();
        long invalidated = one.current("old").get("old");

        assertThat(GenerationSequence.isInvalidatedSince(call, created)).isFalse();
        assertThat(GenerationSequence.isInvalidatedSince(call, invalidated)).isTrue();
        assertThat(GenerationSequence.isInvalidatedSince(call + 60_000, invalidated))
                .isFalse();
    }

    /** A process with a client of the one store, or with entries of its own. */
    private final class Process implements GenerationStore {

        private final boolean shared;
        private final List<Runnable> retries = new ArrayList<>();
        private boolean broken;
        private int writes;
        private long skew;
        private Map<String, Long> replica;
        private final Groups groups;

        Process(boolean shared) {
            this.shared = shared;
            this.groups =
                    new Groups(this, () -> Instant.ofEpochMilli(millis.get() + skew), () -> millis.get() * 1_000_000);
        }

        Map<String, Long> begin(String tag) {
            TagGroups tags = groups.ofTags(List.of(tag));
            return tags.begin(tags.current());
        }

        Map<String, Long> current(String tag) {
            return groups.ofTags(List.of(tag)).current();
        }

        void read() {
            long started = groups.all().nanos();
            groups.all().noteRead(generation(keyOfAll()), started);
        }

        void aSecondPasses() {
            millis.addAndGet(1_000);
            List<Runnable> due = List.copyOf(retries);
            retries.clear();
            due.forEach(Runnable::run);
        }

        private void works() {
            if (broken) {
                throw new CacheBackendException("down");
            }
        }

        private void write() {
            works();
            writes++;
        }

        @Override
        public boolean shared() {
            return shared;
        }

        @Override
        public boolean divided() {
            return true;
        }

        @Override
        public StoreKey keyOfTag(String tag) {
            return new StoreKey("tag " + tag, null);
        }

        @Override
        public StoreKey keyOfAll() {
            return new StoreKey("all", null);
        }

        @Override
        public long[] generations(List<StoreKey> keys) {
            works();
            Map<String, Long> read = replica == null ? stored : replica;
            return keys.stream()
                    .mapToLong(key -> read.getOrDefault(key.text(), 0L))
                    .toArray();
        }

        @Override
        public long latestGeneration(StoreKey key) {
            works();
            return stored.getOrDefault(key.text(), 0L);
        }

        @Override
        public boolean setGeneration(StoreKey key, long generation, Ttl ttl) {
            write();
            stored.put(key.text(), generation);
            return true;
        }

        @Override
        public boolean addGeneration(StoreKey key, long generation, Ttl ttl) {
            write();
            return stored.putIfAbsent(key.text(), generation) == null;
        }

        @Override
        public boolean delete(StoreKey key) {
            write();
            return stored.remove(key.text()) != null;
        }

        @Override
        public boolean touch(StoreKey key, Ttl ttl) {
            write();
            return stored.containsKey(key.text());
        }

        @Override
        public void retryInASecond(Runnable task) {
            retries.add(task);
        }
    }
}
