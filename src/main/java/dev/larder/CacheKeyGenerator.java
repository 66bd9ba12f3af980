package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of cached calls. {@link Cache#keyGenerator()} names it. It is a CDI bean of any scope, or a class with a
 * no-argument constructor, whose instance is injected.
 *
 * <p>Several threads call it at once. It runs on every request, hit or miss, so it should be fast. If it throws, that is
 * logged once per method, and the request runs uncached.
 */
@FunctionalInterface
public interface CacheKeyGenerator {

    /**
     * Makes the whole key: the annotation's prefix is not added again, so two methods may share an entry.
     *
     * @param context the call, never null
     * @param keyPrefix the effective prefix: the annotation's, else the backend's; may be empty
     * @return the key; if null or empty, the request bypasses the cache
     */
    @Nullable
    String generate(CacheKeyContext context, String keyPrefix);
}
