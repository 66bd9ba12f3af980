package dev.larder.metrics;

import org.jspecify.annotations.Nullable;

/** The beans of the container that a deployment runs in. */
public interface MetricsServer {

    /** The bean of a type; null if there is none. */
    @Nullable
    Object bean(Class<?> type);

    /**
     * A new instance of a class, with its fields injected.
     *
     * @throws RuntimeException if the container cannot inject them
     */
    <T> T injected(Class<T> type);
}
