package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedFactory;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.spi.CacheBackend;
import java.util.function.LongSupplier;

/** Makes {@code memcached} backends. */
public final class MemcachedBackendFactory extends MemcachedFactory {

    private final LongSupplier clock;

    /** For the service loader: time is the system's. */
    public MemcachedBackendFactory() {
        this(System::currentTimeMillis);
    }

    /**
     * Makes backends whose entries end in another time.
     *
     * @param clock the time, in milliseconds since 1970
     */
    MemcachedBackendFactory(LongSupplier clock) {
        super("memcached", "net.spy.memcached.MemcachedClient", "net.spy:spymemcached:2.12.3");
        this.clock = clock;
    }

    @Override
    protected CacheBackend open(MemcachedSettings settings) {
        return SpyCommands.open(settings, clock);
    }
}
