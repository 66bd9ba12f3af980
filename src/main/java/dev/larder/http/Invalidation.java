package dev.larder.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an unsafe method invalidates (RFC 9111 §4.4). */
public final class Invalidation {

    private Invalidation() {}

    /**
     * Whether the request may change something: any method but GET, HEAD, OPTIONS and TRACE, on the wire or effective.
     */
    public static boolean isUnsafe(RequestFacts request) {
        return isUnsafe(request.method()) || isUnsafe(request.wireMethod());
    }

    /**
     * The resources that an unsafe method invalidates with a 2xx or 3xx: its own, and those of Location and
     * Content-Location if they have the same origin.
     *
     * @return {@code scheme://host/path} each, without query, as {@link RequestFacts#resource()}; empty for a safe
     *     method and for a failure
     */
    public static Set<String> resources(RequestFacts request, int status, Fields response) {
        if (!isUnsafe(request) || status < 200 || status > 399) {
            return Set.of();
        }
        Set<String> resources = new LinkedHashSet<>();
        resources.add(request.resource());
        for (String name : List.of("Location", "Content-Location")) {
            for (String reference : response.lines(name)) {
                String resource = UriReference.sameOrigin(request, reference);
                if (resource != null) {
                    resources.add(resource);
                }
            }
        }
        return resources;
    }

    /** Whether a method may change something. */
    public static boolean isUnsafe(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
            default -> true;
        };
    }
}
