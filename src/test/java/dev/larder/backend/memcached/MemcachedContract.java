package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CacheBackendContract;
import dev.larder.spi.Ttl;
import dev.larder.testing.RealTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract over real servers. The backend's clock is moved; only counters end by the servers' clocks. */
@Execution(ExecutionMode.CONCURRENT)
public abstract class MemcachedContract extends CacheBackendContract {

    /** So long that the counter is framed. */
    private static final Duration FORTY_YEARS = Duration.ofDays(14_600);

    private final AtomicLong moved = new AtomicLong();

    /** The time of the backend: the system's, and what a test has moved it by. */
    protected final long now() {
        return System.currentTimeMillis() + moved.get();
    }

    /** The machine is shared: what is tested here is not the timeout. */
    protected static CacheSettings patient(CacheSettings settings) {
        return settings.option("timeout", "PT3S");
    }

    @Override
    protected void advance(Duration time) {
        moved.addAndGet(time.toMillis());
    }

    /** They end by the server's clock, which cannot be moved, and up to two seconds late. */
    @Override
    protected void advancePastCounters(Duration time) {
        RealTime.pass(time.plusSeconds(5));
    }

    @Override
    protected int tooLarge() {
        return 2_000_000;
    }

    /** Whether a set is true before the server could say no. */
    protected boolean setAnswersBeforeTheServer() {
        return false;
    }

    @Test
    void what_the_server_finds_too_large_is_not_stored_either() {
        backend().set(key("a"), "old".getBytes(UTF_8), Ttl.FOREVER);

        assertThat(backend().set(key("a"), new byte[1024 * 1024 - 20], Ttl.FOREVER))
                .isEqualTo(setAnswersBeforeTheServer());
        assertThat(backend().get(key("a"))).isNull();
    }

    @Test
    void a_million_bytes_are_taken() {
        assertThat(backend().set(key("a"), new byte[1_000_000], Ttl.FOREVER)).isTrue();
        assertThat(backend().get(key("a"))).hasSize(1_000_000);
    }

    @Test
    void a_counter_of_half_a_second_counts_and_ends_in_time() {
        backend().set(key("a"), "5".getBytes(UTF_8), new Ttl(Duration.ofMillis(1_500)));
        advance(Duration.ofMillis(1_200));
        assertThat(backend().add(key("a"), 2)).isEqualTo(7);
        assertThat(backend().add(key("a"), -9)).isZero();
        assertThat(backend().add(key("a"), 3)).isEqualTo(3);
        assertThat(backend().get(key("a"))).isEqualTo("3".getBytes(UTF_8));

        advancePastCounters(Duration.ofMillis(1_300));
        assertThat(backend().hasKey(key("a"))).isFalse();
        assertThatThrownBy(() -> backend().add(key("a"), 1)).isInstanceOf(NoSuchKeyException.class);
    }

    /** No operation sees it, and the key can be set again. */
    @Test
    void a_counter_that_has_ended_is_none() {
        backend().set(key("a"), "5".getBytes(UTF_8), new Ttl(Duration.ofSeconds(2)));
        advance(Duration.ofMillis(1_500));
        assertThat(backend().add(key("a"), 1)).isEqualTo(6);

        advancePastCounters(Duration.ofSeconds(1));
        assertThat(backend().get(key("a"))).isNull();
        assertThat(backend().hasKey(key("a"))).isFalse();
        assertThat(backend().touch(key("a"), Ttl.FOREVER)).isFalse();
        assertThatThrownBy(() -> backend().add(key("a"), 1)).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> backend().add(key("a"), Long.MAX_VALUE)).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> backend().add(key("a"), -1)).isInstanceOf(NoSuchKeyException.class);
        assertThat(backend().delete(key("a"))).isFalse();

        assertThat(backend().set(key("a"), "7".getBytes(UTF_8), Ttl.FOREVER)).isTrue();
        assertThat(backend().add(key("a"), 1)).isEqualTo(8);
    }

    @Test
    void counting_keeps_the_deadline_whatever_becomes_of_the_digits() {
        backend().set(key("a"), "8".getBytes(UTF_8), new Ttl(Duration.ofSeconds(5)));
        advance(Duration.ofMillis(4_900));
        assertThat(backend().add(key("a"), 1)).isEqualTo(9);
        assertThat(backend().add(key("a"), 1)).isEqualTo(10);
        assertThat(backend().add(key("a"), 99_990)).isEqualTo(100_000);
        assertThat(backend().add(key("a"), -99_999)).isEqualTo(1);
        assertThat(backend().hasKey(key("a"))).isTrue();

        advancePastCounters(Duration.ofSeconds(3));
        assertThat(backend().hasKey(key("a"))).isFalse();
    }

    @Test
    void a_counter_of_forty_days_counts_for_forty_days() {
        backend().set(key("a"), "5".getBytes(UTF_8), new Ttl(Duration.ofDays(40)));
        advance(Duration.ofDays(40).minusSeconds(1));
        assertThat(backend().add(key("a"), 1)).isEqualTo(6);

        advance(Duration.ofSeconds(12));
        assertThatThrownBy(() -> backend().add(key("a"), 1)).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void a_counter_in_a_frame_is_counted_atomically() throws Exception {
        backend().set(key("a"), "0".getBytes(UTF_8), new Ttl(FORTY_YEARS));

        inParallel(4, () -> {
            for (int i = 0; i < 100; i++) {
                backend().add(key("a"), 1);
            }
            return null;
        });

        assertThat(backend().add(key("a"), 0)).isEqualTo(400);
    }

    @Test
    void touching_a_counter_takes_it_from_one_kind_of_expiry_to_the_other() {
        backend().set(key("a"), "5".getBytes(UTF_8), new Ttl(Duration.ofSeconds(60)));
        assertThat(backend().touch(key("a"), new Ttl(FORTY_YEARS))).isTrue();
        assertThat(backend().add(key("a"), 1)).isEqualTo(6);
        assertThat(backend().touch(key("a"), new Ttl(Duration.ofSeconds(2)))).isTrue();
        assertThat(backend().add(key("a"), 1)).isEqualTo(7);

        advancePastCounters(Duration.ofSeconds(3));
        assertThat(backend().hasKey(key("a"))).isFalse();
    }

    @Test
    void sets_of_many_threads_at_once_all_get_a_reply() throws Exception {
        inParallel(16, () -> {
            for (int i = 0; i < 200; i++) {
                String key = key(Thread.currentThread().getName() + i % 5);
                assertThat(backend().set(key, key.getBytes(UTF_8), Ttl.FOREVER)).isTrue();
                assertThat(backend().get(key)).isEqualTo(key.getBytes(UTF_8));
            }
            return null;
        });
    }
}
