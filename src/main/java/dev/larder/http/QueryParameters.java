package dev.larder.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;

/** Selects the parameters of a query that are part of a key. */
final class QueryParameters {

    private QueryParameters() {}

    /**
     * The parameters of some names, in the order in which they were sent. Names are compared decoded, so {@code %61=1}
     * is {@code a=1}; values stay as they were sent.
     *
     * @param names the names to keep, decoded
     * @return {@code name=value&name=value}, empty if there is none of them; equal for two queries only if they give
     *     these parameters the same values
     */
    public static String only(String query, List<String> names) {
        StringBuilder kept = new StringBuilder();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (names.contains(name)) {
                kept.append(kept.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, UTF_8))
                        .append(equals < 0 ? "" : parameter.substring(equals));
            }
        }
        return kept.toString();
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // a percent sign that encodes nothing is itself
        }
    }
}
