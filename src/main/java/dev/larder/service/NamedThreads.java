package dev.larder.service;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Creates daemon threads whose names have a common prefix, with the context class loader of the thread that created this
 * factory. They are virtual if the runtime has virtual threads.
 */
final class NamedThreads implements ThreadFactory {

    private static final @Nullable ThreadFactory VIRTUAL = virtual();

    private final String prefix;
    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger number = new AtomicInteger();

    NamedThreads(String prefix) {
        this.prefix = prefix;
    }

    static boolean areVirtual() {
        return VIRTUAL != null;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = VIRTUAL == null ? new Thread(null, task, "", 0, false) : VIRTUAL.newThread(task);
        thread.setName(prefix + number.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(application);
        return thread;
    }

    /** By reflection, as this is compiled for Java 17. */
    private static @Nullable ThreadFactory virtual() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
