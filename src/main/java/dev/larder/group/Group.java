package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are invalidated together. An entry belongs to the generation that was current when its request came, and is
 * served as long as that is the current one. A generation is never used twice: an entry of an invalidated one is never
 * served again, and neither is one that is stored later for a request that came before. A generation that the store loses
 * costs hits, and nothing else.
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

    /** Invalidates all entries; false if the store failed, so that only this process knows. */
    boolean invalidate();

    /** Invalidates all entries without asking the store, which failed just now, so that only this process knows. */
    void invalidateHere();

    /** The same group for another request that begins now. */
    default Group again() {
        return this;
    }
}
