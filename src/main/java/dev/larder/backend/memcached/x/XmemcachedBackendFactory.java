package dev.larder.backend.memcached.x;

import dev.larder.backend.memcached.MemcachedFactory;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.backend.memcached.ServerAddress;
import dev.larder.spi.CacheBackend;
import java.util.function.LongSupplier;

/** Makes {@code xmemcached} backends. */
public final class XmemcachedBackendFactory extends MemcachedFactory {

    private final LongSupplier clock;

    /** For the service loader: time is the system's. */
    public XmemcachedBackendFactory() {
        this(System::currentTimeMillis);
    }

    /**
     * Makes backends whose entries end in another time.
     *
     * @param clock the time, in milliseconds since 1970
     */
    XmemcachedBackendFactory(LongSupplier clock) {
        super("xmemcached", "net.rubyeye.xmemcached.XMemcachedClient", "com.googlecode.xmemcached:xmemcached:2.4.9");
        this.clock = clock;
    }

    @Override
    protected void check(String name, MemcachedSettings settings) {
        for (ServerAddress server : settings.servers()) {
            if (server.socket() != null) {
                throw new IllegalArgumentException("caches." + name + ".servers holds the UNIX socket '" + server
                        + "', which xmemcached cannot connect to: set caches." + name + ".backend=memcached");
            }
        }
    }

    @Override
    protected CacheBackend open(MemcachedSettings settings) {
        return XCommands.open(settings, clock);
    }
}
