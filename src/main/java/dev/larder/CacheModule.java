package dev.larder;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sets up the backends by code: declare one CDI bean of this type. Configuration overrides single settings of a backend of
 * the same name. Two such beans fail the deployment.
 *
 * <pre>{@code
 * @Produces
 * CacheModule caches() {
 *     return CacheModule.setup(CacheSettings.local().ttl(Duration.ofMinutes(5)))
 *             .with("others", CacheSettings.redis("redis://127.0.0.1:6379"));
 * }
 * }</pre>
 *
 * <p>A module that {@link #setup} creates is immutable and thread-safe.
 */
@FunctionalInterface
public interface CacheModule {

    /** The name of the backend that is used if none is named. */
    String DEFAULT = "default";

    /**
     * The settings by the backend's name.
     *
     * @return never null; contains {@link #DEFAULT} if {@link #setup} created it
     */
    Map<String, CacheSettings> caches();

    /**
     * Adds a backend, or replaces the one of that name.
     *
     * @param name the backend's name, without a dot and not empty
     * @param settings its settings
     * @return a new set-up
     * @throws IllegalArgumentException if the name is empty or holds a dot
     */
    default CacheModule with(String name, CacheSettings settings) {
        return with(caches(), name, settings);
    }

    /**
     * Starts with the default backend, so that it is never missing.
     *
     * @param settings the settings of the backend {@code default}
     * @return a new set-up
     */
    static CacheModule setup(CacheSettings settings) {
        return with(Map.of(), DEFAULT, settings);
    }

    private static CacheModule with(Map<String, CacheSettings> caches, String name, CacheSettings settings) {
        requireNonNull(name, "name");
        requireNonNull(settings, "settings");
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(
                    "The name of a backend is not empty and has no dot, but was '" + name + "'");
        }
        Map<String, CacheSettings> all = new LinkedHashMap<>(caches);
        all.put(name, settings);
        Map<String, CacheSettings> unmodifiable = Collections.unmodifiableMap(all);
        return () -> unmodifiable;
    }
}
