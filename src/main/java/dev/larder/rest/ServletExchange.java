package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** What only the servlet API knows of a request. Loaded only where there is one. */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) {

    /** What was there before the resource method ran. */
    record Before(int headers, @Nullable UndertowCookies undertow, int cookies) {}

    /** The method of the request line. */
    String method() {
        return request.getMethod();
    }

    /** Whether its fields tell of a body, as those of HTTP/1 do: later versions need none for it (RFC 9113 §8.1.1). */
    boolean isFramedByFields() {
        return request.getProtocol().startsWith("HTTP/1.");
    }

    Before before() {
        UndertowCookies undertow = UndertowCookies.of(request);
        return new Before(headers(), undertow, undertow == null ? 0 : undertow.count());
    }

    /** Whether a cookie was set since, or a session created during the request. */
    boolean cookieSince(Before before) {
        return headers() > before.headers
                || isSessionNew()
                || (before.undertow != null && before.undertow.count() > before.cookies);
    }

    private int headers() {
        return response.getHeaders("Set-Cookie").size();
    }

    private boolean isSessionNew() {
        HttpSession session = request.getSession(false);
        return session != null && session.isNew();
    }
}
