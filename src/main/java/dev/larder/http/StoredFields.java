package dev.larder.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Selects the fields of a response that are stored (RFC 9111 §3.1). */
final class StoredFields {

    /** The fields of one connection, of one proxy, of one message. */
    private static final Set<String> NEVER = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "age",
            "content-length",
            "date");

    private StoredFields() {}

    static Fields of(CachingRules rules, Fields response, CacheControl directives, VaryMatch vary) {
        Set<String> dropped = new HashSet<>(directives.qualifiedFields());
        ListSyntax.elements(response.lines("Connection")).forEach(name -> dropped.add(Fields.lowerCase(name)));
        if (isForOneOrigin(response) && !vary.names().contains("origin") && !isKeyedByOrigin(rules)) {
            dropped.add("access-control-allow-origin");
        }
        Fields kept = response.without(name -> NEVER.contains(name) || dropped.contains(name));
        return VaryMatch.merged(VaryMatch.merged(kept, vary.names()), rules.keyedBy());
    }

    private static boolean isForOneOrigin(Fields response) {
        List<String> allowed = response.lines("Access-Control-Allow-Origin");
        return !allowed.isEmpty()
                && !(allowed.size() == 1 && Syntax.trimmed(allowed.get(0)).equals("*"));
    }

    private static boolean isKeyedByOrigin(CachingRules rules) {
        return rules.keyedBy().stream().anyMatch("Origin"::equalsIgnoreCase);
    }
}
