package dev.larder.service;

import dev.larder.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stored response and the number that was read with it.
 *
 * @param number 0 if there is none
 * @param response null if there is none that can be read
 */
public record Numbered(long number, @Nullable StoredResponse response) {

    static long of(@Nullable Object number) {
        return number instanceof Long whole ? whole : 0;
    }
}
