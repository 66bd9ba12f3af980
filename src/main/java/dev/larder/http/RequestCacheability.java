package dev.larder.http;

import org.jspecify.annotations.Nullable;

/** What may be done for a request, before anything is looked up (RFC 9111 §2, §3.5, §4). */
public sealed interface RequestCacheability {

    /** Whether a stored response may be looked up. */
    default boolean lookUp() {
        return !(this instanceof Bypass);
    }

    /** Whether the response may be stored, if {@link Storability} agrees. */
    default boolean store() {
        return this instanceof LookUpAndStore;
    }

    /** Why one of the two is not allowed. */
    default @Nullable Reason reason() {
        return null;
    }

    /** Look up, and store the method's response. */
    record LookUpAndStore() implements RequestCacheability {
        static final LookUpAndStore INSTANCE = new LookUpAndStore();
    }

    /**
     * Look up, but do not store the method's response.
     *
     * @param reason why it is not stored
     */
    record LookUpOnly(Reason reason) implements RequestCacheability {}

    /**
     * Neither look up nor store.
     *
     * @param reason why
     */
    record Bypass(Reason reason) implements RequestCacheability {}

    /**
     * Decides for a request. One with credentials in {@link Scope#PUBLIC} is looked up: {@link ReuseDecision} gives it
     * only a response whose Cache-Control permits sharing.
     */
    static RequestCacheability of(CachingRules rules, RequestFacts request) {
        boolean head = request.isHead();
        if (!head && !request.method().equals(request.wireMethod())) {
            return new Bypass(Reason.METHOD_OVERRIDE);
        }
        if (!head && !"GET".equals(request.method())) {
            return new Bypass(Reason.METHOD);
        }
        if (request.body()) {
            return new Bypass(Reason.REQUEST_BODY);
        }
        Fields fields = request.fields();
        if (fields.contains("Upgrade")) {
            return new Bypass(Reason.UPGRADE);
        }
        if (MediaTypes.mentionsEventStream(fields, "Accept")) {
            return new Bypass(Reason.EVENT_STREAM);
        }
        if (rules.scope() != Scope.PUBLIC && request.principal() == null) {
            return new Bypass(Reason.NO_PRINCIPAL);
        }
        if (Preconditions.arePresent(fields)) {
            return new LookUpOnly(Reason.PRECONDITION);
        }
        return head ? new LookUpOnly(Reason.METHOD) : LookUpAndStore.INSTANCE;
    }
}
