package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.Set;
import java.util.function.LongSupplier;

/** Creates the backends of one client. The subclasses refer to no type of the client, so they load without it. */
public abstract class MemcachedFactory implements CacheBackendFactory {

    private final String type;
    private final String client;
    private final String coordinates;
    private final boolean async;
    private final LongSupplier clock;

    /**
     * Creates the factory of one client.
     *
     * @param client the name of a class of the client
     * @param coordinates the dependency that an application needs for the client
     * @param async whether the client completes its futures without blocking the caller
     * @param clock the time, in milliseconds since 1970
     */
    protected MemcachedFactory(String type, String client, String coordinates, boolean async, LongSupplier clock) {
        this.type = type;
        this.client = client;
        this.coordinates = coordinates;
        this.async = async;
        this.clock = clock;
    }

    @Override
    public final String type() {
        return type;
    }

    @Override
    public final Set<String> options() {
        return MemcachedSettings.OPTIONS;
    }

    @Override
    public final CacheBackend create(String name, CacheSettings settings) {
        MemcachedSettings read = MemcachedSettings.of(name, settings);
        check(name, read);
        try {
            Class.forName(client, false, getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "the client of '" + type + "' is not on the class path: add " + coordinates + " to the application",
                    e);
        }
        MemcachedCommands commands = connect(read);
        return async ? new AsyncMemcachedBackend(read, commands, clock) : new MemcachedBackend(read, commands, clock);
    }

    /**
     * Checks settings that not every client supports.
     *
     * @throws IllegalArgumentException if this client does not support one
     */
    protected void check(String name, MemcachedSettings settings) {}

    /** Starts the client, which is on the class path. */
    protected abstract MemcachedCommands connect(MemcachedSettings settings);
}
