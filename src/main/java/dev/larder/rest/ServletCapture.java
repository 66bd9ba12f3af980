package dev.larder.rest;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Notes the servlet's request and response before the other filters of Larder run. The one provider with types of the
 * servlet API in its fields, so it must be registered only where {@link #isPossible}; and as a class, since Jersey injects
 * into no instance that is registered for a method.
 */
@Priority(Integer.MAX_VALUE - 1)
public final class ServletCapture implements ContainerRequestFilter {

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable HttpServletResponse response;

    /** For the server. */
    public ServletCapture() {}

    /** Whether this server has the servlet API. */
    public static boolean isPossible() {
        try {
            Class.forName("jakarta.servlet.http.HttpServletResponse", false, ServletCapture.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public void filter(ContainerRequestContext context) {
        HttpServletRequest servletRequest = behindProxy(request, HttpServletRequest.class);
        HttpServletResponse servletResponse = behindProxy(response, HttpServletResponse.class);
        if (servletRequest != null && servletResponse != null) {
            context.setProperty(ServletExchange.PROPERTY, new ServletExchange(servletRequest, servletResponse));
        }
    }

    /** CXF injects proxies that lead nowhere on the thread of an asynchronous response; behind them is what lasts. */
    private static <T> @Nullable T behindProxy(@Nullable T injected, Class<T> type) {
        if (injected == null || !injected.getClass().getName().startsWith("org.apache.cxf.")) {
            return injected;
        }
        try {
            Method get = injected.getClass().getMethod("get");
            return type.cast(get.invoke(injected));
        } catch (ReflectiveOperationException | ClassCastException e) {
            return injected; // no proxy
        }
    }
}
