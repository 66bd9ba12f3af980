package dev.larder.response;

import dev.larder.http.ByteRange;
import dev.larder.http.CacheStatus;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ReuseDecision;
import dev.larder.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer from the cache: a stored response, a part of it, or that the client's own is still good.
 *
 * @param status 200 or what was stored, 206, 304 or 412
 * @param fields the fields to send
 * @param body the bytes that hold the body, null if there is none
 * @param offset where the body begins in them
 * @param length how long it is
 * @param ttlSeconds how long the stored response stays fresh, {@link Long#MAX_VALUE} if that is not told
 */
@SuppressWarnings("ArrayRecordComponent")
public record Hit(int status, Fields fields, byte @Nullable [] body, int offset, int length, long ttlSeconds) {

    /** The same in the words of Cache-Status. */
    CacheStatus cacheStatus() {
        return CacheStatus.hit(ttlSeconds);
    }

    /** What became of a look-up. */
    sealed interface Outcome {}

    /** The request is answered. */
    record Answered(Hit hit) implements Outcome {}

    /** It is not, for this reason. */
    record NotAnswered(Reason reason) implements Outcome {}

    static Outcome of(CachingRules rules, RequestFacts request, StoredResponse stored, long now) {
        ReuseDecision decision = ReuseDecision.of(rules, request, stored, now);
        byte[] body = stored.body();
        if (decision instanceof ReuseDecision.Full full) {
            return new Answered(new Hit(stored.status(), full.fields(), body, 0, body.length, full.ttlSeconds()));
        }
        if (decision instanceof ReuseDecision.Partial partial) {
            ByteRange range = partial.range();
            int first = Math.toIntExact(range.from());
            return new Answered(new Hit(
                    206, partial.fields(), body, first, Math.toIntExact(range.to()) - first + 1, partial.ttlSeconds()));
        }
        if (decision instanceof ReuseDecision.NotModified not) {
            return new Answered(new Hit(304, not.fields(), null, 0, 0, Long.MAX_VALUE));
        }
        if (decision instanceof ReuseDecision.PreconditionFailed) {
            return new Answered(new Hit(412, Fields.EMPTY, null, 0, 0, Long.MAX_VALUE));
        }
        return decision instanceof ReuseDecision.Bypass bypass
                ? new NotAnswered(bypass.reason())
                : new NotAnswered(((ReuseDecision.Miss) decision).reason());
    }
}
