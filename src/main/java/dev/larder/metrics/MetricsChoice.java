package dev.larder.metrics;

import java.util.Locale;

/** The value of {@code cache.metrics}: which API receives the metrics. */
public enum MetricsChoice {
    /** The first of the next three that the server has. */
    AUTO,
    /** A bean of type {@code io.opentelemetry.api.OpenTelemetry} that is not switched off. */
    OPENTELEMETRY,
    /** A bean of type {@code io.micrometer.core.instrument.MeterRegistry}. */
    MICROMETER,
    /** An injectable {@code org.eclipse.microprofile.metrics.MetricRegistry}, of MicroProfile Metrics 4.0 to 5.1. */
    MICROPROFILE,
    /** No metrics. */
    NONE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
