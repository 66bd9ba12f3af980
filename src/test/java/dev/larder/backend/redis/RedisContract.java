package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendContract;
import dev.larder.spi.Ttl;
import dev.larder.testing.RealTime;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract over one way to reach Redis. Time passes by itself here: the tests wait side by side. */
@Execution(ExecutionMode.CONCURRENT)
abstract class RedisContract extends CacheBackendContract {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int MEBIBYTE = 1024 * 1024;

    /** Where the servers are, each configured with {@code proto-max-bulk-len 1mb}. */
    protected abstract CacheSettings settings();

    /** The machine is shared: what is tested here is not the timeout. */
    @Override
    protected final CacheBackend create() {
        return new RedisBackendFactory().create("default", settings().option("timeout", "PT3S"));
    }

    @Override
    protected final void advance(Duration time) {
        if (time.compareTo(LONGEST_WAIT) > 0) {
            Assumptions.abort("Redis' time cannot be moved by " + time);
        }
        RealTime.pass(time);
    }

    @Override
    protected final int tooLarge() {
        return MEBIBYTE + 1;
    }

    @Test
    void touching_for_ever_takes_the_expiry_away() {
        backend().set(key("a"), new byte[] {1}, new Ttl(Duration.ofMillis(600)));

        assertThat(backend().touch(key("a"), Ttl.FOREVER)).isTrue();
        assertThat(backend().touch(key("a"), Ttl.FOREVER)).isTrue();
        assertThat(backend().touch(key("b"), Ttl.FOREVER)).isFalse();
        advance(Duration.ofSeconds(1));
        assertThat(backend().hasKey(key("a"))).isTrue();
    }

    @Test
    void digits_with_a_leading_zero_or_too_many_are_no_counter() {
        for (String digits : new String[] {"05", "00", "9223372036854775808", "10000000000000000000"}) {
            backend().set(key("a"), digits.getBytes(java.nio.charset.StandardCharsets.UTF_8), Ttl.FOREVER);

            org.assertj.core.api.Assertions.assertThatThrownBy(() -> backend().add(key("a"), -1))
                    .isInstanceOf(dev.larder.CacheValueException.class);
        }
    }
}
