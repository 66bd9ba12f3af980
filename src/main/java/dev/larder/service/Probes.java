package dev.larder.service;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks backends and servers that are known to be down whether they work again, so that no request has to find out. Each
 * of them has a thread meanwhile, named {@code larder-probe-…}, so one that hangs does not delay the others. While all
 * work there is no such thread.
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

    /** Runs a probe in a second; never, if the application is undeployed before. */
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
            // without the lock: a probe that ends meanwhile asks for the next
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
