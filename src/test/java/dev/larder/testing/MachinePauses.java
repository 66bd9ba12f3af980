package dev.larder.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long this machine and its garbage collector keep a thread waiting that is due: a thread that only sleeps notes how late
 * it wakes. What a test measures beside it is allowed as much.
 */
public final class MachinePauses implements AutoCloseable {

    private static final long NAP_NANOS = 1_000_000;

    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean done;

    private MachinePauses() {}

    /** Watches from now on. */
    public static MachinePauses watch() {
        MachinePauses pauses = new MachinePauses();
        Thread thread = new Thread(pauses::nap, "machine pauses");
        thread.setDaemon(true);
        thread.start();
        return pauses;
    }

    private void nap() {
        while (!done) {
            long start = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            long late = System.nanoTime() - start - NAP_NANOS;
            longestNanos.accumulateAndGet(late, Math::max);
        }
    }

    /** The longest since it watches. */
    public Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    @Override
    public void close() {
        done = true;
    }
}
