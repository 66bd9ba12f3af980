package dev.larder.policy;

import dev.larder.Cache;
import dev.larder.CacheScope;
import dev.larder.http.CachingRules;
import dev.larder.http.Scope;
import dev.larder.policy.CachePolicy.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the members of {@link Cache} that are about HTTP, merged with the configuration. */
final class HttpPolicyReader {

    private static final List<String> KEYS = List.of("scope", "statuses", "vary-by", "query-params");

    private final Overrides overrides;
    private final Cache annotation;
    private final String who;
    private final Problems problems;
    private final CacheScope scope;
    private final Set<Integer> statuses;
    private final Set<String> varyBy;
    private final List<String> queryParams;

    HttpPolicyReader(Overrides overrides, Cache annotation, String who, Problems problems) {
        this.overrides = overrides;
        this.annotation = annotation;
        this.who = who;
        this.problems = problems;
        scope = overrides.read("scope", text -> Settings.constant(CacheScope.class, text), annotation.scope());
        statuses = overrides.read("statuses", Settings::statuses, setOf(annotation.statuses()));
        varyBy = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        varyBy.addAll(overrides.read("vary-by", Settings::list, List.of(annotation.varyBy())));
        queryParams = overrides.read("query-params", Settings::list, List.of(annotation.queryParams()));
    }

    private static Set<Integer> setOf(int[] statuses) {
        Set<Integer> set = new HashSet<>();
        for (int status : statuses) {
            set.add(status);
        }
        return set;
    }

    List<String> queryParams() {
        return queryParams;
    }

    CachingRules rules(boolean fromResponse) {
        return new CachingRules(
                Scope.valueOf(scope.name()), statuses, statuses.contains(Cache.ANY_STATUS), fromResponse, varyBy);
    }

    /** Reports values that make no sense for the method. */
    void check(Kind kind, boolean fromResponse) {
        if (kind == Kind.VALUE) {
            checkValue(fromResponse);
        } else {
            checkStatuses(fromResponse);
            for (String name : varyBy) {
                if (name.equalsIgnoreCase("Cookie")) {
                    problems.add(
                            who + ": varyBy names Cookie, of which every client has its own, so that nothing would be"
                                    + " shared. Use scope = CacheScope.USER, or do not cache");
                } else if (!CachingRules.canBeKeyedBy(name)) {
                    problems.add(who + ": varyBy names '" + name + "', which is no field name. Name a request header"
                            + " field, such as Accept-Language");
                }
            }
        }
    }

    /**
     * Reports what a method reads and its key does not contain. With a key generator, the application is responsible
     * for that.
     */
    void checkDeclared(DeclaredParameters declared, boolean defaultKey) {
        if (!defaultKey) {
            return;
        }
        declared.cookies()
                .forEach((cookie, where) -> problems.add(who
                        + (cookie.isEmpty() ? ": the field Cookie" : ": the cookie '" + cookie + "'") + " is read by "
                        + where + ", but is no part of the key, so one client would get the response of another."
                        + " Name a keyGenerator that adds it to the key, or do not cache"));
        if (!queryParams.isEmpty()) {
            declared.queries().forEach((name, where) -> {
                if (!queryParams.contains(name)) {
                    problems.add(who + ": the query parameter '" + name + "' is read by " + where
                            + ", but queryParams (" + String.join(", ", queryParams)
                            + ") leaves it out, so it is no part of the key. Add it to queryParams");
                }
            });
        }
    }

    private void checkStatuses(boolean fromResponse) {
        Set<Integer> wrong = new LinkedHashSet<>(new TreeSet<>(statuses));
        wrong.removeIf(status -> status == Cache.ANY_STATUS || CachingRules.canBeStored(status));
        if (statuses.isEmpty()) {
            problems.add(
                    who + ": statuses is empty, so nothing could be stored. List a status, or remove the annotation");
        } else if (!wrong.isEmpty()) {
            problems.add(
                    who + ": statuses lists " + wrong + ", but a response with such a status is never stored (of 200"
                            + " to 599, all may be but 206, 304, 401 and 407)");
        }
        if (statuses.contains(Cache.ANY_STATUS) && !fromResponse) {
            problems.add(
                    who + ": statuses is ANY_STATUS, which needs ttl = Cache.FROM_RESPONSE, since only the response"
                            + " can say whether it may be stored. List the statuses, or take the lifetime from the"
                            + " response");
        }
    }

    private void checkValue(boolean fromResponse) {
        List<String> given = new ArrayList<>();
        if (fromResponse) {
            given.add("ttl = FROM_RESPONSE");
        }
        if (annotation.scope() != CacheScope.PUBLIC) {
            given.add("scope");
        }
        if (!Arrays.equals(annotation.statuses(), new int[] {200})) {
            given.add("statuses");
        }
        if (annotation.varyBy().length > 0) {
            given.add("varyBy");
        }
        if (annotation.queryParams().length > 0) {
            given.add("queryParams");
        }
        for (String key : KEYS) {
            String targeted = overrides.targetedKey(key);
            if (targeted != null) {
                given.add(targeted);
            }
        }
        if (!given.isEmpty()) {
            problems.add(who + " has " + String.join(", ", given)
                    + ", which is for resource methods: of this method, the return value is cached, keyed on its"
                    + " arguments. Remove it");
        }
    }
}
