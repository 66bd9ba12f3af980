package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.memcached.MemcachedSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.Set;
import java.util.function.LongSupplier;

/** Makes {@code memcached} backends. Names no type of the client, so that it loads without it. */
public final class MemcachedBackendFactory implements CacheBackendFactory {

    private static final String CLIENT = "net.spy.memcached.MemcachedClient";
    private static final String COORDINATES = "net.spy:spymemcached:2.12.3";

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
        this.clock = clock;
    }

    @Override
    public String type() {
        return "memcached";
    }

    @Override
    public Set<String> options() {
        return MemcachedSettings.OPTIONS;
    }

    @Override
    public CacheBackend create(String name, CacheSettings settings) {
        MemcachedSettings read = MemcachedSettings.of(name, settings);
        try {
            Class.forName(CLIENT, false, MemcachedBackendFactory.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "the client of 'memcached' is not on the class path: add " + COORDINATES + " to the application",
                    e);
        }
        return SpyCommands.open(read, clock);
    }
}
