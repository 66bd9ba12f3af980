package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** What only the servlet API knows of a request. Loaded only where there is one. */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) {

    /** What was there when the request was captured. */
    record Before(String method, int cookies, boolean session) {}

    Before before() {
        return new Before(request.getMethod(), response.getHeaders("Set-Cookie").size(), session() != null);
    }

    /** Whether a cookie was set or a session created since. */
    boolean cookieSince(Before before) {
        return response.getHeaders("Set-Cookie").size() > before.cookies || (!before.session && session() != null);
    }

    private @Nullable HttpSession session() {
        return request.getSession(false);
    }
}
