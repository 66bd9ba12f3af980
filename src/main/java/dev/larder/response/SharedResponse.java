package dev.larder.response;

import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.Generations;
import org.jspecify.annotations.Nullable;

/**
 * A response that the leader shares with its followers.
 *
 * @param vary the request fields that select among the variants
 * @param selecting the values of these fields in the leader's request
 * @param generations what it belongs to; null if only the generations of its request count
 */
record SharedResponse(
        StoredResponse response,
        VaryMatch vary,
        String selecting,
        @Nullable Generations generations) {

    static SharedResponse of(
            StoredResponse response, VaryMatch vary, RequestFacts leader, @Nullable Generations generations) {
        return new SharedResponse(response, vary, vary.selecting(leader.fields()), generations);
    }

    /** Whether it is of the variant that a request selects. */
    boolean isFor(RequestFacts request) {
        return vary.names().isEmpty() || selecting.equals(vary.selecting(request.fields()));
    }
}
