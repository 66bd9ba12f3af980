package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RealTime;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** The contract over a real store: short times are waited for, long ones cannot be moved unless the backend has a clock. */
public abstract class StoreServiceContract extends ICacheServiceContract {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String mine = "service-" + UUID.randomUUID() + "-";

    /** The store's settings. */
    protected abstract CacheSettings store();

    /** Makes a backend of such settings. */
    protected abstract CacheBackend make(String name, CacheSettings settings);

    /** Lets more time pass than can be waited for. */
    protected void move(Duration time) {
        Assumptions.abort("The store's time cannot be moved by " + time);
    }

    @Override
    CacheBackend backend(String name, CacheSettings settings) {
        // the machine is shared: what is tested here is not the timeout
        return make(name, store().option("timeout", "PT3S"));
    }

    @Override
    String keyPrefix(String name) {
        return mine + name;
    }

    @Override
    boolean copies() {
        return true;
    }

    @Override
    void pass(Duration time) {
        super.pass(time);
        if (time.compareTo(LONGEST_WAIT) > 0) {
            move(time);
            return;
        }
        RealTime.passInTicks(time);
    }
}
