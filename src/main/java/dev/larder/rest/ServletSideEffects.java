package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.response.SideEffects;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Detects what a resource method sets by the servlet API instead of Jakarta REST: header fields, cookies, a session. */
final class ServletSideEffects implements SideEffects {

    private final @Nullable ServletExchange servlet;

    private volatile ServletExchange.@Nullable Before before;
    private volatile @Nullable Map<String, List<String>> fields;
    private volatile @Nullable Boolean contentSet;

    /** For one request; {@code servlet} is null without the servlet API. */
    ServletSideEffects(@Nullable ServletExchange servlet) {
        this.servlet = servlet;
    }

    /**
     * The servlet request and response that {@link ServletCapture} noted; null if there are none. This is not a method of
     * {@link ServletExchange}, which cannot be linked without the servlet API.
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
        fields = changes();
        contentSet = isContentSetSoFar();
    }

    /** The fields that the resource method set. */
    Fields fields() {
        Map<String, List<String>> atEnd = fields;
        return Fields.of(atEnd == null ? changes() : atEnd);
    }

    private Map<String, List<String>> changes() {
        ServletExchange its = servlet;
        ServletExchange.Before atBegin = before;
        return its == null || atBegin == null ? Map.of() : its.changesSince(atBegin);
    }

    /** Whether the resource method set the type, the encoding or the locale of the body. */
    boolean isContentSet() {
        Boolean atEnd = contentSet;
        return atEnd == null ? isContentSetSoFar() : atEnd;
    }

    private boolean isContentSetSoFar() {
        ServletExchange its = servlet;
        ServletExchange.Before atBegin = before;
        return its != null && atBegin != null && its.isContentSet(atBegin);
    }

    /** Whether a cookie was set, or a session created, since the resource method began. */
    boolean isCookieSet() {
        ServletExchange its = servlet;
        ServletExchange.Before atBegin = before;
        return its != null && atBegin != null && its.hasNewCookie(atBegin);
    }
}
