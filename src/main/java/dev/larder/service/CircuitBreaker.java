package dev.larder.service;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from a backend that fails: open after {@value #FAILURES} failures in a row, then one call in a second
 * is let through to see whether it works again. Thread-safe.
 */
final class CircuitBreaker {

    private static final int FAILURES = 5;
    private static final long PROBE = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong nextProbe = new AtomicLong();

    CircuitBreaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether a call may be made. */
    boolean permits() {
        if (inARow.get() < FAILURES) {
            return true;
        }
        long now = nanos.getAsLong();
        long due = nextProbe.get();
        return now - due >= 0 && nextProbe.compareAndSet(due, now + PROBE);
    }

    /** A call failed. */
    void failed() {
        if (inARow.incrementAndGet() == FAILURES) {
            nextProbe.set(nanos.getAsLong() + PROBE);
        }
    }

    /**
     * A call succeeded.
     *
     * @return whether that ends a series of failures
     */
    boolean succeeded() {
        return inARow.get() != 0 && inARow.getAndSet(0) != 0;
    }
}
