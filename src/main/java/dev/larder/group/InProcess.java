package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/** A group whose entries and generation are in this process only. */
abstract class InProcess implements Group {

    @Override
    public final @Nullable StoreKey key() {
        return null;
    }

    @Override
    public final long current(long read) {
        return current();
    }

    @Override
    public final boolean isInvalidatedSince(Moment moment, long generation) {
        return GenerationSequence.isInvalidatedAfter(moment, generation);
    }

    @Override
    public final void keep(long generation, Ttl ttl) {}

    @Override
    public final void invalidateHere() {
        invalidate();
    }
}
