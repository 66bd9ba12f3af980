package dev.larder.http;

/** Whose requests may share a stored response. */
public enum Scope {
    /** Everybody's; a request with credentials only where the response allows it (RFC 9111 §3.5). */
    PUBLIC,
    /** One caller principal's: the principal is part of the key. */
    USER,
    /** Those of all authenticated callers. */
    AUTHENTICATED
}
