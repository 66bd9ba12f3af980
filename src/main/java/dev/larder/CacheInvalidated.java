package dev.larder;

import java.net.URI;
import java.util.Set;

/**
 * An invalidation that has taken effect: an asynchronous CDI event, for {@code @ObservesAsync}. Use it to purge a CDN.
 *
 * <p>One event is fired for each call of {@code ICacheService.invalidate} or of a method with {@link CacheInvalidate}, and
 * for each successful unsafe request; inside a JTA transaction, after its commit. Without an observer, no event is fired.
 * An observer that fails does not affect the invalidation. Immutable and thread-safe.
 *
 * @param tags the tags, with the values of their placeholders; empty if only URIs were invalidated
 * @param uris the absolute URIs without queries, of which every query and variant was invalidated (RFC 9111 §4.4); empty
 *     if only tags were
 */
public record CacheInvalidated(Set<String> tags, Set<URI> uris) {

    /**
     * Copies both sets.
     *
     * @param tags the tags, copied
     * @param uris the URIs, copied
     * @throws NullPointerException if a set is null or contains null
     */
    public CacheInvalidated {
        tags = Set.copyOf(tags);
        uris = Set.copyOf(uris);
    }
}
