package dev.larder.http;

import java.util.Set;

/** The names, in lower case, of the fields that a 304 carries (RFC 9110 §15.4.5). */
final class NotModifiedFields {

    static final Set<String> CARRIED =
            Set.of("age", "cache-control", "content-location", "date", "etag", "expires", "vary");

    static final Set<String> WITHOUT_ETAG =
            Set.of("age", "cache-control", "content-location", "date", "expires", "last-modified", "vary");

    private NotModifiedFields() {}
}
