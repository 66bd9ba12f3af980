package dev.larder.response;

import dev.larder.http.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A lookup without a response to serve.
 *
 * @param match the result of the lookup
 * @param completions how many leaders had completed before
 * @param mayNotStore why the response of the method must not be stored; null if it may
 */
record Lookup(
        ResourceKey key,
        StoredResponses responses,
        StoredResponses.Match match,
        int completions,
        @Nullable Reason mayNotStore) {

    /** The stored responses with the generations that the method's response will belong to. */
    StoredResponses begin() {
        return mayNotStore == null ? responses.begin(match) : responses.withoutStoring(match);
    }
}
