package dev.larder.http;

/** Conditional requests (RFC 9110 §13). */
public final class Preconditions {

    private Preconditions() {}

    /** Whether the request wants to be refused if the representation is not the one it knows (§13.1.1, §13.1.4). */
    static boolean arePresent(Fields request) {
        return request.contains("If-Match") || request.contains("If-Unmodified-Since");
    }
}
