package dev.larder.backend.memcached;

import org.jspecify.annotations.Nullable;

/** When an operation is over, however many commands it takes, and what is to be given up then. */
public final class Deadline {

    private final long nanos;
    private @Nullable Watch watched;
    private boolean expired;

    private record Watch(Runnable giveUp, @Nullable Watch next) {}

    Deadline(long timeoutNanos) {
        this.nanos = System.nanoTime() + timeoutNanos;
    }

    /**
     * How long it is until then.
     *
     * @return nanoseconds, maybe negative
     */
    public long remainingNanos() {
        return nanos - System.nanoTime();
    }

    /**
     * Names what is to be done when the time is over: give up a command that may still be under way.
     *
     * @param giveUp done at most once, now if the time is already over
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

    /** The time is over. */
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
