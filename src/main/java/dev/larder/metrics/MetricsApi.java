package dev.larder.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The APIs of metrics, in the order of {@link MetricsChoice#AUTO}. */
enum MetricsApi {
    OPENTELEMETRY(MetricsChoice.OPENTELEMETRY, "io.opentelemetry.api.OpenTelemetry") {
        @Override
        @Nullable
        Meters find(MetricsServer server) {
            return OpenTelemetryMeters.find(server);
        }
    },
    MICROMETER(MetricsChoice.MICROMETER, "io.micrometer.core.instrument.MeterRegistry") {
        @Override
        @Nullable
        Meters find(MetricsServer server) {
            return MicrometerMeters.find(server);
        }
    },
    MICROPROFILE(MetricsChoice.MICROPROFILE, "org.eclipse.microprofile.metrics.MetricRegistry") {
        @Override
        @Nullable
        Meters find(MetricsServer server) {
            return MicroProfileMeters.find(server);
        }
    };

    private static final System.Logger LOG = System.getLogger("dev.larder.metrics");

    private final MetricsChoice choice;
    private final String type;

    MetricsApi(MetricsChoice choice, String type) {
        this.choice = choice;
        this.type = type;
    }

    /** Reports nothing yet; null if the server does not have this API, or has it switched off. */
    abstract @Nullable Meters find(MetricsServer server);

    /** The same, on any server. */
    private @Nullable Meters findIfPresent(MetricsServer server) {
        try {
            Class.forName(type, false, MetricsApi.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
        try {
            return find(server);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "The server has " + type + ", but Larder cannot use it", e);
            return null;
        }
    }

    static @Nullable Meters open(MetricsChoice choice, MetricsServer server, Consumer<String> problems) {
        if (choice == MetricsChoice.NONE) {
            return null;
        }
        List<String> present = new ArrayList<>();
        for (MetricsApi api : values()) {
            Meters meters = api.findIfPresent(server);
            if (meters != null && (choice == MetricsChoice.AUTO || choice == api.choice)) {
                LOG.log(System.Logger.Level.DEBUG, "Metrics are reported to {0}", api.choice.text());
                return meters;
            }
            if (meters != null) {
                present.add(api.choice.text());
            }
        }
        if (choice != MetricsChoice.AUTO) {
            problems.accept("The configuration key cache.metrics is '" + choice.text() + "', but this server has no "
                    + valueOf(choice.name()).type + " that reports. It has: "
                    + (present.isEmpty() ? "none" : String.join(", ", present))
                    + ". Set cache.metrics to what it has, or to auto, or switch " + choice.text()
                    + " on in the server");
        }
        return null;
    }
}
