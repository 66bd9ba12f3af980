package dev.larder.rest;

import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Set;

/**
 * Tells whether interceptors of the application stand between the first and the last interceptor of a body. No API tells
 * which of the registered ones take part in an answer, so the stack does.
 */
final class InterceptorsBetween {

    private static final StackWalker STACK = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private InterceptorsBetween() {}

    /** Asked by the last one, below the first. */
    static boolean any() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .takeWhile(type -> type != CommitInterceptor.class)
                .anyMatch(InterceptorsBetween::isApplications));
    }

    private static boolean isApplications(Class<?> type) {
        return WriterInterceptor.class.isAssignableFrom(type)
                && type != BodyInterceptor.class
                && type.getClassLoader() != WriterInterceptor.class.getClassLoader()
                && !isServers(type.getName());
    }

    private static boolean isServers(String name) {
        return name.startsWith("org.jboss.resteasy.")
                || name.startsWith("org.glassfish.jersey.")
                || name.startsWith("org.apache.cxf.");
    }
}
