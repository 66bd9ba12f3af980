package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Generates the keys of cached calls. {@link Cache#keyGenerator()} names it. It is a CDI bean of any scope, or a class with
 * a no-argument constructor, of which Larder creates one instance and injects its fields.
 *
 * <p>Several threads call it at the same time. It runs on every request, hit or miss, so it should be fast. If it throws,
 * Larder logs that once per method, and the request runs uncached.
 */
@FunctionalInterface
public interface CacheKeyGenerator {

    /**
     * Generates the whole key. Larder does not add the annotation's prefix, so two methods may share an entry.
     *
     * @param context the call, never null
     * @param keyPrefix the effective prefix: the annotation's, else the backend's; may be empty
     * @return the key; if null or empty, the request bypasses the cache
     */
    @Nullable
    String generate(CacheKeyContext context, String keyPrefix);
}
