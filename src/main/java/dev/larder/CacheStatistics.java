package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * The counts of one backend since deployment, in this process. Immutable.
 *
 * <p>Each {@code get}, key of {@code getMany}, {@code getOrSet}, request and call of a cached method is one hit, one miss or
 * one stale. Those that may not use the cache are none of them. {@code hasKey}, {@code touch} and counters are not counted.
 * What is counted at the same time may be in some of the numbers only. A reset by JMX does not change them.
 *
 * @param hits how often an entry was served, also to callers that waited for the first one of their key
 * @param misses how often there was no entry to serve, also because the store failed
 * @param stale how often an entry past its time to live was served
 * @param puts how many entries were stored
 * @param invalidations how often tags were invalidated or {@code clear} was called; an unsafe request that invalidates its URI
 *     is none
 * @param evictions how many entries the store removed because room was needed; -1 if the store does not report it
 * @param failures how many operations and probes of the store failed
 * @param entries how many entries the store holds for this backend; -1 if the store does not report it
 * @param bytes the bytes of their keys and values; -1 if the store does not report it
 */
public record CacheStatistics(
        long hits,
        long misses,
        long stale,
        long puts,
        long invalidations,
        long evictions,
        long failures,
        long entries,
        long bytes) {

    // equals and hashCode by hand: up to Java 17 what the JDK links for a record keeps a class loader (JDK-8078641)

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheStatistics that
                && hits == that.hits
                && misses == that.misses
                && stale == that.stale
                && puts == that.puts
                && invalidations == that.invalidations
                && evictions == that.evictions
                && failures == that.failures
                && entries == that.entries
                && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        long sum = hits + 31 * (misses + 31 * (stale + 31 * (puts + 31 * invalidations)));
        return Long.hashCode(sum + 37 * (evictions + 37 * (failures + 37 * (entries + 37 * bytes))));
    }

    @Override
    public String toString() {
        return "CacheStatistics[hits=" + hits + ", misses=" + misses + ", stale=" + stale + ", puts=" + puts
                + ", invalidations=" + invalidations + ", evictions=" + evictions + ", failures=" + failures
                + ", entries=" + entries + ", bytes=" + bytes + "]";
    }
}
