package dev.larder.metrics;

import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import dev.larder.statistics.Statistics;
import dev.larder.statistics.StoreState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one deployment, from its start until {@link #close}. The series of a backend are those of its cached methods
 * and one of {@code ICacheService}, so that their sum is what the backend counts. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

    /** The tag {@code method} of what an application does by the service. */
    static final String SERVICE = "ICacheService";

    private static final int MAX_SAME_NAMES = 1000;

    private final @Nullable Meters meters;
    private final String application;
    private final LongSupplier nanos;
    private final Map<String, CacheEvents> methods = new ConcurrentHashMap<>();

    /**
     * Chooses the API. It is a problem if a named one is not there.
     *
     * @param application the name of the application
     * @param defaultBackend the name of a backend that every deployment has
     * @param nanos the time in nanoseconds, by which loads are measured
     * @param problems receives the problem
     */
    public static Metrics open(
            MetricsChoice choice,
            MetricsServer server,
            String application,
            String defaultBackend,
            LongSupplier nanos,
            Consumer<String> problems) {
        return new Metrics(MetricsApi.open(choice, server, problems), application, defaultBackend, nanos);
    }

    Metrics(@Nullable Meters meters, String application, String defaultBackend, LongSupplier nanos) {
        this.meters = meters == null ? null : new DeployedMeters(meters);
        this.nanos = nanos;
        this.application = this.meters == null ? application : free(this.meters, application, defaultBackend);
    }

    /** The name of the application; if another deployment reports under it, followed by {@code #2} or the next free number. */
    private static String free(Meters meters, String application, String backend) {
        String name = application;
        for (int number = 2;
                number <= MAX_SAME_NAMES && meters.has(Metric.BREAKER_OPEN, backendTags(name, backend));
                number++) {
            name = application + "#" + number;
        }
        return name;
    }

    private static Map<String, String> backendTags(String application, String backend) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("application", application);
        tags.put("cache", backend);
        return tags;
    }

    /** Receives what a backend does for the service, and its failures. */
    public CacheEvents ofBackend(String backend) {
        if (meters == null) {
            return CacheEvents.NONE;
        }
        Counts own = new Counts(nanos);
        return own.and(reported(meters, SERVICE, backend, own)).and(failures(meters, backend, own));
    }

    private CacheEvents failures(Meters present, String backend, Counts own) {
        LongConsumer failures = present.addCounter(
                Metric.FAILURES,
                backendTags(application, backend),
                () -> own.snapshot().failures());
        return new CacheEvents() {
            @Override
            public void failed() {
                failures.accept(1);
            }
        };
    }

    /** Receives what a cached method does. The same for each method of that name. */
    public CacheEvents ofMethod(String method, String backend, Counts counts) {
        Meters present = meters;
        return present == null
                ? CacheEvents.NONE
                : methods.computeIfAbsent(method, any -> reported(present, method, backend, counts));
    }

    private CacheEvents reported(Meters present, String method, String backend, Counts counts) {
        Map<String, String> tags = backendTags(application, backend);
        tags.put("method", method);
        return new ReportedEvents(present, tags, counts::snapshot, nanos);
    }

    /** Reports what the stores tell. */
    public void start(Statistics statistics) {
        if (meters != null) {
            statistics.backends().forEach(each -> add(meters, each, statistics));
        }
    }

    private void add(Meters present, BackendStatistics backend, Statistics statistics) {
        Map<String, String> tags = backendTags(application, backend.name());
        Supplier<StoreState> store = () -> statistics.backend(backend.name()).store();
        present.addGauge(Metric.BREAKER_OPEN, tags, () -> store.get().openBreakers());
        if (backend.store().entries() >= 0) {
            present.addGauge(Metric.SIZE, tags, () -> store.get().entries());
        }
        if (backend.store().evictions() >= 0) {
            present.addReadCounter(Metric.EVICTIONS, tags, () -> store.get().evictions());
        }
    }

    /** Removes all series from the server. */
    @Override
    public void close() {
        if (meters != null) {
            meters.close();
        }
    }
}
