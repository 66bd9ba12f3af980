package dev.larder.group;

import dev.larder.CacheException;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a backend under its key prefix, of every version. Each has the generation that was current when it was
 * stored. This process uses the generation that it read last for at most a second. After half a second, the next lookup
 * reads it again, together with its entry. Thread-safe.
 */
public final class AllEntries {

    private static final long READ_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

    /** How long a replica may lag behind. */
    private static final long MAX_REPLICA_LAG_NANOS = Duration.ofSeconds(1).toNanos();

    private final GenerationStore store;
    private final GenerationSequence sequence;
    private final LongSupplier nanos;
    private final Debts debts;
    private final StoreKey key;
    private final boolean shared;

    private enum Source {
        READ,
        WRITTEN,
        /** Drawn because the store failed, and not written yet. */
        DRAWN
    }

    /**
     * The generation that this process read or wrote last.
     *
     * @param generation 0 for none
     * @param readAtNanos when the last attempt to read it began
     * @param changedAtNanos when it was written
     */
    private record Known(long generation, Source source, long readAtNanos, long changedAtNanos) {

        static Known written(long generation, long nanos) {
            return new Known(generation, Source.WRITTEN, nanos, nanos);
        }

        boolean isWrittenSince(long sinceNanos) {
            return source == Source.WRITTEN && changedAtNanos - sinceNanos > 0;
        }

        Known readAgain(long nanos) {
            return new Known(generation, source, nanos, changedAtNanos);
        }
    }

    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    AllEntries(GenerationStore store, GenerationSequence sequence, LongSupplier nanos, Debts debts) {
        this.store = store;
        this.sequence = sequence;
        this.nanos = nanos;
        this.debts = debts;
        this.key = store.keyOfAll();
        this.shared = store.shared();
        if (!shared) {
            known.set(Known.written(sequence.next(), 0));
        }
    }

    /** The key of the generation if it is to be read now; null if one was read recently. */
    public @Nullable StoreKey due() {
        Known last = known.get();
        return shared
                        && (last == null
                                || last.generation == 0
                                || nanos.getAsLong() - last.readAtNanos > READ_AGAIN_NANOS)
                ? key
                : null;
    }

    /** Whether {@link #begin} does not call the store. */
    public boolean isKnown() {
        Known last = known.get();
        return last != null && last.generation != 0 && due() == null && !debts.contains(key);
    }

    /** The time to be given to {@link #noteRead}. */
    public long nanos() {
        return shared ? nanos.getAsLong() : 0;
    }

    /**
     * Notes the generation that was read, 0 for none. If the store no longer has one, reads it from the server that takes writes. If
     * that server is lost, the generation that was read before counts.
     *
     * @param startedNanos when reading it began
     */
    public void noteRead(long generation, long startedNanos) {
        Known last = known.get();
        if (last == null) {
            known.compareAndSet(null, new Known(generation, Source.READ, startedNanos, 0));
        } else if (generation == last.generation) {
            known.compareAndSet(last, last.readAgain(startedNanos));
        } else if (generation != 0 || last.source != Source.DRAWN) { // what is drawn is written with the next entry
            boolean mayLag = last.isWrittenSince(startedNanos - MAX_REPLICA_LAG_NANOS);
            long current = mayLag || generation == 0 ? latestOr(last.generation) : generation;
            known.compareAndSet(
                    last,
                    current == last.generation
                            ? last.readAgain(startedNanos)
                            : new Known(current, Source.READ, startedNanos, 0));
        }
    }

    /**
     * Reads the generation if that is due. If the server that holds it is lost, the one that was read before counts.
     *
     * @throws dev.larder.CacheBackendException if the whole store fails
     */
    public void refresh() {
        if (due() == null) {
            return;
        }
        long started = nanos();
        try {
            noteRead(store.generation(key), started);
        } catch (CacheException e) { // reported by the failure policy
            if (!store.divided()) {
                throw e;
            }
            Known last = known.get();
            if (last != null && last.generation != 0) {
                known.compareAndSet(last, last.readAgain(started));
            }
        }
    }

    private long latestOr(long before) {
        try {
            return store.latestGeneration(key);
        } catch (CacheException e) { // reported by the failure policy
            return before;
        }
    }

    /** Whether an entry of a generation is not invalidated; 0 for an entry that has none. */
    public boolean includes(long generation) {
        Known last = known.get();
        if (last == null || debts.contains(key)) {
            return false;
        }
        return generation == last.generation
                || (generation == 0 && !GenerationSequence.isAfterInvalidation(last.generation));
    }

    /**
     * The generation of an entry that is about to be stored. If the server that holds it is lost, it is the last one that
     * was read, or a new one of this process, which is written to the store afterwards.
     *
     * @throws dev.larder.CacheBackendException if the whole store fails, or a clear is due: the entry must not be stored
     */
    public long begin() {
        debts.settle(key);
        Known last = known.get();
        if (last != null && last.generation != 0 && due() == null) {
            return last.generation;
        }
        long started = nanos();
        try {
            noteRead(store.generation(key), started);
            last = known.get();
            return last == null || last.generation == 0 || last.source == Source.DRAWN ? create() : last.generation;
        } catch (CacheException e) { // reported by the failure policy
            if (!store.divided()) {
                throw e;
            }
            return lastOrDrawn(started);
        }
    }

    private synchronized long create() {
        Known last = known.get();
        if (last != null && last.generation != 0 && last.source != Source.DRAWN) {
            return last.generation;
        }
        long started = nanos();
        long drawn = last == null || last.generation == 0 ? sequence.next() : last.generation;
        boolean added = store.addGeneration(key, drawn, Ttl.FOREVER);
        long current = added ? drawn : store.latestGeneration(key);
        if (current == 0 && store.setGeneration(key, drawn, Ttl.FOREVER)) { // what is stored there is no generation
            current = drawn;
        }
        known.set(Known.written(current, started));
        return current;
    }

    private synchronized long lastOrDrawn(long startedNanos) {
        Known last = known.get();
        Known next = last != null && last.generation != 0
                ? last.readAgain(startedNanos)
                : new Known(sequence.next(), Source.DRAWN, startedNanos, 0);
        known.set(next);
        return next.generation;
    }

    /** Invalidates all entries; false if the store failed: then only this process does not serve them. */
    public boolean invalidate() {
        try {
            end();
        } catch (CacheException e) { // reported by the failure policy
            invalidateHere();
            return false;
        }
        debts.remove(key);
        return true;
    }

    /** Invalidates all entries without calling the store, which has just failed. */
    void invalidateHere() {
        debts.addAlways(key, this::end);
    }

    private synchronized void end() {
        long drawn = sequence.nextAfterInvalidation();
        if (shared && !store.setGeneration(key, drawn, Ttl.FOREVER)) {
            throw new CacheException("The store does not take the generation of all entries");
        }
        known.set(Known.written(drawn, nanos()));
    }
}
