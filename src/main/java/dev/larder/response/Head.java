package dev.larder.response;

import dev.larder.http.ResponseFacts;
import org.jspecify.annotations.Nullable;

/**
 * The status and the fields that the resource gave its response.
 *
 * @param vary the Vary that the client gets; null if the resource's own is all of it
 */
record Head(ResponseFacts facts, @Nullable String vary) {}
