package dev.larder.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts at one moment. Immutable.
 *
 * @param hits lookups that were served; {@code coalesced} are among them, {@code stale} are not
 * @param stale lookups that were served an entry past its ttl
 * @param coalesced followers that got the leader's result
 * @param misses lookups after which the method or loader ran, or {@code get} returned nothing
 * @param bypasses requests and calls that may not use the cache
 * @param puts stored entries
 * @param notStored how often nothing was stored, by reason, in alphabetical order
 * @param removals live entries that the application removed; 0 for a method
 * @param invalidations calls of {@code invalidate} and {@code clear}, and successful calls with {@code @CacheInvalidate}; 0 for
 *     a method
 * @param failures operations and probes of the store that failed; 0 for a method
 * @param loads runs of the method or loader after a miss
 * @param storeReads reads of the store; only measured where the store waits for a network or a disk, and not for a method
 * @param storeWrites likewise
 * @param storeRemovals likewise
 */
public record CountsSnapshot(
        long hits,
        long stale,
        long coalesced,
        long misses,
        long bypasses,
        long puts,
        Map<String, Long> notStored,
        long removals,
        long invalidations,
        long failures,
        Timing loads,
        Timing storeReads,
        Timing storeWrites,
        Timing storeRemovals) {

    /** Nothing was counted. */
    public static final CountsSnapshot ZERO =
            new CountsSnapshot(0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0, Timing.ZERO, Timing.ZERO, Timing.ZERO, Timing.ZERO);

    /** Copies the map. */
    public CountsSnapshot {
        notStored = Collections.unmodifiableMap(new TreeMap<>(notStored));
    }

    /** Hits, stale hits and misses. */
    public long gets() {
        return hits + stale + misses;
    }

    /** The part of the gets that was served, fresh or stale, in percent; 0 if there was none. */
    public double hitPercentage() {
        return gets() == 0 ? 0 : 100.0 * (hits + stale) / gets();
    }

    /** The time that hits have saved, in nanoseconds: the average time of a load for each hit. */
    public double savedNanos() {
        return (hits + stale) * loads.averageNanos();
    }

    /** How often nothing was stored, for any reason. */
    public long notStoredInAll() {
        return notStored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The counts since an earlier snapshot of the same counts. */
    public CountsSnapshot since(CountsSnapshot earlier) {
        Map<String, Long> reasons = new TreeMap<>();
        notStored.forEach((reason, count) -> {
            long since = count - earlier.notStored.getOrDefault(reason, 0L);
            if (since != 0) {
                reasons.put(reason, since);
            }
        });
        return new CountsSnapshot(
                hits - earlier.hits,
                stale - earlier.stale,
                coalesced - earlier.coalesced,
                misses - earlier.misses,
                bypasses - earlier.bypasses,
                puts - earlier.puts,
                reasons,
                removals - earlier.removals,
                invalidations - earlier.invalidations,
                failures - earlier.failures,
                loads.since(earlier.loads),
                storeReads.since(earlier.storeReads),
                storeWrites.since(earlier.storeWrites),
                storeRemovals.since(earlier.storeRemovals));
    }
}
