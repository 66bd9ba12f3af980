package dev.larder.statistics;

/**
 * Receives the events of one backend or of one cached method. It is resolved at deployment, so that an event costs one call.
 * What a cached method does, its backend's listener receives, too ({@link #and}). Implementations are thread-safe, do not
 * block and do not throw. An event that they do not override is not counted.
 *
 * <p>A request, call or {@code get} is one {@link #hit} or one {@link #miss}. After a miss of a cached method follows one
 * {@link #stored} or one {@link #notStored}, maybe on another thread. A bypass is neither hit nor miss: it is one
 * {@link #notStored} alone. A failed read is a miss. A stale hit and the load time would be further methods, next to
 * {@link #hit} and {@link #stored}.
 */
public interface CacheEvents {

    /** Counts nothing. */
    CacheEvents NONE = new CacheEvents() {};

    /** An entry is served, as a whole, as 206, 304 or 412, or the leader's result to a follower: the method does not run. */
    default void hit() {}

    /** No entry can be served: the method runs. */
    default void miss() {}

    /** An entry is stored. */
    default void stored() {}

    /**
     * Nothing is stored.
     *
     * @param reason why, in the words of the {@code detail} of Cache-Status
     */
    default void notStored(String reason) {}

    /** The entries of one URI in one region are invalidated; of a backend only. */
    default void invalidated() {}

    /** An operation or a probe failed; of a backend only. */
    default void failed() {}

    /** The breaker of the backend, or of one of its servers, opened. */
    default void breakerOpened() {}

    /** A breaker that was open closed. */
    default void breakerClosed() {}

    /** The hits, misses and stores of this, counted by another listener, too. */
    default CacheEvents and(CacheEvents other) {
        if (this == NONE || other == NONE) {
            return this == NONE ? other : this;
        }
        CacheEvents first = this;
        return new CacheEvents() {
            @Override
            public void hit() {
                first.hit();
                other.hit();
            }

            @Override
            public void miss() {
                first.miss();
                other.miss();
            }

            @Override
            public void stored() {
                first.stored();
                other.stored();
            }

            @Override
            public void notStored(String reason) {
                first.notStored(reason);
                other.notStored(reason);
            }
        };
    }
}
