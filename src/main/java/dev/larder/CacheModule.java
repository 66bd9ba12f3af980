package dev.larder;

import java.util.Map;

/**
 * The programmatic set-up of the backends: make one CDI bean of this type. Configuration of the same name overrides
 * single keys. Two such beans fail the deployment.
 *
 * <pre>{@code
 * @Produces
 * CacheModule caches() {
 *     return CacheModule.setup(CacheSettings.local().ttl(Duration.ofMinutes(5)))
 *             .with("others", CacheSettings.redis("redis://127.0.0.1:6379"));
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe when made by {@link #setup}.
 */
@FunctionalInterface
public interface CacheModule {

    /** The name of the backend that is used where none is named. */
    String DEFAULT = "default";

    /**
     * The settings by the backend's name.
     *
     * @return never null, holds {@link #DEFAULT} when made by {@link #setup}
     */
    Map<String, CacheSettings> caches();

    /**
     * This set-up with one more backend, or another one of that name.
     *
     * @param name the backend's name, without a dot and not empty
     * @param settings its settings
     * @return a new set-up
     * @throws IllegalArgumentException if the name is empty or holds a dot
     */
    default CacheModule with(String name, CacheSettings settings) {
        return CacheSetup.of(caches(), name, settings);
    }

    /**
     * Starts a set-up with the default backend, which is therefore never missing.
     *
     * @param settings the settings of the backend {@code default}
     * @return a new set-up
     */
    static CacheModule setup(CacheSettings settings) {
        return CacheSetup.of(Map.of(), DEFAULT, settings);
    }
}
