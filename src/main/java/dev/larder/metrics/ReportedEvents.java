package dev.larder.metrics;

import dev.larder.metrics.Metric.Result;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.CountsSnapshot;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The series of one cached method, or of what one backend does for {@code ICacheService}. An API that reads the counts needs
 * no event but durations, and the first one of each reason, whose series is added then. Thread-safe.
 */
final class ReportedEvents implements CacheEvents {

    private final Meters meters;
    private final Map<String, String> tags;
    private final Supplier<CountsSnapshot> counts;
    private final LongSupplier nanos;
    private final LongConsumer hits;
    private final LongConsumer misses;
    private final LongConsumer stale;
    private final LongConsumer bypasses;
    private final LongConsumer puts;
    private final LongConsumer coalesced;
    private final LongConsumer loads;
    private final Map<String, LongConsumer> notStored = new ConcurrentHashMap<>();

    /**
     * Adds the series.
     *
     * @param tags the tags of each series
     * @param counts the counts now, of the same events
     * @param nanos the time of {@link #loaded}
     */
    ReportedEvents(Meters meters, Map<String, String> tags, Supplier<CountsSnapshot> counts, LongSupplier nanos) {
        this.meters = meters;
        this.tags = tags;
        this.counts = counts;
        this.nanos = nanos;
        Map<Result, LongConsumer> gets = new EnumMap<>(Result.class);
        for (Result result : Result.values()) {
            gets.put(result, counter(Metric.GETS, with("result", result.text()), result.count()));
        }
        this.hits = gets.getOrDefault(Result.HIT, Meters.READ);
        this.misses = gets.getOrDefault(Result.MISS, Meters.READ);
        this.stale = gets.getOrDefault(Result.STALE, Meters.READ);
        this.bypasses = gets.getOrDefault(Result.BYPASS, Meters.READ);
        this.puts = counter(Metric.PUTS, tags, CountsSnapshot::puts);
        this.coalesced = counter(Metric.COALESCED, tags, CountsSnapshot::coalesced);
        this.loads = meters.addTimer(Metric.LOAD_DURATION, tags);
    }

    private LongConsumer counter(Metric metric, Map<String, String> all, ToLongFunction<CountsSnapshot> count) {
        return meters.addCounter(metric, all, () -> count.applyAsLong(counts.get()));
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.put(key, value);
        return all;
    }

    @Override
    public void hit() {
        hits.accept(1);
    }

    @Override
    public void stale() {
        stale.accept(1);
    }

    @Override
    public void coalesced() {
        coalesced.accept(1);
    }

    @Override
    public void miss() {
        misses.accept(1);
    }

    @Override
    public void bypass() {
        bypasses.accept(1);
    }

    @Override
    public void stored() {
        puts.accept(1);
    }

    @Override
    public void notStored(String reason) {
        notStored
                .computeIfAbsent(reason, why -> counter(Metric.NOT_STORED, with("reason", why), Metric.notStored(why)))
                .accept(1);
    }

    @Override
    public void loaded(long start) {
        loads.accept(nanos.getAsLong() - start);
    }
}
