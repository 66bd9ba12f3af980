package dev.larder.http;

import java.util.OptionalLong;

/** Whether a response may be stored, and as what (RFC 9111 §3). */
public sealed interface Storability {

    /** The greatest number of characters of the stored field lines. */
    long MAX_FIELDS_LENGTH = 32_768;

    /**
     * The response may be stored.
     *
     * @param fields what is to be stored: without what concerns the connection, this message or one caller only, and
     *     with a Vary that names all fields in the key
     * @param vary the request fields that select among variants
     * @param initialAge the Age that the response came with, in seconds, zero or more
     * @param lifetimeSeconds the response's own lifetime, positive; empty if the lifetime is fixed
     */
    record Storable(Fields fields, VaryMatch vary, long initialAge, OptionalLong lifetimeSeconds)
            implements Storability {

        /** The fields with an ETag: the resource's own, else, unless there is no body by its status, that of the body. */
        public Fields withTag(int status, byte[] body) {
            return EntityTag.ensured(fields, status, body);
        }
    }

    /**
     * The response must not be stored.
     *
     * @param reason why
     */
    record NotStorable(Reason reason) implements Storability {}

    /**
     * Decides for a response. A response to another request, as with collapsed misses, is decided
     * for each of them.
     */
    static Storability of(CachingRules rules, RequestFacts request, ResponseFacts response) {
        Reason reason = RequestCacheability.of(rules, request).reason();
        return reason == null ? ofResponse(rules, request, response) : new NotStorable(reason);
    }

    /** Decides for a response that may be stored according to {@link RequestCacheability}. */
    static Storability ofResponse(CachingRules rules, RequestFacts request, ResponseFacts response) {
        CacheControl directives = CacheControl.of(response.fields());
        VaryMatch vary = VaryMatch.of(response.fields());
        Reason reason = ResponseVeto.of(rules, request, response, directives, vary);
        if (reason != null) {
            return new NotStorable(reason);
        }
        OptionalLong lifetime = OptionalLong.empty();
        if (rules.fromResponse()) {
            Freshness freshness = Freshness.of(directives, response.fields(), response.atMillis());
            if (freshness instanceof Freshness.None none) {
                return new NotStorable(none.reason());
            }
            lifetime = OptionalLong.of(((Freshness.Lifetime) freshness).seconds());
        }
        Fields stored = StoredFields.of(rules, response.fields(), directives, vary);
        return stored.length() > MAX_FIELDS_LENGTH
                ? new NotStorable(Reason.FIELDS_SIZE)
                : new Storable(stored, vary, CurrentAge.incoming(response.fields()), lifetime);
    }
}
