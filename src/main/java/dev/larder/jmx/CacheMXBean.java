package dev.larder.jmx;

import java.util.Map;

/**
 * What a backend and a cached method have in common. Attributes that JCache has, too, are named as those of its
 * {@code CacheStatisticsMXBean}. All count since deployment, or since {@link #resetStatistics}. Times are in microseconds.
 */
public interface CacheMXBean {

    /** How often an entry was served. */
    long getCacheHits();

    /** How often there was no entry to serve. */
    long getCacheMisses();

    /** The part of the gets that was served, fresh or stale, in percent; 0 if there was none. */
    float getCacheHitPercentage();

    /** The part of the gets that are misses, in percent; 0 if there was none. */
    float getCacheMissPercentage();

    /** Hits, misses and stale hits. */
    long getCacheGets();

    /** How many entries were stored. */
    long getCachePuts();

    /** How many live entries the application removed from the backend. */
    long getCacheRemovals();

    /** How many entries the store removed because room was needed; -1 if it does not report it. */
    long getCacheEvictions();

    /** The mean duration of a read of the backend's store; 0 for a store in memory, which is not measured. */
    float getAverageGetTime();

    /** The same of a write. */
    float getAveragePutTime();

    /** The same of a removal. */
    float getAverageRemoveTime();

    /** How often an entry past its time to live was served. */
    long getStale();

    /** How often a caller waited for another caller of its key, and got the result of that caller. These are hits, too. */
    long getCoalesced();

    /** How often a request or call could not use the cache. */
    long getBypasses();

    /** How often nothing was stored, by reason. */
    Map<String, Long> getNotStored();

    /** The mean duration of a run of the method or loader after a miss. */
    float getAverageLoadTime();

    /** How many operations and probes of the backend's store failed. */
    long getFailures();

    /** The breaker of the backend: {@code closed}, {@code open}, or {@code open: } and the servers that are lost. */
    String getBreaker();

    /** Ends every entry but counters of the backend; false if the store failed. */
    boolean clear();

    /** Ends every entry with this tag, on all backends; false if a store failed. */
    boolean invalidate(String tag);

    /** Resets the attributes of this bean: they count from now on. Nothing else is reset. */
    void resetStatistics();
}
