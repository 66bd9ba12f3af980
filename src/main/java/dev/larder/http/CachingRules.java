package dev.larder.http;

import java.util.Set;

/**
 * What a cached method asked for, as far as HTTP is concerned.
 *
 * @param scope whose requests may share a stored response
 * @param statuses the statuses that may be stored
 * @param anyStatus whether any final status may be stored; only with {@code fromResponse}
 * @param fromResponse whether the lifetime is the response's own ({@link Freshness}), instead of a fixed one
 * @param keyedBy the request fields that the key already holds, by {@code varyBy} or by negotiation: added to
 *     {@code Vary}
 */
public record CachingRules(
        Scope scope, Set<Integer> statuses, boolean anyStatus, boolean fromResponse, Set<String> keyedBy) {

    /** The defaults: public, status 200, a fixed lifetime, keyed by the URI alone. */
    public static final CachingRules DEFAULT = new CachingRules(Scope.PUBLIC, Set.of(200), false, false, Set.of());

    /** Copies the sets. */
    public CachingRules {
        statuses = Set.copyOf(statuses);
        keyedBy = Set.copyOf(keyedBy);
    }

    /**
     * Whether a response of this status may be stored (RFC 9111 §3): a final one that was asked for, and never one that is
     * no complete representation (206, 304) or a challenge (401, 407).
     *
     * @param status the status code
     * @return true if it may
     */
    public boolean permits(int status) {
        return switch (status) {
            case 206, 304, 401, 407 -> false;
            default -> status >= 200 && status <= 599 && ((anyStatus && fromResponse) || statuses.contains(status));
        };
    }
}
