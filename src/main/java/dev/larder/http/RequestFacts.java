package dev.larder.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a request that the rules need.
 *
 * @param method the effective method, in the case it was sent in
 * @param wireMethod the method of the request line; another one than {@code method} after a method override
 * @param scheme in lower case
 * @param host {@code host[:port]} in lower case, without the scheme's default port
 * @param path raw, as sent, begins with a slash
 * @param query raw, as sent, without the question mark; null if there was none
 * @param fields the field lines as sent
 * @param principal the caller's name after authentication and authorization, null if there is no caller principal
 * @param body whether the request has a body
 */
public record RequestFacts(
        String method,
        String wireMethod,
        String scheme,
        String host,
        String path,
        @Nullable String query,
        Fields fields,
        @Nullable String principal,
        boolean body) {

    /**
     * The host of an authority, so that two that mean the same are equal (RFC 9110 §4.2.3).
     *
     * @param scheme in lower case
     * @param authority {@code user@host:port} as sent
     * @return {@code host[:port]} in lower case, without user, empty port and the scheme's default port
     */
    public static String host(String scheme, String authority) {
        String host = Fields.lowerCase(authority.substring(authority.lastIndexOf('@') + 1));
        for (String port : List.of(":", scheme.equals("https") ? ":443" : ":80")) {
            if (host.endsWith(port)) {
                return host.substring(0, host.length() - port.length());
            }
        }
        return host;
    }

    /**
     * The target URI.
     *
     * @return {@code scheme://host/path?query}
     */
    public String uri() {
        return query == null ? resource() : resource() + '?' + query;
    }

    /**
     * The target URI without its query: what an unsafe method invalidates.
     *
     * @return {@code scheme://host/path}
     */
    public String resource() {
        return scheme + "://" + host + path;
    }

    /**
     * The query without the parameters of other names; values and order as sent.
     *
     * @param names the names to keep, decoded; empty for all
     * @return null if there is no query, or nothing is left of it
     */
    public @Nullable String query(List<String> names) {
        if (query == null || names.isEmpty()) {
            return query;
        }
        String kept = QueryParameters.only(query, names);
        return kept.isEmpty() ? null : kept;
    }

    /**
     * Whether it is a HEAD request. Jersey presents it to filters as a GET; only the method on the wire shows it then.
     */
    public boolean isHead() {
        return "HEAD".equals(wireMethod) && ("HEAD".equals(method) || "GET".equals(method));
    }

    /** Whether the request carries credentials, or has a principal. */
    public boolean isAuthenticated() {
        return principal != null || fields.contains("Authorization");
    }

    /**
     * The same request, with a body unless its fields say that there is none: HTTP/2 needs no field for a body (RFC
     * 9113 §8.1.1).
     *
     * @return facts with a body, unless the fields say how long it is
     */
    public RequestFacts withBodyUnlessSaid() {
        return fields.contains("Content-Length")
                ? this
                : new RequestFacts(method, wireMethod, scheme, host, path, query, fields, principal, true);
    }

    /** Without the principal and the values of the fields. */
    @Override
    public String toString() {
        return method + ' ' + uri();
    }
}
