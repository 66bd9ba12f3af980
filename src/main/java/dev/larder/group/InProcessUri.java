package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a URI that only this process has. URIs of the same hash share a generation: to invalidate one costs the
 * others hits.
 */
record InProcessUri(AtomicLongArray generations, int slot, GenerationSequence sequence) implements Group {

    @Override
    public @Nullable StoreKey key() {
        return null;
    }

    @Override
    public long current(long read) {
        return current();
    }

    @Override
    public long current() {
        return generations.get(slot);
    }

    @Override
    public long begin(long read) {
        return read;
    }

    @Override
    public boolean isInvalidatedSince(Moment moment, long generation) {
        return GenerationSequence.isInvalidatedAfter(moment, generation);
    }

    @Override
    public void keep(long generation, Ttl ttl) {}

    @Override
    public boolean invalidate() {
        generations.set(slot, sequence.nextAfterInvalidation());
        return true;
    }

    @Override
    public void invalidateHere() {
        invalidate();
    }
}
