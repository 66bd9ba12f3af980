package dev.larder.rest;

import jakarta.ws.rs.container.ContainerResponseContext;
import java.lang.annotation.Annotation;

/** What RESTEasy (WildFly) shows in its own way. */
final class Resteasy {

    private static final Annotation[] NONE = {};

    private Resteasy() {}

    /** The annotations of a stored entity: RESTEasy shows none for an answer that comes later. */
    static Annotation[] annotations(EmptyAnswer empty, ContainerResponseContext response) {
        return empty.mayComeLater() && isOf(response) ? NONE : empty.entityAnnotations();
    }

    private static boolean isOf(ContainerResponseContext response) {
        return response.getClass().getName().startsWith("org.jboss.resteasy.");
    }

    /**
     * Whether a response is one that a resource method resumed, or that its stage completed with. RESTEasy drops the method's
     * annotations from such a response, so it looks like the response of an exception mapper; but RESTEasy writes the latter
     * in a method of its own.
     */
    static boolean isAnsweringLater(ContainerResponseContext response) {
        return isOf(response)
                && StackWalker.getInstance()
                        .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                                .noneMatch(name ->
                                        name.equals("writeException") || name.equals("asynchronousExceptionDelivery")));
    }
}
