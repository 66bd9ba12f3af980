package dev.larder.jmx;

import dev.larder.ICacheService;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.Statistics;
import dev.larder.statistics.StoreState;

/** A backend in JMX. */
final class ManagedBackend extends ManagedCache implements BackendMXBean {

    private final Statistics statistics;

    ManagedBackend(String name, Statistics statistics, ICacheService service) {
        super(name, service);
        this.statistics = statistics;
    }

    private BackendStatistics current() {
        return statistics.backend(backend());
    }

    @Override
    Reading reading() {
        BackendStatistics current = current();
        return new Reading(current.counts(), current.counts(), current.store().evictions());
    }

    @Override
    StoreState store() {
        return current().store();
    }

    @Override
    public String getType() {
        return current().type();
    }

    @Override
    public long getEntries() {
        return store().entries();
    }

    @Override
    public long getBytes() {
        return store().bytes();
    }

    @Override
    public long getInvalidations() {
        return own().invalidations();
    }
}
