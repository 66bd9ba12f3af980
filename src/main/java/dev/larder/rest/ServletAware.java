package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * A filter that sees the servlet's request and response. Each has its own: what CXF injects is that of the thread it injects
 * on, and an asynchronous response comes from another one.
 */
abstract class ServletAware {

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Context
    private @Nullable HttpServletResponse servletResponse;

    /** The current exchange, or null if this server has none. */
    final @Nullable ServletExchange servlet() {
        return servletRequest == null || servletResponse == null
                ? null
                : new ServletExchange(servletRequest, servletResponse);
    }
}
