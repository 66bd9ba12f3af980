package dev.larder.service;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether failed backends and servers work again, so that no request has to. Each of them has a thread of its own,
 * named {@code larder-probe-…}, so one that hangs does not delay the others. While all work, there is no such thread.
 */
class Probes implements AutoCloseable {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final int backends;
    private final NamedThreads threads = new NamedThreads("larder-probe-");
    private @Nullable ScheduledThreadPoolExecutor executor;
    private boolean closed;

    Probes(int backends) {
        this.backends = backends;
    }

    /** Runs a probe after a second, unless the application is undeployed before that. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    synchronized void later(Runnable probe) {
        if (closed) {
            return;
        }
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(backends, threads);
            // longer than a thread waits for its probe
            executor.setKeepAliveTime(2 * INTERVAL, TimeUnit.NANOSECONDS);
            executor.allowCoreThreadTimeOut(true);
        }
        executor.schedule(probe, INTERVAL, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        ScheduledThreadPoolExecutor running = stop();
        if (running == null) {
            return;
        }
        try {
            // without the lock, which a probe that ends meanwhile needs to schedule the next one
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ScheduledThreadPoolExecutor stop() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
        }
        return executor;
    }
}
