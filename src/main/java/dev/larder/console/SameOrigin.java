package dev.larder.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Decides whether a request comes from a page of this application, as far as browsers say so. */
final class SameOrigin {

    private SameOrigin() {}

    /**
     * Whether {@code Origin} and {@code Sec-Fetch-Site} both say so. One of them may be absent: browsers send {@code
     * Sec-Fetch-Site} only by https and to localhost.
     */
    static boolean sent(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        return origin == null ? site != null : isHost(origin, request);
    }

    /** A proxy may have ended TLS, so an origin by https may arrive by http, but not the other way round. */
    private static boolean isHost(String origin, HttpServletRequest request) {
        String text = origin.toLowerCase(Locale.ROOT);
        boolean https = text.startsWith("https://");
        if (!https && (request.isSecure() || !text.startsWith("http://"))) {
            return false;
        }
        String port = https ? ":443" : ":80";
        String host = request.getHeader("Host");
        return host != null
                && withoutPort(text.substring(text.indexOf("//") + 2), port)
                        .equals(withoutPort(host.toLowerCase(Locale.ROOT), port));
    }

    private static String withoutPort(String authority, String port) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }
}
