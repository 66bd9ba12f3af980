package dev.larder.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.service.MapBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A calm one keeps the contract; the others fail as configured. */
class ChaosBackendTest extends CacheBackendContract {

    private static final Ttl LONG = new Ttl(Duration.ofHours(1));

    private final AtomicLong nanos = new AtomicLong();

    @Override
    protected CacheBackend create() {
        return new ChaosBackend(new MapBackend(nanos::get), 1);
    }

    /** A map has no other client. */
    @Override
    protected CacheBackend createSecondClient() {
        return backend();
    }

    @Override
    protected void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    protected int tooLarge() {
        return MapBackend.MAX_VALUE + 1;
    }

    private ChaosBackend chaos(long seed) {
        return new ChaosBackend(new MapBackend(nanos::get), seed);
    }

    @Test
    void operations_fail_in_the_configured_share() {
        ChaosBackend backend = chaos(1).failing(0.3);

        long failed = outcomes(backend, 2_000).stream()
                .filter(text -> text.contains("Operation") || text.contains("lost"))
                .count();
        assertThat(failed).isBetween(500L, 700L);
        assertThat(backend.operations()).isEqualTo(2_000);
    }

    @Test
    void the_same_seed_fails_at_the_same_operations_and_another_at_others() {
        List<String> once = outcomes(chaos(7).failing(0.3).corrupting(0.5, ChaosBackend.ANYWHERE), 500);

        assertThat(outcomes(chaos(7).failing(0.3).corrupting(0.5, ChaosBackend.ANYWHERE), 500))
                .isEqualTo(once);
        assertThat(outcomes(chaos(8).failing(0.3).corrupting(0.5, ChaosBackend.ANYWHERE), 500))
                .isNotEqualTo(once);
    }

    @Test
    void some_of_the_operations_that_fail_are_done() {
        MapBackend map = new MapBackend(nanos::get);
        ChaosBackend backend = new ChaosBackend(map, 1).failing(1);
        int done = 0;
        for (int i = 0; i < 200; i++) {
            String key = "k" + i;
            assertThatThrownBy(() -> backend.set(key, new byte[1], LONG)).isInstanceOf(ChaosBackend.Fault.class);
            done += map.hasKey(key) ? 1 : 0;
        }
        assertThat(done).isBetween(70, 130);
    }

    @Test
    void after_the_cut_nothing_works_until_it_is_calm() {
        ChaosBackend backend = chaos(1).cutAfter(2);
        backend.set("k", new byte[] {1}, LONG);
        assertThat(backend.get("k")).hasSize(1);
        assertThatThrownBy(() -> backend.get("k")).hasMessage("Operation 3, a get, was not done");
        assertThatThrownBy(() -> backend.add("k", 1)).isInstanceOf(ChaosBackend.Fault.class);

        assertThat(backend.calm().get("k")).hasSize(1);
    }

    @Test
    void the_byte_at_the_offset_comes_back_changed_and_the_store_keeps_its_own() {
        ChaosBackend backend = chaos(1).corrupting(1, 2);
        byte[] value = "value".getBytes(UTF_8);
        backend.set("k", value, LONG);
        backend.set("short", new byte[] {1, 2}, LONG);

        byte[] read = backend.get("k");
        assertThat(read[2]).isNotEqualTo(value[2]);
        read[2] = value[2];
        assertThat(read).isEqualTo(value);
        assertThat(backend.get("short")).containsExactly(1, 2);
        assertThat(backend.get("absent")).isNull();
        assertThat(backend.calm().get("k")).isEqualTo(value);
    }

    @Test
    void operations_take_longer_at_most_by_the_delay() {
        ChaosBackend backend = chaos(1).delaying(Duration.ofMillis(2));
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            backend.get("k");
        }
        // 50 waits of 1 ms on average
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(15).toNanos());
    }

    private static List<String> outcomes(ChaosBackend backend, int count) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i += 2) {
            outcomes.add(outcome(() -> backend.set("k", "value".getBytes(UTF_8), LONG)));
            outcomes.add(outcome(() -> Arrays.toString(backend.get("k"))));
        }
        return outcomes;
    }

    private static String outcome(Supplier<Object> operation) {
        try {
            return String.valueOf(operation.get());
        } catch (ChaosBackend.Fault e) {
            return e.getMessage();
        }
    }
}
