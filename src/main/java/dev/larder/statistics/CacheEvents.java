package dev.larder.statistics;

/**
 * Receives the events of one backend or of one cached method. It is resolved at deployment, so that an event costs one call.
 * The listener of its backend receives the events of a cached method, too ({@link #and}). Implementations are thread-safe, do not
 * block and do not throw. An event that they do not override is not counted.
 *
 * <p>A request, call, {@code get}, key of {@code getMany} or {@code getOrSet} is one {@link #hit}, one {@link #stale} or one
 * {@link #miss}; a request or call that may not use the cache is one {@link #bypass}. After a miss of a cached method
 * follows one {@link #stored} or one {@link #notStored}, maybe on another thread; after a bypass, one {@link #notStored}. A
 * failed read is a miss. A follower that gets the leader's result is one {@link #hit} and one {@link #coalesced}.
 */
public interface CacheEvents {

    /** Counts nothing. */
    CacheEvents NONE = new CacheEvents() {};

    /** A kind of operation of a store, of which the duration is measured. */
    enum Access {
        /** Reads entries. */
        GET,
        /** Stores entries. */
        PUT,
        /** Removes entries. */
        REMOVE
    }

    /** An entry is served, as a whole, as 206, 304 or 412, or the leader's result to a follower: the method does not run. */
    default void hit() {}

    /** An entry past its ttl is served. */
    default void stale() {}

    /** A follower gets the leader's result; it is a {@link #hit}, too. */
    default void coalesced() {}

    /** No entry can be served: the method runs. */
    default void miss() {}

    /** The method runs without a lookup, because the request or call may not use the cache. */
    default void bypass() {}

    /** An entry is stored. */
    default void stored() {}

    /**
     * Nothing is stored.
     *
     * @param reason why, in the words of the {@code detail} of Cache-Status
     */
    default void notStored(String reason) {}

    /** The application removed live entries by their keys; of a backend only. */
    default void removed(int entries) {}

    /** Tags or all entries are invalidated, by one call; of a backend only. */
    default void invalidated() {}

    /** An operation or a probe failed; of a backend only. */
    default void failed() {}

    /** The breaker of the backend, or of one of its servers, opened. */
    default void breakerOpened() {}

    /** A breaker that was open closed. */
    default void breakerClosed() {}

    /** The time in nanoseconds, for {@link #loaded} and {@link #accessed}. Never called on a hit in memory. */
    default long now() {
        return 0;
    }

    /**
     * The method or loader of a miss has run.
     *
     * @param start {@link #now} when it began
     */
    default void loaded(long start) {}

    /**
     * A store that waits for a network or a disk responded; of a backend only.
     *
     * @param start {@link #now} when the operation began
     */
    default void accessed(Access access, long start) {}

    /** Returns a listener that passes each event to both. The time is that of this one. */
    default CacheEvents and(CacheEvents other) {
        if (this == NONE || other == NONE) {
            return this == NONE ? other : this;
        }
        return new BothEvents(this, other, false);
    }
}
