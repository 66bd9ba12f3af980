package dev.larder.http;

import java.util.Set;

/** What to do with a stored response for a request (RFC 9111 §4, RFC 9110 §13, §14). */
public sealed interface ReuseDecision {

    /**
     * The stored response; for HEAD without its body.
     *
     * @param fields the stored fields and Age
     * @param ttlSeconds how long it stays fresh, {@link Long#MAX_VALUE} means forever
     */
    record Full(Fields fields, long ttlSeconds) implements ReuseDecision {}

    /**
     * 206 with a part of it.
     *
     * @param range the part
     * @param fields the stored fields, Age and Content-Range
     * @param ttlSeconds how long it stays fresh, {@link Long#MAX_VALUE} means forever
     */
    record Partial(ByteRange range, Fields fields, long ttlSeconds) implements ReuseDecision {

        /** Where the part begins in the body. */
        public int offset() {
            return Math.toIntExact(range.from());
        }

        /** The length of the part in bytes. */
        public int length() {
            return Math.toIntExact(range.to() - range.from() + 1);
        }
    }

    /**
     * 304.
     *
     * @param fields those that a 304 carries, and Age
     * @param ttlSeconds how long it stays fresh, {@link Long#MAX_VALUE} means forever
     */
    record NotModified(Fields fields, long ttlSeconds) implements ReuseDecision {}

    /** 412. */
    record PreconditionFailed() implements ReuseDecision {}

    /**
     * The stored response does not suit this request: the same as a miss.
     *
     * @param reason why
     */
    record Miss(Reason reason) implements ReuseDecision {}

    /**
     * The request is not served from the cache, whatever is stored.
     *
     * @param reason why
     */
    record Bypass(Reason reason) implements ReuseDecision {}

    /** Decides for a stored response whose key and variant are the request's. */
    static ReuseDecision of(CachingRules rules, RequestFacts request, StoredResponse stored, long nowMillis) {
        RequestCacheability cacheability = RequestCacheability.of(rules, request);
        if (cacheability instanceof RequestCacheability.Bypass bypass) {
            return new Bypass(bypass.reason());
        }
        if (!mayShare(rules, request, stored)) {
            return new Bypass(Reason.AUTHORIZATION);
        }
        long left = stored.lifetimeMillis() - CurrentAge.residentMillis(stored, nowMillis);
        if (left <= 0) {
            return new Miss(Reason.STALE);
        }
        return fresh(
                request, stored, nowMillis, stored.lifetimeMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : left / 1000);
    }

    /** Whether the client already has a response that is being sent (RFC 9110 §13.1.2). */
    static boolean isNotModified(RequestFacts request, StoredResponse response) {
        return Preconditions.evaluate(request.fields(), response, response.storedAtMillis())
                == Preconditions.Outcome.NOT_MODIFIED;
    }

    /** The fields that a 304 carries (RFC 9110 §15.4.5): those of caching, and Last-Modified where there is no ETag. */
    static Fields notModified(Fields response) {
        Set<String> carried = NotModifiedFields.of(response);
        return response.without(name -> !carried.contains(name));
    }

    /**
     * Whether a 304 goes without a field of the 200: one that the resource set, or that describes the body, but not
     * what others added to the message.
     *
     * @param response the fields of the 200 without what others added
     */
    static boolean isOnlyInFull(String name, Fields response) {
        String lower = Fields.lowerCase(name);
        return !NotModifiedFields.of(response).contains(lower)
                && (NotModifiedFields.OF_THE_BODY.contains(lower) || response.contains(lower));
    }

    /** The fields of a stored response as they are sent. */
    static Fields aged(StoredResponse stored, long nowMillis) {
        return stored.fields().with("Age", Long.toString(CurrentAge.seconds(stored, nowMillis)));
    }

    private static ReuseDecision fresh(RequestFacts request, StoredResponse stored, long nowMillis, long ttl) {
        Fields aged = aged(stored, nowMillis);
        Preconditions.Outcome outcome = Preconditions.evaluate(request.fields(), stored, nowMillis);
        if (outcome == Preconditions.Outcome.FAILED) {
            return new PreconditionFailed();
        }
        if (outcome == Preconditions.Outcome.NOT_MODIFIED) {
            return new NotModified(notModified(aged), ttl);
        }
        if (Preconditions.arePresent(request.fields())) {
            return new Bypass(Reason.PRECONDITION);
        }
        ByteRange range = ByteRange.of(request, stored, nowMillis);
        return range == null
                ? new Full(aged, ttl)
                : new Partial(range, aged.with("Content-Range", range.contentRange()), ttl);
    }

    /** RFC 9111 §3.5. */
    private static boolean mayShare(CachingRules rules, RequestFacts request, StoredResponse stored) {
        return rules.scope() != Scope.PUBLIC
                || !request.isAuthenticated()
                || CacheControl.of(stored.fields()).permitsSharing();
    }
}
