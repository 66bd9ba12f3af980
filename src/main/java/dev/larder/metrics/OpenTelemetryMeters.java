package dev.larder.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry. Its asynchronous instruments read the counts when they are exported. */
final class OpenTelemetryMeters implements Meters {

    private static final System.Logger LOG = System.getLogger("dev.larder.metrics");
    private static final String SCOPE = "dev.larder";
    private static final double NANOS_PER_SECOND = 1e9;

    /** From 1 ms to 10 s. Those of OpenTelemetry are meant for milliseconds. */
    private static final List<Double> SECONDS =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private record Series(Attributes attributes, LongSupplier value) {}

    private final Meter meter;
    private final Map<Metric, Queue<Series>> series = new EnumMap<>(Metric.class);
    private final List<AutoCloseable> instruments = new ArrayList<>();
    private @Nullable DoubleHistogram durations;

    OpenTelemetryMeters(Meter meter) {
        this.meter = meter;
    }

    /** Null if there is no bean, or if it reports nothing: it is switched off, or has no exporter of metrics. */
    static @Nullable Meters find(MetricsServer server) {
        if (!(server.bean(OpenTelemetry.class) instanceof OpenTelemetry telemetry)) {
            return null;
        }
        Meter meter = telemetry.getMeterProvider().meterBuilder(SCOPE).build();
        boolean off = meter.getClass() == MeterProvider.noop().get(SCOPE).getClass();
        return off ? null : new OpenTelemetryMeters(meter);
    }

    private static Attributes attributes(Map<String, String> tags) {
        AttributesBuilder attributes = Attributes.builder();
        tags.forEach(attributes::put);
        return attributes.build();
    }

    /** False: the observers of several deployments add to one instrument, and each deployment has an SDK of its own. */
    @Override
    public boolean has(Metric metric, Map<String, String> tags) {
        return false;
    }

    @Override
    public LongConsumer addCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        addReadCounter(metric, tags, count);
        return READ;
    }

    @Override
    public void addReadCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        add(
                metric,
                tags,
                count,
                observer -> meter.counterBuilder(metric.title())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .buildWithCallback(observer));
    }

    @Override
    public void addGauge(Metric metric, Map<String, String> tags, LongSupplier value) {
        add(
                metric,
                tags,
                value,
                observer -> meter.gaugeBuilder(metric.title())
                        .ofLongs()
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .buildWithCallback(observer));
    }

    private synchronized void add(
            Metric metric,
            Map<String, String> tags,
            LongSupplier value,
            Function<Consumer<ObservableLongMeasurement>, AutoCloseable> instrument) {
        Queue<Series> ofMetric = series.get(metric);
        if (ofMetric == null) {
            Queue<Series> created = new ConcurrentLinkedQueue<>();
            instruments.add(instrument.apply(measurement ->
                    created.forEach(each -> measurement.record(each.value().getAsLong(), each.attributes()))));
            series.put(metric, created);
            ofMetric = created;
        }
        ofMetric.add(new Series(attributes(tags), value));
    }

    @Override
    public LongConsumer addTimer(Metric metric, Map<String, String> tags) {
        DoubleHistogram histogram = durations(metric);
        Attributes attributes = attributes(tags);
        return nanos -> histogram.record(nanos / NANOS_PER_SECOND, attributes);
    }

    private synchronized DoubleHistogram durations(Metric metric) {
        DoubleHistogram present = durations;
        if (present == null) {
            DoubleHistogramBuilder builder = meter.histogramBuilder(metric.title())
                    .setUnit(metric.unit())
                    .setDescription(metric.description());
            try {
                builder.setExplicitBucketBoundariesAdvice(SECONDS);
            } catch (NoSuchMethodError before132) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "This version of OpenTelemetry takes no advice on buckets",
                        before132);
            }
            present = builder.build();
            durations = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable instrument : instruments) {
            try {
                instrument.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "OpenTelemetry keeps an observer", e);
            }
        }
        instruments.clear();
        series.clear();
    }
}
