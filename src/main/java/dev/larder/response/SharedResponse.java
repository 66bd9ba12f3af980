package dev.larder.response;

import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;

/**
 * A response that the leader shares with its followers.
 *
 * @param vary the request fields that select among the variants
 * @param selecting the values of these fields in the leader's request
 */
record SharedResponse(StoredResponse response, VaryMatch vary, String selecting) {

    static SharedResponse of(StoredResponse response, VaryMatch vary, RequestFacts leader) {
        return new SharedResponse(response, vary, vary.selecting(leader.fields()));
    }

    /** Whether it is of the variant that a request selects. */
    boolean isFor(RequestFacts request) {
        return vary.names().isEmpty() || selecting.equals(vary.selecting(request.fields()));
    }
}
