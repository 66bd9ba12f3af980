package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFactory;
import dev.larder.backend.memcached.MemcachedSettings;
import java.util.function.LongSupplier;

/** Creates {@code memcached} backends. */
public final class MemcachedBackendFactory extends MemcachedFactory {

    /** For the {@code ServiceLoader}. Uses the system's clock. */
    public MemcachedBackendFactory() {
        this(System::currentTimeMillis);
    }

    /**
     * Uses another clock.
     *
     * @param clock the time, in milliseconds since 1970
     */
    MemcachedBackendFactory(LongSupplier clock) {
        super("memcached", "net.spy.memcached.MemcachedClient", "net.spy:spymemcached:2.12.3", true, clock);
    }

    @Override
    protected MemcachedCommands connect(MemcachedSettings settings) {
        return new SpyCommands(settings);
    }
}
