package dev.larder.rest;

import org.jspecify.annotations.Nullable;

/** Tells whether a cookie was set or a session created while a response was recorded. */
final class CookieWatch {

    private final @Nullable ServletExchange servlet;

    private volatile ServletExchange.@Nullable Before before;

    /** Watches a request; null where there is no servlet API. */
    CookieWatch(@Nullable ServletExchange servlet) {
        this.servlet = servlet;
    }

    /** Looks what is there already: dear, and needed only for a response that may be stored. */
    void begin() {
        ServletExchange its = servlet;
        before = its == null ? null : its.before();
    }

    /** Whether there is more now; asked with the servlet API as the filter of the response sees it. */
    boolean isCookieSet(@Nullable ServletExchange now) {
        ServletExchange.Before known = before;
        return now != null && known != null && now.cookieSince(known);
    }
}
