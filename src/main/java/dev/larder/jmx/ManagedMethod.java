package dev.larder.jmx;

import dev.larder.ICacheService;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.MethodStatistics;
import dev.larder.statistics.Statistics;
import dev.larder.statistics.StoreState;
import java.time.Duration;

/** A cached method in JMX. */
final class ManagedMethod extends ManagedCache implements MethodMXBean {

    private final String name;
    private final Statistics statistics;

    ManagedMethod(MethodStatistics method, Statistics statistics, ICacheService service) {
        super(method.backend(), service);
        this.name = method.name();
        this.statistics = statistics;
    }

    @Override
    Reading reading() {
        BackendStatistics ofBackend = statistics.backend(backend());
        return new Reading(
                statistics.method(name).counts(),
                ofBackend.counts(),
                ofBackend.store().evictions());
    }

    @Override
    StoreState store() {
        return statistics.backend(backend()).store();
    }

    @Override
    public String getBackend() {
        return backend();
    }

    @Override
    public String getTtl() {
        Duration ttl = statistics.method(name).ttl();
        return ttl == null ? "from-response" : ttl.equals(ICacheService.FOREVER) ? "forever" : ttl.toString();
    }
}
