package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Makes the key of one cached call. Named in {@link Cache#keyGenerator()}; a CDI bean of any scope, or a class with a
 * no-argument constructor, into whose instance is injected.
 *
 * <p>An implementation is called by several threads at once and should be quick: it runs on every request, hit or miss.
 * One that throws is logged once per method, and the request runs uncached.
 */
@FunctionalInterface
public interface CacheKeyGenerator {

    /**
     * Makes the whole key: the annotation's prefix is not added again, so two methods may share an entry.
     *
     * @param context the call, never null
     * @param keyPrefix the effective prefix: the annotation's, else the backend's; may be empty
     * @return the key; null or empty: this request bypasses the cache
     */
    @Nullable
    String generate(CacheKeyContext context, String keyPrefix);
}
