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
 * Notes the servlet request and response before Larder's other filters run. This is the only provider with fields of servlet
 * types, so it may be registered only if {@link #isPossible}. It must be registered as a class, since Jersey does not inject
 * into an instance that is registered for a method.
 */
@Priority(Integer.MAX_VALUE - 1)
public final class ServletCapture implements ContainerRequestFilter {

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable HttpServletResponse response;

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

    /**
     * The object behind a proxy of CXF. On the thread of an asynchronous response, the proxy itself finds nothing.
     */
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
