package dev.larder.backend.local;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.Options;
import java.util.Set;
import java.util.function.LongSupplier;

/** Creates {@code local} backends. */
public final class LocalBackendFactory implements CacheBackendFactory {

    /** The most bytes of keys and values, {@code caches.<name>.options.max-bytes}. */
    static final String MAX_BYTES = "max-bytes";

    static final long DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

    /** The most entries, {@code caches.<name>.options.max-entries}. */
    static final String MAX_ENTRIES = "max-entries";

    static final long DEFAULT_MAX_ENTRIES = 10_000;

    /** How values are stored, {@code caches.<name>.options.isolation}: by reference, or by value as in a remote store. */
    static final String ISOLATION = "isolation";

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    // no type of Caffeine: without Caffeine, the ServiceLoader could not even load this class
    private final LongSupplier nanos;

    /** For the {@code ServiceLoader}. Uses the system's clock. */
    public LocalBackendFactory() {
        this(System::nanoTime);
    }

    /**
     * Uses another clock.
     *
     * @param nanos the time, in nanoseconds
     */
    public LocalBackendFactory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String type() {
        return "local";
    }

    @Override
    public Set<String> options() {
        return Set.of(MAX_BYTES, MAX_ENTRIES, ISOLATION);
    }

    @Override
    public CacheBackend create(String name, CacheSettings settings) {
        Options options = new Options(name, settings);
        long maxBytes = options.positive(MAX_BYTES, "bytes", DEFAULT_MAX_BYTES, Long.MAX_VALUE);
        long maxEntries = options.positive(MAX_ENTRIES, "entries", DEFAULT_MAX_ENTRIES, Long.MAX_VALUE);
        boolean copy = options.oneOf(ISOLATION, "reference", "copy").equals("copy");
        if (!settings.servers().isEmpty()) {
            options.problem(".servers is set, but 'local' keeps its entries in this process and has no servers."
                    + " Remove it, or set caches." + name + ".backend");
        }
        options.check();
        try {
            Class.forName(CAFFEINE, false, LocalBackendFactory.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "caches." + name + ".backend is 'local', whose library Caffeine is missing here (" + e
                            + "): add the dependency com.github.ben-manes.caffeine:caffeine, which Larder needs in any"
                            + " case",
                    e);
        }
        LocalBackend store = new LocalBackend(maxBytes, maxEntries, nanos);
        return copy ? new CopyBackend(store) : store;
    }
}
