package dev.larder.rest;

import jakarta.ws.rs.container.ContainerResponseContext;

/** What RESTEasy (WildFly) shows in its own way. */
final class Resteasy {

    private Resteasy() {}

    /**
     * Whether a response is one that a resource method resumed, or that its stage completed with. RESTEasy drops the method's
     * annotations from such a response, so it looks like the response of an exception mapper; but RESTEasy writes the latter
     * in a method of its own.
     */
    static boolean isAnsweringLater(ContainerResponseContext response) {
        return response.getClass().getName().startsWith("org.jboss.resteasy.")
                && StackWalker.getInstance()
                        .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                                .noneMatch(name ->
                                        name.equals("writeException") || name.equals("asynchronousExceptionDelivery")));
    }
}
