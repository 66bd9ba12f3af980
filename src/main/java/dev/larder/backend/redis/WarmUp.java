package dev.larder.backend.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connects in the background at deployment. The deployment does not wait for it, but operations do: otherwise the first
 * one would spend its timeout on loading classes.
 */
final class WarmUp implements AutoCloseable {

    /** The longest time for which a server that does not reply delays the undeployment. */
    private static final Duration MAX_TIME = Duration.ofSeconds(1);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    private WarmUp(String backend, Topology servers, Duration timeout) {
        thread = new Thread(() -> run(servers, timeout), "larder-redis-" + backend + "-connect");
        thread.setDaemon(true);
    }

    static WarmUp start(String backend, Topology servers, Duration timeout) {
        WarmUp started = new WarmUp(backend, servers, timeout.compareTo(MAX_TIME) < 0 ? timeout : MAX_TIME);
        started.thread.start();
        return started;
    }

    private void run(Topology servers, Duration timeout) {
        try {
            attempt(() -> servers.write(Request.probe(), Deadline.in(timeout)));
            attempt(() -> servers.read(Request.probe(), Deadline.in(timeout)));
        } finally {
            ended.countDown();
        }
    }

    private static void attempt(Runnable probe) {
        try {
            probe.run();
        } catch (RuntimeException | LinkageError e) {
            // a server that is down at deployment is no error; the first operation reports the failure
        }
    }

    /** Waits until it has ended, at most for the timeout of an operation. */
    void await(Duration timeout) {
        if (ended.getCount() == 0) {
            return;
        }
        try {
            ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(MAX_TIME.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
