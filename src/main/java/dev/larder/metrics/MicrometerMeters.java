package dev.larder.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Micrometer. Its counters and gauges read the counts. */
final class MicrometerMeters implements Meters {

    /** Keeps what is read, too: a counter refers to it weakly. */
    private record Added(Meter meter, LongSupplier read) {}

    private final MeterRegistry registry;
    private final Queue<Added> added = new ConcurrentLinkedQueue<>();

    MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    static @Nullable Meters find(MetricsServer server) {
        return server.bean(MeterRegistry.class) instanceof MeterRegistry registry
                ? new MicrometerMeters(registry)
                : null;
    }

    private static Tags tags(Map<String, String> tags) {
        return Tags.of(tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList());
    }

    @Override
    public boolean has(Metric metric, Map<String, String> tags) {
        return registry.find(metric.title()).tags(tags(tags)).meter() != null;
    }

    @Override
    public LongConsumer addCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        addReadCounter(metric, tags, count);
        return READ;
    }

    @Override
    public void addReadCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        added.add(new Added(
                FunctionCounter.builder(metric.title(), count, LongSupplier::getAsLong)
                        .tags(tags(tags))
                        .description(metric.description())
                        .register(registry),
                count));
    }

    @Override
    public void addGauge(Metric metric, Map<String, String> tags, LongSupplier value) {
        added.add(new Added(
                Gauge.builder(metric.title(), value, LongSupplier::getAsLong)
                        .tags(tags(tags))
                        .description(metric.description())
                        .register(registry),
                value));
    }

    @Override
    public LongConsumer addTimer(Metric metric, Map<String, String> tags) {
        Timer timer = Timer.builder(metric.title())
                .tags(tags(tags))
                .description(metric.description())
                .register(registry);
        added.add(new Added(timer, () -> 0));
        return nanos -> timer.record(Duration.ofNanos(nanos));
    }

    @Override
    public void close() {
        for (Added each = added.poll(); each != null; each = added.poll()) {
            registry.remove(each.meter());
        }
    }
}
