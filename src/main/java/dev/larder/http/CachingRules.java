package dev.larder.http;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a cached method that concern HTTP.
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

    /** Copies the sets; names are the same in any case. */
    public CachingRules {
        statuses = Set.copyOf(statuses);
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(keyedBy);
        keyedBy = Collections.unmodifiableSet(names);
    }

    /**
     * Whether a response of this status may be stored (RFC 9111 §3): one that is cacheable, and that the method allows.
     */
    public boolean permits(int status) {
        return canBeStored(status) && ((anyStatus && fromResponse) || statuses.contains(status));
    }

    /**
     * Whether there can be a stored response of this status (RFC 9111 §3): a final one, and never one that is no
     * complete representation (206, 304) or a challenge (401, 407).
     */
    public static boolean canBeStored(int status) {
        return switch (status) {
            case 206, 304, 401, 407 -> false;
            default -> status >= 200 && status <= 599;
        };
    }

    /** Whether a name is one of a field, so that a response may vary by it. */
    public static boolean canBeKeyedBy(String name) {
        return Syntax.isToken(name) && name.indexOf('*') < 0;
    }

    /**
     * Whether the response has a fixed lifetime and depends neither on the caller nor on any other request field.
     *
     * @param arguments the request fields that are part of the call's arguments
     * @return false if a response does not suit every caller with the same arguments
     */
    public boolean isForAnyCaller(Set<String> arguments) {
        return scope == Scope.PUBLIC && !fromResponse && arguments.containsAll(keyedBy);
    }

    /** The same rules with more fields in the key. */
    public CachingRules keyedBy(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(keyedBy);
        all.addAll(names);
        return new CachingRules(scope, statuses, anyStatus, fromResponse, all);
    }
}
