package dev.larder.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Statistics statistics = new Statistics(nanos::get);

    @Test
    void what_a_method_does_counts_for_its_backend_too() {
        Counts backend = statistics.newCounts();
        statistics.addBackend("default", "local", backend, () -> new StoreState(1, 2, 3, false, List.of()));
        CacheEvents events = statistics
                .addMethod("com.acme.Books/list", "default", Duration.ofMinutes(5))
                .and(backend);

        events.hit();
        events.stale();
        events.coalesced();
        events.miss();
        events.bypass();
        events.stored();
        events.notStored("no-store");
        long start = events.now();
        nanos.addAndGet(500);
        events.loaded(start);

        MethodStatistics method = statistics.method("com.acme.Books/list");
        assertThat(method.backend()).isEqualTo("default");
        assertThat(method.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(method.counts()).isEqualTo(statistics.backend("default").counts());
        assertThat(method.counts())
                .isEqualTo(new CountsSnapshot(
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        Map.of("no-store", 1L),
                        0,
                        0,
                        0,
                        new Timing(1, 500),
                        Timing.ZERO,
                        Timing.ZERO,
                        Timing.ZERO));
        assertThat(method.counts().gets()).isEqualTo(3);
        assertThat(method.counts().hitPercentage()).isBetween(66.6, 66.7);
        assertThat(method.counts().savedNanos()).isEqualTo(1000);
        assertThat(statistics.backend("default").store().entries()).isEqualTo(1);
    }

    @Test
    void a_backend_sums_its_methods_and_what_the_service_reads() {
        Counts first = statistics.newCounts();
        Counts second = statistics.newCounts();
        statistics.addBackend("default", "local", first, () -> new StoreState(1, 2, 3, false, List.of()));
        statistics.addBackend("redis", "redis", second, () -> new StoreState(1, 2, 3, false, List.of()));
        CacheEvents list = statistics.addMethod("Books/list", "default", null).and(first);
        CacheEvents overload =
                statistics.addMethod("Books/list", "default", null).and(first);
        CacheEvents elsewhere =
                statistics.addMethod("Books/list", "redis", null).and(second);

        list.hit();
        overload.hit();
        first.hit();
        elsewhere.hit();

        assertThat(statistics.method("Books/list").counts().hits()).isEqualTo(2);
        assertThat(statistics.backend("default").counts().hits()).isEqualTo(3);
        assertThat(statistics.method("Books/list redis").counts().hits()).isEqualTo(1);
        assertThat(statistics.backend("redis").counts().hits()).isEqualTo(1);
    }

    @Test
    void what_was_counted_since_a_snapshot_is_the_difference() {
        Counts counts = statistics.newCounts();
        counts.hit();
        counts.notStored("no-store");
        CountsSnapshot before = counts.snapshot();
        counts.hit();
        counts.removed(3);
        counts.invalidated();
        counts.failed();
        counts.notStored("vary");
        counts.accessed(CacheEvents.Access.GET, -10);

        assertThat(counts.snapshot().since(before))
                .isEqualTo(new CountsSnapshot(
                        1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Map.of("vary", 1L),
                        3,
                        1,
                        1,
                        Timing.ZERO,
                        new Timing(1, 10),
                        Timing.ZERO,
                        Timing.ZERO));
        assertThat(counts.snapshot().since(counts.snapshot())).isEqualTo(CountsSnapshot.ZERO);
    }

    @Test
    void overloads_are_counted_together() {
        assertThat(statistics.addMethod("A/a", "default", Duration.ofMinutes(1)))
                .isSameAs(statistics.addMethod("A/a", "default", null));
        assertThat(statistics.methods()).hasSize(1);
    }

    @Test
    void an_observer_is_given_the_methods_that_are_there_and_those_that_come() {
        List<String> observed = new ArrayList<>();
        statistics.addMethod("A/a", "default", null);
        statistics.observeMethods(observed::add);
        statistics.addMethod("B/b", "default", null);
        statistics.addMethod("A/a", "default", null);
        assertThat(observed).containsExactly("A/a", "B/b");
    }

    @Test
    void names_that_are_not_there_are_refused() {
        assertThatThrownBy(() -> statistics.backend("none")).hasMessage("There is no backend 'none'");
        assertThatThrownBy(() -> statistics.method("A/a")).hasMessage("There is no cached method 'A/a'");
    }

    @Test
    void a_breaker_says_what_is_open() {
        assertThat(new StoreState(-1, -1, -1, false, List.of()).breaker()).isEqualTo("closed");
        assertThat(new StoreState(-1, -1, -1, true, List.of()).breaker()).isEqualTo("open");
        StoreState lost = new StoreState(-1, -1, -1, false, List.of("a:1", "b:2"));
        assertThat(lost.breaker()).isEqualTo("open: a:1, b:2");
        assertThat(lost.openBreakers()).isEqualTo(2);
    }
}
