package dev.larder.service;

import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.UnknownBackendException;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import dev.larder.statistics.Statistics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All configured backends of a deployment. Thread-safe; closed at undeployment. */
public final class Backends implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");

    private final Map<String, NamedBackend> byName = new TreeMap<>();
    private final Background background = new Background();
    private final Probes probes;
    private final Statistics statistics;
    private volatile Loads loads = new Loads(background, Duration.ofSeconds(10));

    /**
     * Creates the backends.
     *
     * @param settings the settings by name, {@code default} among them
     * @param maker creates a backend from its name and settings; returns null if that failed and was reported
     * @param codec writes values for backends that store bytes
     * @param nanos the time for rate limits and durations
     * @param events returns another receiver for the events of the backend of a name
     */
    public Backends(
            Map<String, CacheSettings> settings,
            BiFunction<String, CacheSettings, @Nullable CacheBackend> maker,
            ValueCodec codec,
            LongSupplier nanos,
            Function<String, CacheEvents> events) {
        this(settings, maker, codec, nanos, InstantSource.system(), events);
    }

    /**
     * Creates the backends with another clock.
     *
     * @param clock the time from which generations are drawn
     */
    public Backends(
            Map<String, CacheSettings> settings,
            BiFunction<String, CacheSettings, @Nullable CacheBackend> maker,
            ValueCodec codec,
            LongSupplier nanos,
            InstantSource clock,
            Function<String, CacheEvents> events) {
        this(
                settings,
                maker,
                codec,
                nanos,
                clock,
                new Probes(settings.values().stream()
                        .mapToInt(its -> Math.max(1, its.servers().size()))
                        .sum()),
                events);
    }

    Backends(
            Map<String, CacheSettings> settings,
            BiFunction<String, CacheSettings, @Nullable CacheBackend> maker,
            ValueCodec codec,
            LongSupplier nanos,
            InstantSource clock,
            Probes probes,
            Function<String, CacheEvents> events) {
        this.probes = probes;
        this.statistics = new Statistics(nanos);
        settings.forEach((name, its) -> {
            CacheBackend backend = maker.apply(name, its);
            if (backend != null) {
                Counts counts = statistics.newCounts();
                NamedBackend named = new NamedBackend(
                        name, its, backend, codec, nanos, clock, probes, background, counts.and(events.apply(name)));
                byName.put(name, named);
                statistics.addBackend(name, its.backend(), counts, named.guarded()::state);
            }
        });
    }

    /** How long callers of {@code getOrSet} wait for the first one of their key; 10 s unless set. Call it before use. */
    public void setLockTimeout(Duration timeout) {
        this.loads = new Loads(background, timeout);
    }

    /** The counts of these backends, and of the methods that are added to them. */
    public Statistics statistics() {
        return statistics;
    }

    Loads loads() {
        return loads;
    }

    /** The service on the backend {@code default}. */
    public CacheService service() {
        return service(new Invalidations(this, listener -> false, any -> {}));
    }

    /** The same, with invalidations that follow transactions and are reported. */
    public CacheService service(Invalidations invalidations) {
        return new CacheService(this, invalidations, CacheModule.DEFAULT, "", List.of());
    }

    Collection<NamedBackend> all() {
        return byName.values();
    }

    /**
     * The entries of one backend under one version.
     *
     * @param name the backend's name, empty for {@code default}
     * @param version the version, empty for the backend's
     * @throws UnknownBackendException if no backend of that name is configured
     */
    public Region region(String name, String version) {
        return new Region(this, named(name), version);
    }

    /** Whether the backend of that name exists, and stores values as bytes, not by reference. */
    public boolean keepsBytes(String name) {
        NamedBackend backend = byName.get(name);
        return backend != null && backend.values() instanceof EncodedValues;
    }

    /** The number of invalidations that the stores have not taken yet. */
    public int pendingInvalidations() {
        return byName.values().stream()
                .mapToInt(each -> each.groups().pendingInvalidations())
                .sum();
    }

    NamedBackend named(String name) {
        NamedBackend backend = byName.get(name.isEmpty() ? CacheModule.DEFAULT : name);
        if (backend == null) {
            throw new UnknownBackendException("No backend '" + name + "' is configured (the backends are "
                    + String.join(", ", byName.keySet()) + ")");
        }
        return backend;
    }

    Background background() {
        return background;
    }

    @Override
    public void close() {
        background.close();
        probes.close();
        byName.forEach((name, backend) -> {
            try {
                backend.guarded().close();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "Backend '" + name + "' did not close", e);
            }
        });
    }
}
