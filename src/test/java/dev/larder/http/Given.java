package dev.larder.http;

import dev.larder.http.ResponseFacts.Completion;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Requests, responses and rules to start from. */
final class Given {

    /** Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110's examples. */
    static final long NOW = 784_111_777_000L;

    static final String BODY = "0123456789";

    private Given() {}

    static RequestFacts get(String... fields) {
        return request("GET", fields);
    }

    static RequestFacts request(String method, String... fields) {
        return by(null, method, fields);
    }

    static RequestFacts getBy(String principal, String... fields) {
        return by(principal, "GET", fields);
    }

    private static RequestFacts by(String principal, String method, String... fields) {
        return new RequestFacts(
                method, method, "https", "shop.example", "/books/7", "a=1", Fields.of(fields), principal, false);
    }

    static RequestFacts overridden(String method, String wireMethod) {
        return new RequestFacts(
                method, wireMethod, "https", "shop.example", "/books/7", "a=1", Fields.EMPTY, null, false);
    }

    static ResponseFacts ok(String... fields) {
        return response(200, fields);
    }

    static ResponseFacts response(int status, String... fields) {
        return new ResponseFacts(status, Fields.of(fields), false, Completion.COMPLETE, BODY.length(), NOW);
    }

    static StoredResponse stored(String... fields) {
        return stored(200, fields);
    }

    /** Fresh for a minute. */
    static StoredResponse stored(int status, String... fields) {
        return new StoredResponse(status, Fields.of(fields), BODY.getBytes(StandardCharsets.US_ASCII), NOW, 0, 60_000);
    }

    static CachingRules scoped(Scope scope) {
        return new CachingRules(scope, Set.of(200), false, false, Set.of());
    }

    static CachingRules fromResponse(Integer... statuses) {
        return new CachingRules(Scope.PUBLIC, Set.of(statuses), statuses.length == 0, true, Set.of());
    }

    static CachingRules keyedBy(String... names) {
        return new CachingRules(Scope.PUBLIC, Set.of(200), false, false, Set.of(names));
    }

    static Storability storability(ResponseFacts response) {
        return Storability.of(CachingRules.DEFAULT, get(), response);
    }

    static Storability storability(String... fields) {
        return storability(ok(fields));
    }

    /** Null if it is storable. */
    static Reason veto(Storability storability) {
        return storability instanceof Storability.NotStorable not ? not.reason() : null;
    }

    static Fields storedFields(Storability storability) {
        return ((Storability.Storable) storability).fields();
    }

    static ReuseDecision reuse(RequestFacts request, StoredResponse stored) {
        return ReuseDecision.of(CachingRules.DEFAULT, request, stored, NOW);
    }
}
