package dev.larder.backend.redis;

import java.time.Duration;

/**
 * The moment an operation ends at the latest.
 *
 * @param nanos in the time of {@link System#nanoTime()}
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

    /** An earlier deadline, for the first of so many attempts that may each use up their time. */
    Deadline firstOf(int attempts) {
        return attempts <= 1 ? this : new Deadline(nanos - nanosLeft() / attempts * (attempts - 1));
    }
}
