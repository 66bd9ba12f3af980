package dev.larder.rest;

import jakarta.ws.rs.container.ContainerResponseContext;
import java.lang.annotation.Annotation;

/** What only RESTEasy (WildFly) does. */
final class Resteasy {

    private static final Annotation[] NONE = {};

    private Resteasy() {}

    /** The annotations of a stored entity. RESTEasy shows none for an asynchronous response. */
    static Annotation[] annotations(Placeholder placeholder, ContainerResponseContext response) {
        return placeholder.isAsync() && isOf(response) ? NONE : placeholder.entityAnnotations();
    }

    private static boolean isOf(ContainerResponseContext response) {
        return response.getClass().getName().startsWith("org.jboss.resteasy.");
    }

    /**
     * Whether a resource method resumed a response, or completed its stage with it. RESTEasy drops the method's annotations
     * from such a response, so it looks like that of an exception mapper. But RESTEasy writes the latter in a method of its
     * own.
     */
    static boolean isAsyncResponse(ContainerResponseContext response) {
        return isOf(response)
                && StackWalker.getInstance()
                        .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                                .noneMatch(name ->
                                        name.equals("writeException") || name.equals("asynchronousExceptionDelivery")));
    }
}
