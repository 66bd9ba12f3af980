package dev.larder.metrics;

import static dev.larder.metrics.MetricsChoice.AUTO;
import static dev.larder.metrics.MetricsChoice.MICROMETER;
import static dev.larder.metrics.MetricsChoice.MICROPROFILE;
import static dev.larder.metrics.MetricsChoice.NONE;
import static dev.larder.metrics.MetricsChoice.OPENTELEMETRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which API receives the metrics. */
class MetricsApiTest {

    private final List<String> problems = new ArrayList<>();

    private Class<?> chosen(MetricsChoice choice, ServerApi server) {
        Meters meters = MetricsApi.open(choice, server, problems::add);
        return meters == null ? Void.class : meters.getClass();
    }

    @Test
    void the_first_that_the_server_has_in_the_order_opentelemetry_micrometer_microprofile() {
        assertThat(chosen(AUTO, ServerApi.having(OPENTELEMETRY, MICROMETER, MICROPROFILE)))
                .isEqualTo(OpenTelemetryMeters.class);
        assertThat(chosen(AUTO, ServerApi.having(MICROPROFILE, MICROMETER))).isEqualTo(MicrometerMeters.class);
        assertThat(chosen(AUTO, ServerApi.having(MICROPROFILE))).isEqualTo(MicroProfileMeters.class);
        assertThat(chosen(AUTO, ServerApi.having())).isEqualTo(Void.class);
        assertThat(problems).isEmpty();
    }

    @Test
    void the_one_that_configuration_names() {
        ServerApi all = ServerApi.having(OPENTELEMETRY, MICROMETER, MICROPROFILE);
        assertThat(chosen(OPENTELEMETRY, all)).isEqualTo(OpenTelemetryMeters.class);
        assertThat(chosen(MICROMETER, all)).isEqualTo(MicrometerMeters.class);
        assertThat(chosen(MICROPROFILE, all)).isEqualTo(MicroProfileMeters.class);
        assertThat(chosen(NONE, all)).isEqualTo(Void.class);
        assertThat(problems).isEmpty();
    }

    @Test
    void an_opentelemetry_that_is_switched_off_is_not_there() {
        assertThat(chosen(AUTO, ServerApi.having(MICROPROFILE).with(OpenTelemetry.class, OpenTelemetry.noop())))
                .isEqualTo(MicroProfileMeters.class);
        OpenTelemetrySdk withoutExporter = OpenTelemetrySdk.builder().build();
        assertThat(chosen(AUTO, ServerApi.having(MICROPROFILE).with(OpenTelemetry.class, withoutExporter)))
                .isEqualTo(MicroProfileMeters.class);
    }

    @Test
    void naming_one_that_the_server_does_not_have_is_a_problem() {
        assertThat(chosen(MICROMETER, ServerApi.having(OPENTELEMETRY, MICROPROFILE)))
                .isEqualTo(Void.class);
        assertThat(chosen(OPENTELEMETRY, ServerApi.having())).isEqualTo(Void.class);
        assertThat(problems)
                .containsExactly(
                        "The configuration key cache.metrics is 'micrometer', but this server has no"
                                + " io.micrometer.core.instrument.MeterRegistry that reports. It has: opentelemetry,"
                                + " microprofile. Set cache.metrics to what it has, or to auto, or switch micrometer on in"
                                + " the server",
                        "The configuration key cache.metrics is 'opentelemetry', but this server has no"
                                + " io.opentelemetry.api.OpenTelemetry that reports. It has: none. Set cache.metrics to"
                                + " what it has, or to auto, or switch opentelemetry on in the server");
    }

    @Test
    void an_api_that_fails_is_not_there() {
        ServerApi broken = ServerApi.having(MICROPROFILE).with(OpenTelemetry.class, failing());
        assertThat(chosen(AUTO, broken)).isEqualTo(MicroProfileMeters.class);
        assertThat(problems).isEmpty();
    }

    private static OpenTelemetry failing() {
        return new OpenTelemetry() {
            @Override
            public io.opentelemetry.api.trace.TracerProvider getTracerProvider() {
                throw new IllegalStateException("not started");
            }

            @Override
            public io.opentelemetry.api.metrics.MeterProvider getMeterProvider() {
                throw new IllegalStateException("not started");
            }

            @Override
            public io.opentelemetry.context.propagation.ContextPropagators getPropagators() {
                throw new IllegalStateException("not started");
            }
        };
    }
}
