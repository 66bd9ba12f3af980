package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The deadline of an operation, however many commands it takes, and the pending commands that are given up then. */
public final class Deadline {

    private final Duration timeout;
    private final long nanos;
    private @Nullable Watch watched;
    private boolean expired;
    private final Queue<Runnable> replies = new ArrayDeque<>(2);

    private record Watch(Runnable giveUp, @Nullable Watch next) {}

    Deadline(Duration timeout) {
        this.timeout = timeout;
        this.nanos = System.nanoTime() + timeout.toNanos();
    }

    /** The failure of an operation that did not end in time. */
    public TimedOut timedOut() {
        return new TimedOut("Memcached did not reply within " + timeout.toMillis() + " ms");
    }

    /** Runs a step again, or fails if there is no time left. */
    <T> CompletableFuture<T> retry(Supplier<CompletableFuture<T>> step) {
        return remainingNanos() > 0 ? step.get() : CompletableFuture.failedFuture(timedOut());
    }

    /** The time that is left; 0 or less after the deadline. */
    public long remainingNanos() {
        return nanos - System.nanoTime();
    }

    /**
     * Registers an action that gives up a pending command. It runs at most once: in {@link #expire}, or at once if that
     * has been called.
     */
    public void watch(Runnable giveUp) {
        synchronized (this) {
            if (!expired) {
                watched = new Watch(giveUp, watched);
                return;
            }
        }
        giveUp.run();
    }

    /**
     * For a client that blocks its caller: registers an action that waits for the reply to a command. Several commands
     * can thus be sent before the first wait. Used by the caller's thread only.
     */
    public void deferWait(Runnable awaitReply) {
        replies.add(awaitReply);
    }

    /** Waits for the replies of all commands, also of those that follow from replies. */
    void awaitReplies() {
        for (Runnable next = replies.poll(); next != null; next = replies.poll()) {
            next.run();
        }
    }

    /** Gives up all pending commands. */
    void expire() {
        Watch next;
        synchronized (this) {
            expired = true;
            next = watched;
            watched = null;
        }
        for (; next != null; next = next.next) {
            next.giveUp.run();
        }
    }
}
