package dev.larder.metrics;

import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ignores what is added after {@link #close}, by a thread that still runs. A failure of the server's metrics is logged, and
 * has no other effect.
 */
final class DeployedMeters implements Meters {

    private static final System.Logger LOG = System.getLogger("dev.larder.metrics");

    private final Meters meters;
    private boolean closed;

    DeployedMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public boolean has(Metric metric, Map<String, String> tags) {
        return call(() -> meters.has(metric, tags), false);
    }

    @Override
    public LongConsumer addCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        return call(() -> meters.addCounter(metric, tags, count), READ);
    }

    @Override
    public void addReadCounter(Metric metric, Map<String, String> tags, LongSupplier count) {
        run(() -> meters.addReadCounter(metric, tags, count));
    }

    @Override
    public void addGauge(Metric metric, Map<String, String> tags, LongSupplier value) {
        run(() -> meters.addGauge(metric, tags, value));
    }

    @Override
    public LongConsumer addTimer(Metric metric, Map<String, String> tags) {
        return call(() -> meters.addTimer(metric, tags), READ);
    }

    @Override
    public synchronized void close() {
        run(meters::close);
        closed = true;
    }

    private void run(Runnable call) {
        call(
                () -> {
                    call.run();
                    return true;
                },
                false);
    }

    private synchronized <T> T call(Supplier<T> call, T otherwise) {
        if (closed) {
            return otherwise;
        }
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "The metrics of the server fail", e);
            return otherwise;
        }
    }
}
