package dev.larder.http;

import org.jspecify.annotations.Nullable;

/** What this cache did, as a member of Cache-Status (RFC 9211); immutable. It never contains the key. */
public final class CacheStatus {

    /** Why the request was forwarded to the resource method (§2.2). */
    public enum Forward {
        /** The request bypassed the cache. */
        BYPASS("bypass"),
        /** The method has to be forwarded. */
        METHOD("method"),
        /** Nothing was stored for the URI. */
        URI_MISS("uri-miss"),
        /** Only other variants were stored. */
        VARY_MISS("vary-miss"),
        /** The request did not allow the use of the stored response. */
        REQUEST("request"),
        /** The stored response is stale. */
        STALE("stale");

        private final String token;

        Forward(String token) {
            this.token = token;
        }

        /**
         * The parameter for a request that was not served from the cache, for this reason.
         *
         * @param reason the reason of {@link RequestCacheability} or {@link ReuseDecision}
         */
        public static Forward of(Reason reason) {
            return switch (reason) {
                case METHOD, METHOD_OVERRIDE -> METHOD;
                case REQUEST_BODY, UPGRADE, EVENT_STREAM, PRECONDITION -> REQUEST;
                case STALE -> STALE;
                default -> BYPASS;
            };
        }
    }

    /** A structured field's integer has 15 digits (RFC 8941 §3.3.1). */
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    private final String text;

    private CacheStatus(String text) {
        this.text = text;
    }

    /**
     * Served from the cache.
     *
     * @return {@code larder; hit}
     */
    public static CacheStatus hit() {
        return new CacheStatus("larder; hit");
    }

    /**
     * Served from the cache with a response that stays fresh for some time.
     *
     * @param ttlSeconds how long, {@link Long#MAX_VALUE} means forever
     * @return {@code larder; hit; ttl=N}, without ttl if it stays fresh forever
     */
    public static CacheStatus hit(long ttlSeconds) {
        return ttlSeconds == Long.MAX_VALUE ? hit() : hit().and("ttl=" + clamped(ttlSeconds));
    }

    /**
     * Forwarded to the resource method.
     *
     * @return {@code larder; fwd=…}
     */
    public static CacheStatus forwarded(Forward why) {
        return new CacheStatus("larder; fwd=" + why.token);
    }

    /** Adds that the response was stored. */
    public CacheStatus stored() {
        return and("stored");
    }

    /** Adds that the response is that of another request for the same key. */
    public CacheStatus collapsed() {
        return and("collapsed");
    }

    /** Adds the status of the resource method's response, where the client gets another one. */
    public CacheStatus forwardStatus(int status) {
        return and("fwd-status=" + status);
    }

    /** Adds why nothing was looked up or stored. */
    public CacheStatus detail(Reason reason) {
        return and("detail=" + reason.kebab());
    }

    /**
     * The value of the field: this member after those of caches nearer to the origin (§2).
     *
     * @param existing the present value, null if there is none
     */
    public String appendedTo(@Nullable String existing) {
        String before = existing == null ? "" : Syntax.trimmed(existing);
        return before.isEmpty() ? text : before + ", " + text;
    }

    private CacheStatus and(String parameter) {
        return new CacheStatus(text + "; " + parameter);
    }

    private static long clamped(long seconds) {
        return Math.max(-MAX_INTEGER, Math.min(MAX_INTEGER, seconds));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheStatus status && text.equals(status.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The member of the list. */
    @Override
    public String toString() {
        return text;
    }
}
