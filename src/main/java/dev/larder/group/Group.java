package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are invalidated together. An entry belongs to the generation that was current when its request came, and is
 * served as long as that generation is current. No generation is used twice. So after an invalidation, no earlier entry is
 * served again, nor an entry that is stored afterwards for an earlier request. If the store loses a generation, that costs
 * hits only.
 *
 * <p>For one request. Thread-safe.
 */
public interface Group {

    /** The key of the generation in the store; null if this process keeps it. */
    @Nullable
    StoreKey key();

    /** Returns the current generation, 0 if there is none, given the one that was read. */
    long current(long read);

    /** Reads the current generation, 0 if there is none. */
    long current();

    /**
     * Returns the generation of a request whose method will run: the current one or a new one. 0 if none could be written:
     * the request's response must not be stored.
     */
    long begin(long read);

    /** Whether an invalidation that came after a moment, or shortly before it in another process, began a generation. */
    boolean isInvalidatedSince(Moment moment, long generation);

    /** Keeps the generation at least as long as an entry of it. */
    void keep(long generation, Ttl ttl);

    /** Invalidates all entries; false if the store failed: then only this process does not serve them. */
    boolean invalidate();

    /** Invalidates all entries in this process only, without calling the store, which has just failed. */
    void invalidateHere();

    /** The same group for another request that begins now. */
    default Group again() {
        return this;
    }
}
