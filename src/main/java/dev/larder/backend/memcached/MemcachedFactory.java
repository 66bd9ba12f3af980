package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.Set;

/** Makes the backends of one client. Its subclasses name no type of the client, so that they load without it. */
public abstract class MemcachedFactory implements CacheBackendFactory {

    private final String type;
    private final String client;
    private final String coordinates;

    /**
     * Makes it.
     *
     * @param client the name of a class of the client
     * @param coordinates what to add to an application without the client
     */
    protected MemcachedFactory(String type, String client, String coordinates) {
        this.type = type;
        this.client = client;
        this.coordinates = coordinates;
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
        return open(read);
    }

    /**
     * Complains of what this client cannot do.
     *
     * @throws IllegalArgumentException if there is such a thing
     */
    protected void check(String name, MemcachedSettings settings) {}

    /** Makes a backend; the client is there. */
    protected abstract CacheBackend open(MemcachedSettings settings);
}
