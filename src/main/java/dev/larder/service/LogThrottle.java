package dev.larder.service;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one message of each kind through in a period, and counts the others. Thread-safe and bounded. */
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
     * @return how many there were since the last that was let through, this one included; 0 if this one is to be silent
     */
    long occurred(String kind) {
        Kind known = kinds.get(kind);
        if (known == null) {
            known = kinds.computeIfAbsent(
                    kinds.size() < MOST_KINDS ? kind : "", any -> new Kind(nanos.getAsLong() - period));
        }
        long count = known.silent.incrementAndGet();
        long last = known.last.get();
        long now = nanos.getAsLong();
        if (now - last < period || !known.last.compareAndSet(last, now)) {
            return 0;
        }
        known.silent.addAndGet(-count);
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
