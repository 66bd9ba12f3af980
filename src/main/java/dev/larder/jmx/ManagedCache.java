package dev.larder.jmx;

import dev.larder.CacheException;
import dev.larder.ICacheService;
import dev.larder.statistics.CountsSnapshot;
import dev.larder.statistics.StoreState;
import dev.larder.statistics.Timing;
import java.util.Map;

/** The attributes and operations that a backend and a cached method have in common. Thread-safe. */
abstract class ManagedCache implements CacheMXBean {

    private static final System.Logger LOG = System.getLogger("dev.larder.jmx");

    private final String backend;
    private final ICacheService service;
    private volatile Reading start = Reading.ZERO;

    /** @param backend the name of the backend */
    ManagedCache(String backend, ICacheService service) {
        this.backend = backend;
        this.service = service;
    }

    /**
     * The counts at one moment.
     *
     * @param own the counts of this backend or method
     * @param ofBackend those of its backend
     * @param evictions -1 if the store does not report them
     */
    record Reading(CountsSnapshot own, CountsSnapshot ofBackend, long evictions) {

        static final Reading ZERO = new Reading(CountsSnapshot.ZERO, CountsSnapshot.ZERO, 0);

        Reading since(Reading earlier) {
            return new Reading(
                    own.since(earlier.own),
                    ofBackend.since(earlier.ofBackend),
                    evictions < 0 ? evictions : evictions - earlier.evictions);
        }
    }

    abstract Reading reading();

    abstract StoreState store();

    final String backend() {
        return backend;
    }

    private Reading now() {
        return reading().since(start);
    }

    final CountsSnapshot own() {
        return now().own();
    }

    private CountsSnapshot ofBackend() {
        return now().ofBackend();
    }

    @Override
    public final long getCacheHits() {
        return own().hits();
    }

    @Override
    public final long getCacheMisses() {
        return own().misses();
    }

    @Override
    public final float getCacheHitPercentage() {
        return (float) own().hitPercentage();
    }

    @Override
    public final float getCacheMissPercentage() {
        CountsSnapshot own = own();
        return own.gets() == 0 ? 0 : (float) (100 - own.hitPercentage());
    }

    @Override
    public final long getCacheGets() {
        return own().gets();
    }

    @Override
    public final long getCachePuts() {
        return own().puts();
    }

    @Override
    public final long getCacheRemovals() {
        return ofBackend().removals();
    }

    @Override
    public final long getCacheEvictions() {
        return now().evictions();
    }

    @Override
    public final float getAverageGetTime() {
        return micros(ofBackend().storeReads());
    }

    @Override
    public final float getAveragePutTime() {
        return micros(ofBackend().storeWrites());
    }

    @Override
    public final float getAverageRemoveTime() {
        return micros(ofBackend().storeRemovals());
    }

    private static float micros(Timing timing) {
        return (float) (timing.averageNanos() / 1000);
    }

    @Override
    public final long getStale() {
        return own().stale();
    }

    @Override
    public final long getCoalesced() {
        return own().coalesced();
    }

    @Override
    public final long getBypasses() {
        return own().bypasses();
    }

    @Override
    public final Map<String, Long> getNotStored() {
        return own().notStored();
    }

    @Override
    public final float getAverageLoadTime() {
        return micros(own().loads());
    }

    @Override
    public final long getFailures() {
        return ofBackend().failures();
    }

    @Override
    public final String getBreaker() {
        return store().breaker();
    }

    @Override
    public final boolean clear() {
        try {
            return service.backend(backend).clear();
        } catch (CacheException e) { // a client of JMX may not have its class
            LOG.log(System.Logger.Level.DEBUG, "Not cleared", e);
            return false;
        }
    }

    @Override
    public final boolean invalidate(String tag) {
        return service.invalidate(tag);
    }

    @Override
    public final void resetStatistics() {
        start = reading();
    }
}
