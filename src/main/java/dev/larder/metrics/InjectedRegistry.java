package dev.larder.metrics;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** An injection point for the registry of the application. No bean. */
class InjectedRegistry {

    @Inject
    @Nullable
    MetricRegistry registry;

    MetricRegistry registry() {
        return requireNonNull(registry, "the registry");
    }
}
