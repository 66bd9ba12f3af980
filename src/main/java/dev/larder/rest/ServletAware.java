package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * A filter or feature that sees the servlet's request and response. Each filter has its own, since what CXF injects is that
 * of the thread it injects on, and an asynchronous response comes from another one. Jersey injects into a feature, but not
 * into the filters that it registers for a method: they use the feature's.
 */
public abstract class ServletAware {

    private final @Nullable ServletAware otherwise;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Context
    private @Nullable HttpServletResponse servletResponse;

    /**
     * Makes it.
     *
     * @param otherwise who to ask if the server injects nothing here
     */
    protected ServletAware(@Nullable ServletAware otherwise) {
        this.otherwise = otherwise;
    }

    /** The current request and response, or null if this server has none. */
    final @Nullable ServletExchange servlet() {
        if (servletRequest != null && servletResponse != null) {
            return new ServletExchange(servletRequest, servletResponse);
        }
        return otherwise == null ? null : otherwise.servlet();
    }
}
