package dev.larder.response;

import dev.larder.http.CachingRules;
import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stored response that answers a request.
 *
 * @param stored the response
 * @param age its current age in seconds
 */
public record Hit(StoredResponse stored, long age) {

    /** The answer, or null if this stored response does not answer this request. */
    static @Nullable Hit of(CachingRules rules, RequestFacts request, StoredResponse stored, long now) {
        long age = Math.max(0, now - stored.storedAtMillis());
        return age < stored.lifetimeMillis() ? new Hit(stored, stored.initialAge() + age / 1000) : null;
    }
}
