package dev.larder.backend.redis;

import java.time.Duration;

/**
 * The time at which an operation ends at the latest.
 *
 * @param nanos by the clock of {@link System#nanoTime()}
 */
record Deadline(long nanos) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** 0 or less after the deadline. */
    long nanosLeft() {
        return nanos - System.nanoTime();
    }

    /** Rounded up; 0 after the deadline. */
    long millisLeft() {
        return Math.max(0, (nanosLeft() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    /** An earlier deadline for the next attempt, which leaves the others an equal share of the time. */
    Deadline firstOf(int attempts) {
        return attempts <= 1 ? this : new Deadline(nanos - nanosLeft() / attempts * (attempts - 1));
    }
}
