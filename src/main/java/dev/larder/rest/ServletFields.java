package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.response.SideEffects;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects what a resource method sets by the servlet API instead of Jakarta REST: header fields, cookies, a session.
 */
final class ServletFields implements SideEffects {

    private final @Nullable ServletExchange servlet;

    private volatile ServletExchange.@Nullable Before before;
    private volatile @Nullable Map<String, List<String>> set;
    private volatile @Nullable Boolean content;

    /** Watches a request; null where there is no servlet API. */
    ServletFields(@Nullable ServletExchange servlet) {
        this.servlet = servlet;
    }

    /**
     * What {@link ServletCapture} noted of a request; null where there is no servlet. Not in {@link ServletExchange}, which
     * cannot even be linked without the servlet API.
     */
    static @Nullable ServletExchange noted(ContainerRequestContext request) {
        return (ServletExchange) request.getProperty(ServletExchange.PROPERTY);
    }

    @Nullable
    ServletExchange exchange() {
        return servlet;
    }

    @Override
    public void begin() {
        ServletExchange its = servlet;
        before = its == null ? null : its.before();
    }

    @Override
    public void end() {
        set = changes();
        content = isContentSetByNow();
    }

    /** The fields that the resource method set. */
    Fields set() {
        Map<String, List<String>> known = set;
        return Fields.of(known == null ? changes() : known);
    }

    private Map<String, List<String>> changes() {
        ServletExchange its = servlet;
        ServletExchange.Before known = before;
        return its == null || known == null ? Map.of() : its.changesSince(known);
    }

    /** Whether the resource method set the type, the encoding or the locale of the body. */
    boolean isContentSet() {
        Boolean known = content;
        return known == null ? isContentSetByNow() : known;
    }

    private boolean isContentSetByNow() {
        ServletExchange its = servlet;
        ServletExchange.Before known = before;
        return its != null && known != null && its.isContentSet(known);
    }

    /** Whether a cookie was set, or a session created, since the resource method began. */
    boolean isCookieSet() {
        ServletExchange its = servlet;
        ServletExchange.Before known = before;
        return its != null && known != null && its.hasNewCookie(known);
    }
}
