package dev.larder.metrics;

import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** One API of metrics. Thread-safe. What was added is gone from the server when this is closed. */
interface Meters extends AutoCloseable {

    /** Ignores what is added: the API reads the count itself. */
    LongConsumer READ = any -> {};

    /** Whether there is such a series, which another deployment has added. */
    boolean has(Metric metric, Map<String, String> tags);

    /**
     * Adds a series that only increases.
     *
     * @param count the count now
     * @return adds to the series; {@link #READ} if the API calls {@code count} instead
     */
    LongConsumer addCounter(Metric metric, Map<String, String> tags, LongSupplier count);

    /** Adds a series that only increases, and that no event adds to. */
    void addReadCounter(Metric metric, Map<String, String> tags, LongSupplier count);

    /** Adds a series of a value that goes up and down. */
    void addGauge(Metric metric, Map<String, String> tags, LongSupplier value);

    /**
     * Adds a series of durations.
     *
     * @return records a duration in nanoseconds
     */
    LongConsumer addTimer(Metric metric, Map<String, String> tags);

    @Override
    void close();
}
