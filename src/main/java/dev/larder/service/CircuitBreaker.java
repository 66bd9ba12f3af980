package dev.larder.service;

import dev.larder.statistics.CacheEvents;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops calls to a backend, or to one of its servers, while it fails. It opens after {@value #FAILURES} failures in a row. It
 * closes when a probe succeeds, or a call that had started before. Thread-safe.
 */
final class CircuitBreaker {

    private static final int FAILURES = 5;

    private final Probes probes;
    private final Runnable probe;
    private final CacheEvents events;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicBoolean probing = new AtomicBoolean();

    /**
     * Creates a closed breaker.
     *
     * @param probes runs the probe
     * @param probe calls the backend, and reports success or failure to this breaker
     * @param events receives each opening and closing once
     */
    CircuitBreaker(Probes probes, Runnable probe, CacheEvents events) {
        this.probes = probes;
        this.probe = probe;
        this.events = events;
    }

    /** Whether calls are allowed. */
    boolean isClosed() {
        return inARow.get() < FAILURES;
    }

    /** A call failed. */
    void failed() {
        if (inARow.incrementAndGet() == FAILURES) {
            events.breakerOpened();
        }
        probeWhileOpen();
    }

    /** Opens after a single failure: no call is allowed until a probe succeeds. */
    void open() {
        if (inARow.getAndAccumulate(FAILURES, Math::max) < FAILURES) {
            events.breakerOpened();
        }
        probeWhileOpen();
    }

    /** Whether the last call failed. */
    boolean isFailing() {
        return inARow.get() != 0;
    }

    /**
     * A call succeeded.
     *
     * @return whether this ends a series of failures
     */
    boolean succeeded() {
        int failures = inARow.get() == 0 ? 0 : inARow.getAndSet(0);
        if (failures >= FAILURES) {
            events.breakerClosed();
        }
        return failures != 0;
    }

    private void probeWhileOpen() {
        if (!isClosed() && probing.compareAndSet(false, true)) {
            probes.later(this::probeIfOpen);
        }
    }

    private void probeIfOpen() {
        try {
            if (!isClosed()) {
                probe.run();
            }
        } finally {
            probing.set(false);
            // the breaker may have closed and opened again since the check
            probeWhileOpen();
        }
    }
}
