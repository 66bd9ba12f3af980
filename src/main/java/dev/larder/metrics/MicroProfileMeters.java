package dev.larder.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Metrics 4.0 to 5.1: uses only what is in all of these. Its counters cannot read a count, so events add to
 * them. A count that no event adds to is a gauge.
 */
final class MicroProfileMeters implements Meters {

    private static final System.Logger LOG = System.getLogger("dev.larder.metrics");

    private final MetricRegistry registry;
    private final Queue<MetricID> added = new ConcurrentLinkedQueue<>();

    MicroProfileMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    /**
     * Payara has a producer that needs an injection point, so the registry cannot be looked up. SmallRye (TomEE) has one for
     * all applications, and drops it when one that has called the injected proxy leaves, with the series of all others. So
     * that proxy only shows that there is a registry, and is never called.
     */
    static Meters find(MetricsServer server) {
        MetricRegistry injected = server.injected(InjectedRegistry.class).registry();
        MetricRegistry shared = ofSmallRye();
        return new MicroProfileMeters(shared == null ? injected : shared);
    }

    private static @Nullable MetricRegistry ofSmallRye() {
        ClassLoader loader = MetricRegistry.class.getClassLoader();
        try {
            Class<?> type = Class.forName("org.eclipse.microprofile.metrics.MetricRegistry$Type", false, loader);
            Object application = type.getField("APPLICATION").get(null);
            return (MetricRegistry) Class.forName("io.smallrye.metrics.MetricRegistries", false, loader)
                    .getMethod("get", type)
                    .invoke(null, application);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(System.Logger.Level.DEBUG, "Not MicroProfile Metrics 4.0 of SmallRye", e);
            return null;
        }
    }

    private static Tag[] tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toArray(Tag[]::new);
    }

    private static Metadata metadata(Metric metric, String unit) {
        return Metadata.builder()
                .withName(metric.title())
                .withDescription(metric.description())
                .withUnit(unit)
                .build();
    }

    private Tag[] remembered(Metric metric, Map<String, String> tags) {
        Tag[] converted = tags(tags);
        added.add(new MetricID(metric.title(), converted));
        return converted;
    }

    @Override
    public boolean has(Metric metric, Map<String, String> tags) {
        return registry.getGauge(new MetricID(metric.title(), tags(tags))) != null;
    }

    @Override
    public LongConsumer addCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        Counter counter = registry.counter(metadata(metric, MetricUnits.NONE), remembered(metric, tags));
        return counter::inc;
    }

    @Override
    public void addReadCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        addGauge(metric, tags, count);
    }

    @Override
    public void addGauge(Metric metric, Map<String, String> tags, LongSupplier value) {
        registry.gauge(metadata(metric, MetricUnits.NONE), value::getAsLong, remembered(metric, tags));
    }

    @Override
    public LongConsumer addTimer(Metric metric, Map<String, String> tags) {
        Timer timer = registry.timer(metadata(metric, MetricUnits.NANOSECONDS), remembered(metric, tags));
        return nanos -> timer.update(Duration.ofNanos(nanos));
    }

    @Override
    public void close() {
        for (MetricID id = added.poll(); id != null; id = added.poll()) {
            registry.remove(id);
        }
    }
}
