package dev.larder.http;

import static dev.larder.http.CacheControl.MAX_SECONDS;

import java.util.OptionalLong;

/**
 * The freshness lifetime that a response gives itself (RFC 9111 §4.2.1): {@code s-maxage}, else {@code max-age}, else
 * {@code Expires} − {@code Date}, minus the Age it came with. There is no heuristic.
 */
sealed interface Freshness {

    /**
     * The response is fresh for some time.
     *
     * @param seconds from now on, positive, at most 2^31
     */
    record Lifetime(long seconds) implements Freshness {}

    /**
     * The response must not be reused.
     *
     * @param reason {@link Reason#NO_LIFETIME} or {@link Reason#EXPIRED}
     */
    record None(Reason reason) implements Freshness {}

    /**
     * The lifetime that a response gives itself.
     *
     * @param nowMillis its date where it has none, in milliseconds of the epoch
     */
    static Freshness of(CacheControl directives, Fields response, long nowMillis) {
        OptionalLong lifetime = directives.sharedMaxAge();
        if (lifetime.isEmpty()) {
            lifetime = directives.maxAge();
        }
        if (lifetime.isEmpty()) {
            lifetime = untilExpires(response, nowMillis);
        }
        if (lifetime.isEmpty()) {
            return new None(Reason.NO_LIFETIME);
        }
        long left = Math.min(MAX_SECONDS, lifetime.getAsLong()) - CurrentAge.incoming(response);
        return left > 0 ? new Lifetime(left) : new None(Reason.EXPIRED);
    }

    /** RFC 9111 §5.3: an Expires that is no date, such as 0, or not alone, is in the past. */
    private static OptionalLong untilExpires(Fields response, long nowMillis) {
        if (!response.contains("Expires")) {
            return OptionalLong.empty();
        }
        OptionalLong expires = HttpDate.seconds(response, "Expires", nowMillis);
        if (expires.isEmpty()) {
            return OptionalLong.of(0);
        }
        long date = HttpDate.seconds(response, "Date", nowMillis).orElse(Math.floorDiv(nowMillis, 1000L));
        return OptionalLong.of(expires.getAsLong() - date);
    }
}
