package dev.larder.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long an entry lives from the moment it is stored: a positive time, or forever.
 *
 * @param duration the time, positive; anything over 100 years is {@link #FOREVER}
 */
public record Ttl(Duration duration) {

    private static final Duration MAX_DURATION = Duration.ofDays(36_525);

    /** No expiry. */
    public static final Ttl FOREVER = new Ttl(Duration.ofSeconds(Long.MAX_VALUE));

    /**
     * Checks the duration.
     *
     * @param duration the time, positive; anything over 100 years is {@link #FOREVER}
     * @throws IllegalArgumentException if it is not positive
     */
    public Ttl {
        if (requireNonNull(duration, "duration").isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("A ttl is positive, but was " + duration);
        }
        if (duration.compareTo(MAX_DURATION) > 0) {
            duration = Duration.ofSeconds(Long.MAX_VALUE);
        }
    }

    /**
     * Whether the entry never expires.
     *
     * @return true for more than 100 years
     */
    public boolean isForever() {
        return duration.toSeconds() == Long.MAX_VALUE;
    }

    /**
     * The time in nanoseconds.
     *
     * @return {@link Long#MAX_VALUE} forever
     */
    public long toNanos() {
        return isForever() ? Long.MAX_VALUE : duration.toNanos();
    }

    /**
     * The time in milliseconds, rounded up, so that an entry does not expire early.
     *
     * @return {@link Long#MAX_VALUE} forever
     */
    public long toMillis() {
        return isForever() ? Long.MAX_VALUE : duration.plusNanos(999_999).toMillis();
    }
}
