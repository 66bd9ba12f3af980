package dev.larder.rest;

import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Set;

/**
 * Tells whether interceptors of the application take part in writing a body. No API tells which of the registered ones do, so
 * the stack does.
 */
final class WriterInterceptors {

    private static final StackWalker STACK = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private WriterInterceptors() {}

    /** Asked by the innermost one. */
    static boolean areOfApplication() {
        return STACK.walk(frames ->
                frames.map(StackWalker.StackFrame::getDeclaringClass).anyMatch(WriterInterceptors::isApplications));
    }

    private static boolean isApplications(Class<?> type) {
        return WriterInterceptor.class.isAssignableFrom(type)
                && type.getPackage() != BodyInterceptor.class.getPackage()
                && type.getClassLoader() != WriterInterceptor.class.getClassLoader()
                && !isServers(type.getName());
    }

    private static boolean isServers(String name) {
        return name.startsWith("org.jboss.resteasy.")
                || name.startsWith("org.glassfish.jersey.")
                || name.startsWith("org.apache.cxf.");
    }
}
