package dev.larder.response;

import dev.larder.http.CacheStatus;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ReuseDecision;
import dev.larder.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stored response that is served, and what the preconditions or the range of the request finally turn it into.
 *
 * @param status the stored status
 * @param fields the stored fields and Age
 * @param body the stored bytes, maybe none. If the entity is still this array, no filter or interceptor has replaced it
 * @param ttlSeconds how long the stored response stays fresh, {@link Long#MAX_VALUE} if Cache-Status does not say it
 * @param ending what the client gets instead of the whole response; null for the whole response
 */
@SuppressWarnings("ArrayRecordComponent")
public record Hit(
        int status,
        Fields fields,
        byte[] body,
        long ttlSeconds,
        @Nullable Ending ending) {

    /**
     * What the client gets instead of the whole stored response, if all filters and interceptors left that unchanged.
     *
     * @param status 206, 304 or 412
     * @param fields the fields that go with that status
     * @param offset where the part begins in the body
     * @param length how long the part is, 0 for none
     */
    public record Ending(int status, Fields fields, int offset, int length) {

        /** Whether it is a part of the body. */
        public boolean isPart() {
            return status == 206;
        }
    }

    /** Whether an entity tag is the one that the cache computes from the body, and not one of the application. */
    public boolean isOwnTag(@Nullable Object tag) {
        return tag != null && StoredResponse.tagOf(body).equals(tag.toString());
    }

    /** The same in the words of Cache-Status. */
    CacheStatus cacheStatus() {
        return CacheStatus.hit(ttlSeconds);
    }

    /** Whether a stored response can be served. */
    sealed interface Outcome {}

    /** It can. */
    record Usable(Hit hit) implements Outcome {}

    /** It cannot, for this reason. */
    record Unusable(Reason reason) implements Outcome {}

    static Outcome of(CachingRules rules, RequestFacts request, StoredResponse stored, long now) {
        ReuseDecision decision = ReuseDecision.of(rules, request, stored, now);
        if (decision instanceof ReuseDecision.Full full) {
            return new Usable(new Hit(stored.status(), full.fields(), stored.body(), full.ttlSeconds(), null));
        }
        if (decision instanceof ReuseDecision.Partial partial) {
            Ending part = new Ending(206, partial.fields(), partial.offset(), partial.length());
            return ending(stored, now, partial.ttlSeconds(), part);
        }
        if (decision instanceof ReuseDecision.NotModified not) {
            return ending(stored, now, Long.MAX_VALUE, new Ending(304, not.fields(), 0, 0));
        }
        if (decision instanceof ReuseDecision.PreconditionFailed) {
            return ending(stored, now, Long.MAX_VALUE, new Ending(412, Fields.EMPTY, 0, 0));
        }
        return decision instanceof ReuseDecision.Bypass bypass
                ? new Unusable(bypass.reason())
                : new Unusable(((ReuseDecision.Miss) decision).reason());
    }

    private static Outcome ending(StoredResponse stored, long now, long ttlSeconds, Ending ending) {
        return new Usable(new Hit(stored.status(), ReuseDecision.aged(stored, now), stored.body(), ttlSeconds, ending));
    }
}
