package dev.larder.http;

import java.util.Locale;

/**
 * Why a request was not served from the cache, or a response was not stored: logged, and the detail of Cache-Status.
 */
public enum Reason {
    /** The request's method is neither GET nor HEAD, or it is HEAD, whose response is not stored. */
    METHOD,
    /** The effective method is not the one on the wire. */
    METHOD_OVERRIDE,
    /** The GET or HEAD has a body. */
    REQUEST_BODY,
    /** The request has an Upgrade field. */
    UPGRADE,
    /** The client wants server-sent events, or got them. */
    EVENT_STREAM,
    /** Credentials or a principal, and the response does not allow sharing. */
    AUTHORIZATION,
    /** The scope needs a principal and there is none. */
    NO_PRINCIPAL,
    /** The request has If-Match or If-Unmodified-Since. */
    PRECONDITION,
    /** The stored response is older than its lifetime. */
    STALE,
    /** The status is not among those to be stored. */
    STATUS,
    /** {@code must-understand} with a status that is not understood. */
    MUST_UNDERSTAND,
    /** {@code no-store}. */
    NO_STORE,
    /** {@code private} without field names. */
    PRIVATE,
    /** {@code no-cache} without field names. */
    NO_CACHE,
    /** {@code s-maxage=0}, or no number. */
    S_MAXAGE,
    /** A cookie is set, or a session was created. */
    SET_COOKIE,
    /** {@code Vary: *}, or a Vary that is no list of names. */
    VARY,
    /** {@code Vary: Cookie}. */
    VARY_COOKIE,
    /** WWW-Authenticate or Authentication-Info. */
    AUTHENTICATION,
    /** A field that cannot be sent as it is, or a Cache-Control with an open quote. */
    MALFORMED_FIELD,
    /** The field lines exceed the limit. */
    FIELDS_SIZE,
    /** The body exceeds the limit. */
    BODY_SIZE,
    /** The body is incomplete. */
    INCOMPLETE,
    /** The length of the body differs from Content-Length. */
    CONTENT_LENGTH,
    /** Negotiation cannot select the media type, or the method set it by the servlet API. */
    MEDIA_TYPE,
    /** An interceptor, filter or writer interceptor replaced the entity, its type or the status. */
    ENTITY_REPLACED,
    /** The response comes from an exception mapper. */
    EXCEPTION,
    /** The transaction of the method was rolled back. */
    ROLLED_BACK,
    /** The lifetime is to be the response's, and the response has none. */
    NO_LIFETIME,
    /** The lifetime is the response's, and it has ended. */
    EXPIRED,
    /**
     * The key generator returned no key or an invalid one, or threw; or the response depends on what no key can
     * contain.
     */
    NO_KEY,
    /** A tag cannot be evaluated, or there are more than an entry may have. */
    TAGS,
    /** The URI or a tag was invalidated while the method ran. */
    INVALIDATED,
    /** The lifetime is zero: nothing is to be stored. */
    NO_TTL,
    /** The backend failed. */
    BACKEND;

    private final String kebab = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The name in kebab-case.
     *
     * @return {@code no-store} for {@link #NO_STORE}
     */
    public String kebab() {
        return kebab;
    }
}
