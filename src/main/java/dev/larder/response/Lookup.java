package dev.larder.response;

import dev.larder.group.Group;
import dev.larder.http.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A lookup without a response to serve.
 *
 * @param match what is stored instead
 * @param completions how many leaders had completed before
 * @param mayNotStore why the response of the method must not be stored; null if it may
 */
record Lookup(
        ResourceKey key,
        StoredResponses responses,
        StoredResponses.Match match,
        int completions,
        @Nullable Reason mayNotStore) {

    /** The stored responses of the generation that the method's response will belong to, 0 if it belongs to none. */
    StoredResponses begin() {
        Group group = mayNotStore == null ? responses.group() : null;
        return responses.withGeneration(group == null ? match.generation() : group.begin(match.generation()));
    }
}
