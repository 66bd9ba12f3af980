package dev.larder;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The immutable value behind {@link CacheModule#setup}. */
record CacheSetup(Map<String, CacheSettings> caches) implements CacheModule {

    static CacheSetup of(Map<String, CacheSettings> present, String name, CacheSettings settings) {
        requireNonNull(name, "name");
        requireNonNull(settings, "settings");
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(
                    "The name of a backend is not empty and has no dot, but was '" + name + "'");
        }
        Map<String, CacheSettings> all = new LinkedHashMap<>(present);
        all.put(name, settings);
        return new CacheSetup(Collections.unmodifiableMap(all));
    }
}
