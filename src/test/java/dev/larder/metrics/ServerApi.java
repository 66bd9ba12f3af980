package dev.larder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.smallrye.metrics.MetricRegistries;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** A server with some of the APIs of metrics, each a real implementation, and what they report. */
final class ServerApi implements MetricsServer {

    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SimpleMeterRegistry micrometer = new SimpleMeterRegistry();
    private final MetricRegistry microProfile = MetricRegistries.get(MetricRegistry.Type.APPLICATION);

    static ServerApi having(MetricsChoice... apis) {
        ServerApi server = new ServerApi();
        for (MetricsChoice api : apis) {
            switch (api) {
                case OPENTELEMETRY ->
                    server.beans.put(
                            OpenTelemetry.class,
                            OpenTelemetrySdk.builder()
                                    .setMeterProvider(SdkMeterProvider.builder()
                                            .registerMetricReader(server.reader)
                                            .build())
                                    .build());
                case MICROMETER -> server.beans.put(MeterRegistry.class, server.micrometer);
                case MICROPROFILE -> server.beans.put(MetricRegistry.class, server.microProfile);
                default -> throw new IllegalArgumentException(api + " is no API");
            }
        }
        return server;
    }

    ServerApi with(Class<?> type, Object bean) {
        beans.put(type, bean);
        return this;
    }

    @Override
    public @Nullable Object bean(Class<?> type) {
        return beans.get(type);
    }

    @Override
    public <T> T injected(Class<T> type) {
        if (!(beans.get(MetricRegistry.class) instanceof MetricRegistry registry)) {
            throw new IllegalStateException("unsatisfied dependency");
        }
        InjectedRegistry injected = new InjectedRegistry();
        injected.registry = registry;
        return type.cast(injected);
    }

    /** All series of Larder's, by name and tags: {@code cache.puts{application=shop, cache=default}}. Durations by their count. */
    Map<String, Long> reported() {
        Map<String, Long> all = new TreeMap<>();
        reader.collectAllMetrics().forEach(metric -> addAll(metric, all));
        micrometer.getMeters().forEach(meter -> {
            Map<String, String> tags = new TreeMap<>();
            meter.getId().getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
            double value = meter instanceof Timer timer
                    ? timer.count()
                    : meter.measure().iterator().next().getValue();
            all.put(meter.getId().getName() + tags, (long) value);
        });
        microProfile.getMetrics().forEach((id, metric) -> {
            long value = metric instanceof Counter counter
                    ? counter.getCount()
                    : metric instanceof Gauge<?> gauge
                            ? ((Number) gauge.getValue()).longValue()
                            : ((org.eclipse.microprofile.metrics.Timer) metric).getCount();
            all.put(id.getName() + new TreeMap<>(id.getTags()), value);
        });
        return all;
    }

    private static void addAll(MetricData metric, Map<String, Long> all) {
        metric.getLongSumData()
                .getPoints()
                .forEach(point -> all.put(name(metric, point.getAttributes()), point.getValue()));
        metric.getLongGaugeData()
                .getPoints()
                .forEach(point -> all.put(name(metric, point.getAttributes()), point.getValue()));
        metric.getHistogramData()
                .getPoints()
                .forEach(point -> all.put(name(metric, point.getAttributes()), point.getCount()));
    }

    private static String name(MetricData metric, Attributes attributes) {
        Map<String, String> tags = new TreeMap<>();
        attributes.forEach((key, value) -> tags.put(key.getKey(), value.toString()));
        return metric.getName() + tags;
    }

    /** The durations of OpenTelemetry in seconds. */
    double seconds() {
        return reader.collectAllMetrics().stream()
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .mapToDouble(point -> point.getSum())
                .sum();
    }
}
