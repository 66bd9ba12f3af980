package dev.larder.backend.memcached.x;

import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFactory;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.backend.memcached.ServerAddress;
import java.util.function.LongSupplier;

/** Creates {@code xmemcached} backends. */
public final class XmemcachedBackendFactory extends MemcachedFactory {

    /** For the {@code ServiceLoader}. Uses the system's clock. */
    public XmemcachedBackendFactory() {
        this(System::currentTimeMillis);
    }

    /**
     * Uses another clock.
     *
     * @param clock the time, in milliseconds since 1970
     */
    XmemcachedBackendFactory(LongSupplier clock) {
        super(
                "xmemcached",
                "net.rubyeye.xmemcached.XMemcachedClient",
                "com.googlecode.xmemcached:xmemcached:2.4.9",
                false,
                clock);
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
    protected MemcachedCommands connect(MemcachedSettings settings) {
        return new XCommands(settings);
    }
}
