package dev.larder.service;

import dev.larder.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stored response, and the generation that was read with it.
 *
 * @param response null if there is none that can be read
 * @param generation 0 if there is none
 */
public record ResponseAndGeneration(@Nullable StoredResponse response, long generation) {

    static ResponseAndGeneration of(@Nullable StoredResponse response, @Nullable Object generation) {
        return new ResponseAndGeneration(response, orZero(generation));
    }

    static long orZero(@Nullable Object generation) {
        return generation instanceof Long whole ? whole : 0;
    }
}
