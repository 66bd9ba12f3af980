package dev.larder.statistics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counts of one backend or one cached method since deployment. They never decrease. Thread-safe; an event adds to one or
 * two adders and creates no object.
 */
public final class Counts implements CacheEvents {

    private final LongSupplier nanos;
    private final LongAdder hits = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bypasses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final Map<String, LongAdder> notStored = new ConcurrentHashMap<>();
    private final LongAdder removals = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final CopyOnWriteArrayList<Counts> parts = new CopyOnWriteArrayList<>();
    private final Timer loads = new Timer();
    private final Timer gets = new Timer();
    private final Timer writes = new Timer();
    private final Timer removes = new Timer();

    /**
     * All zero.
     *
     * @param nanos the time in nanoseconds
     */
    public Counts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A hit is added to these counts only: those of a backend sum the hits of its methods when they are read. */
    @Override
    public CacheEvents and(CacheEvents other) {
        if (other instanceof Counts whole) {
            whole.parts.addIfAbsent(this);
            return new BothEvents(this, whole, true);
        }
        return CacheEvents.super.and(other);
    }

    private long allHits() {
        long sum = hits.sum();
        for (Counts part : parts) {
            sum += part.hits.sum();
        }
        return sum;
    }

    private static final class Timer {

        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long duration) {
            count.increment();
            nanos.add(duration);
        }

        Timing timing() {
            return new Timing(count.sum(), nanos.sum());
        }
    }

    @Override
    public void hit() {
        hits.increment();
    }

    @Override
    public void stale() {
        stale.increment();
    }

    @Override
    public void coalesced() {
        coalesced.increment();
    }

    @Override
    public void miss() {
        misses.increment();
    }

    @Override
    public void bypass() {
        bypasses.increment();
    }

    @Override
    public void stored() {
        puts.increment();
    }

    @Override
    public void notStored(String reason) {
        notStored.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    @Override
    public void removed(int entries) {
        removals.add(entries);
    }

    @Override
    public void invalidated() {
        invalidations.increment();
    }

    @Override
    public void failed() {
        failures.increment();
    }

    @Override
    public long now() {
        return nanos.getAsLong();
    }

    @Override
    public void loaded(long start) {
        loads.add(now() - start);
    }

    @Override
    public void accessed(Access access, long start) {
        Timer timer = switch (access) {
            case GET -> gets;
            case PUT -> writes;
            case REMOVE -> removes;
        };
        timer.add(now() - start);
    }

    /** The counts at this moment. An event that is counted meanwhile may be in some of them only. */
    public CountsSnapshot snapshot() {
        Map<String, Long> reasons = new TreeMap<>();
        notStored.forEach((reason, count) -> reasons.put(reason, count.sum()));
        return new CountsSnapshot(
                allHits(),
                stale.sum(),
                coalesced.sum(),
                misses.sum(),
                bypasses.sum(),
                puts.sum(),
                reasons,
                removals.sum(),
                invalidations.sum(),
                failures.sum(),
                loads.timing(),
                gets.timing(),
                writes.timing(),
                removes.timing());
    }
}
