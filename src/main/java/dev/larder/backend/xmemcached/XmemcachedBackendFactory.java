package dev.larder.backend.xmemcached;

import dev.larder.CacheSettings;
import dev.larder.memcached.MemcachedSettings;
import dev.larder.memcached.ServerAddress;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.Set;
import java.util.function.LongSupplier;

/** Makes {@code xmemcached} backends. Names no type of the client, so that it loads without it. */
public final class XmemcachedBackendFactory implements CacheBackendFactory {

    private static final String CLIENT = "net.rubyeye.xmemcached.XMemcachedClient";
    private static final String COORDINATES = "com.googlecode.xmemcached:xmemcached:2.4.9";

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
        this.clock = clock;
    }

    @Override
    public String type() {
        return "xmemcached";
    }

    @Override
    public Set<String> options() {
        return MemcachedSettings.OPTIONS;
    }

    @Override
    public CacheBackend create(String name, CacheSettings settings) {
        MemcachedSettings read = MemcachedSettings.of(name, settings);
        for (ServerAddress server : read.servers()) {
            if (server.socket() != null) {
                throw new IllegalArgumentException("caches." + name + ".servers holds the UNIX socket '" + server
                        + "', which xmemcached cannot connect to: set caches." + name + ".backend=memcached");
            }
        }
        try {
            Class.forName(CLIENT, false, XmemcachedBackendFactory.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "the client of 'xmemcached' is not on the class path: add " + COORDINATES + " to the application",
                    e);
        }
        return XCommands.open(read, clock);
    }
}
