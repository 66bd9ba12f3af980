package dev.larder.service;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Allows one message of each kind in a period, and counts the others. Thread-safe and bounded. */
final class LogThrottle {

    private static final int MOST_KINDS = 64;

    private final long period;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();

    LogThrottle(Duration period, LongSupplier nanos) {
        this.period = period.toNanos();
        this.nanos = nanos;
    }

    /**
     * Counts an occurrence.
     *
     * @return 0 if this one must not be logged; else the number of occurrences since the last one that was, including this one
     */
    long occurred(String kind) {
        Kind counts = kinds.get(kind);
        if (counts == null) {
            counts = kinds.computeIfAbsent(
                    kinds.size() < MOST_KINDS ? kind : "", any -> new Kind(nanos.getAsLong() - period));
        }
        long count = counts.silent.incrementAndGet();
        long last = counts.last.get();
        long now = nanos.getAsLong();
        if (now - last < period || !counts.last.compareAndSet(last, now)) {
            return 0;
        }
        counts.silent.addAndGet(-count);
        return count;
    }

    private static final class Kind {
        final AtomicLong last;
        final AtomicLong silent = new AtomicLong();

        Kind(long last) {
            this.last = new AtomicLong(last);
        }
    }
}
