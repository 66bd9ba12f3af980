package dev.larder.group;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * New generations: the time and random bits, each greater than all before in this process. They are persisted: do not change
 * their form. Thread-safe.
 */
final class GenerationSequence {

    private static final int RANDOM_BITS = 20;

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    GenerationSequence(InstantSource clock) {
        this.clock = clock;
    }

    long next() {
        long now = clock.millis() << RANDOM_BITS | ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    long last() {
        return last.get();
    }

    /** How long ago a generation was drawn; zero if by a clock that is ahead. */
    Duration age(long generation) {
        return Duration.ofMillis(Math.max(0, millisSince(generation)));
    }

    /** Whether a generation was drawn less than this before now, or after now by a clock that is ahead. */
    boolean isWithin(Duration span, long generation) {
        return Math.abs(millisSince(generation)) < span.toMillis();
    }

    private long millisSince(long generation) {
        return clock.millis() - (generation >> RANDOM_BITS);
    }
}
