package dev.larder.rest;

import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Set;

/**
 * Detects whether a {@code WriterInterceptor} of the application takes part in writing a body. No API lists those that do,
 * so this inspects the call stack.
 */
final class WriterInterceptors {

    private static final StackWalker STACK = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private WriterInterceptors() {}

    /** Whether one of the application takes part. Must be called by the innermost {@code WriterInterceptor}. */
    static boolean areOfApplication() {
        return STACK.walk(frames ->
                frames.map(StackWalker.StackFrame::getDeclaringClass).anyMatch(WriterInterceptors::isOfApplication));
    }

    private static boolean isOfApplication(Class<?> type) {
        return WriterInterceptor.class.isAssignableFrom(type)
                && type.getPackage() != WriterInterceptors.class.getPackage()
                && type.getClassLoader() != WriterInterceptor.class.getClassLoader()
                && !isOfServer(type.getName());
    }

    private static boolean isOfServer(String name) {
        return name.startsWith("org.jboss.resteasy.")
                || name.startsWith("org.glassfish.jersey.")
                || name.startsWith("org.apache.cxf.");
    }
}
