package dev.larder.backend.local;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Makes {@code local} backends. */
public final class LocalBackendFactory implements CacheBackendFactory {

    /** The most bytes of keys and values, {@code caches.<name>.options.max-bytes}. */
    static final String MAX_BYTES = "max-bytes";

    static final long DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

    /** The most entries, {@code caches.<name>.options.max-entries}. */
    static final String MAX_ENTRIES = "max-entries";

    static final long DEFAULT_MAX_ENTRIES = 10_000;

    /** What is kept, {@code caches.<name>.options.isolation}: the reference, or a copy as a remote store would. */
    static final String ISOLATION = "isolation";

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    // none of Caffeine's types, without which the service loader could not even read this class
    private final LongSupplier nanos;

    /** For the service loader: time is the system's. */
    public LocalBackendFactory() {
        this(System::nanoTime);
    }

    /**
     * Makes backends that live in another time.
     *
     * @param nanos the time
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
        Options options = new Options(name, settings, new ArrayList<>());
        long maxBytes = options.positive(MAX_BYTES, "bytes", DEFAULT_MAX_BYTES);
        long maxEntries = options.positive(MAX_ENTRIES, "entries", DEFAULT_MAX_ENTRIES);
        boolean copy = options.copy();
        options.complainAboutServers();
        if (!options.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", options.problems()));
        }
        try {
            Class.forName(CAFFEINE, false, LocalBackendFactory.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "caches." + name + ".backend is 'local', whose library Caffeine is missing here (" + e
                            + "): add the dependency com.github.ben-manes.caffeine:caffeine, which Larder needs in any case",
                    e);
        }
        LocalBackend store = new LocalBackend(maxBytes, maxEntries, nanos);
        return copy ? new CopyBackend(store) : store;
    }

    private record Options(String name, CacheSettings settings, List<String> problems) {

        long positive(String option, String unit, long defaultValue) {
            String given = settings.option(option);
            if (given == null) {
                return defaultValue;
            }
            try {
                long number = Long.parseLong(given.trim());
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            problem(option, given, "a whole number of " + unit + " from 1 to 2^63-1");
            return defaultValue;
        }

        boolean copy() {
            String given = settings.option(ISOLATION);
            if (given != null && !given.equals("reference") && !given.equals("copy")) {
                problem(ISOLATION, given, "'reference' or 'copy'");
            }
            return "copy".equals(given);
        }

        void complainAboutServers() {
            if (!settings.servers().isEmpty()) {
                problems.add(
                        "caches." + name + ".servers is set, but 'local' keeps its entries in this process and has no"
                                + " servers. Remove it, or set caches." + name + ".backend");
            }
        }

        private void problem(String option, String given, String expected) {
            problems.add("caches." + name + ".options." + option + " is '" + given + "', expected " + expected);
        }
    }
}
