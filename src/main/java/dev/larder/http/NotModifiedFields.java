package dev.larder.http;

import java.util.Set;

/** The names, in lower case, of the fields that a 304 carries (RFC 9110 §15.4.5). */
final class NotModifiedFields {

    private static final Set<String> CARRIED =
            Set.of("age", "cache-control", "content-location", "date", "etag", "expires", "vary");

    private static final Set<String> WITHOUT_ETAG =
            Set.of("age", "cache-control", "content-location", "date", "expires", "last-modified", "vary");

    /** The fields that describe a body, which a 304 does not have. */
    static final Set<String> OF_THE_BODY =
            Set.of("content-type", "content-length", "content-encoding", "content-language", "content-range");

    private NotModifiedFields() {}

    static Set<String> of(Fields response) {
        return response.contains("ETag") ? CARRIED : WITHOUT_ETAG;
    }
}
