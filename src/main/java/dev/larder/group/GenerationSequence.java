package dev.larder.group;

import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws new generations: a time, random bits, and whether an invalidation began the generation. Each is greater than all that
 * this process drew before. They are persisted: do not change their form. Thread-safe.
 */
final class GenerationSequence {

    private static final int RANDOM_BITS = 20;

    /** How far the clocks of processes that share a store may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    GenerationSequence(InstantSource clock) {
        this.clock = clock;
    }

    /** The first generation of a group, or the first since the store lost one. */
    long next() {
        long now = clock.millis() << RANDOM_BITS | (ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS) & ~1);
        return last.updateAndGet(before -> Math.max(before + 2, now));
    }

    /** The generation that an invalidation begins. */
    long nextAfterInvalidation() {
        return next() | 1;
    }

    /** Whether an invalidation began a generation. */
    static boolean isAfterInvalidation(long generation) {
        return (generation & 1) != 0;
    }

    Moment now() {
        return new Moment(clock.millis(), last.get());
    }

    long last() {
        return last.get();
    }

    /** Whether an invalidation that came after a time, or shortly before it, began a generation. */
    static boolean isInvalidatedSince(long millis, long generation) {
        return isAfterInvalidation(generation) && (generation >> RANDOM_BITS) > millis - MAX_CLOCK_SKEW.toMillis();
    }

    /** Whether an invalidation that this process drew after a moment began a generation. */
    static boolean isInvalidatedAfter(Moment moment, long generation) {
        return isAfterInvalidation(generation) && generation - 1 > moment.last(); // the last is without the mark
    }

    /** How long ago a generation was drawn; zero if the clock that drew it is ahead. */
    Duration age(long generation) {
        return Duration.ofMillis(Math.max(0, millisSince(generation)));
    }

    /** Whether a generation was drawn within this period before now, or has a time after now, since its clock is ahead. */
    boolean isWithin(Duration span, long generation) {
        return Math.abs(millisSince(generation)) < span.toMillis();
    }

    /** The end of a time to live that begins now, in milliseconds of the epoch. */
    long after(Ttl ttl) {
        return ttl.isForever() ? Long.MAX_VALUE : clock.millis() + ttl.toMillis();
    }

    private long millisSince(long generation) {
        return clock.millis() - (generation >> RANDOM_BITS);
    }
}
