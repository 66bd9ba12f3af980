package dev.larder.http;

/** Whose requests may share a stored response. */
public enum Scope {
    /** Those of everybody; with credentials, only if the response allows it (RFC 9111 §3.5). */
    PUBLIC,
    /** Those of one caller principal, who is part of the key. */
    USER,
    /** Those of all authenticated callers. */
    AUTHENTICATED
}
