package dev.larder.bench.stores;

import com.sun.management.ThreadMXBean;
import dev.larder.bench.Spread;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Two operations that take turns in short slices of one run, in one thread, so that what else the machine does falls on both.
 * Bytes are those of all threads.
 *
 * @param bare what the other is compared with
 */
record Pair(Operation bare, Operation measured) {

    static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 30);
    static final int WARM_UP = Integer.getInteger("larder.bench.warm-up-operations", 30_000);
    static final long SLICE_NANOS = 1_000_000L * Integer.getInteger("larder.bench.slice-millis", 100);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    interface Operation {
        void run(int round) throws Exception;
    }

    private record Figures(double micros, double bytes) {}

    /**
     * What came out.
     *
     * @param ratio of the times of two slices of one round
     */
    record Result(Spread bareMicros, Spread micros, Spread ratio, double bareBytes, double bytes) {}

    Result measure() throws Exception {
        return measure(WARM_UP);
    }

    /** After so many operations of each to warm up. */
    Result measure(int warmUp) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            bare.run(i);
            measured.run(i);
        }
        List<Figures> ofBare = new ArrayList<>();
        List<Figures> ofMeasured = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean bareFirst = round % 2 == 0;
            Figures one = slice(bareFirst ? bare : measured);
            Figures two = slice(bareFirst ? measured : bare);
            ofBare.add(bareFirst ? one : two);
            ofMeasured.add(bareFirst ? two : one);
        }
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            times.add(ofMeasured.get(i).micros / ofBare.get(i).micros);
        }
        return new Result(
                Spread.of(ofBare.stream().map(Figures::micros).toList()),
                Spread.of(ofMeasured.stream().map(Figures::micros).toList()),
                Spread.of(times),
                Spread.of(ofBare.stream().map(Figures::bytes).toList()).median(),
                Spread.of(ofMeasured.stream().map(Figures::bytes).toList()).median());
    }

    private static Figures slice(Operation operation) throws Exception {
        long bytes = allocated();
        long start = System.nanoTime();
        int count = 0;
        do {
            operation.run(count++);
        } while (System.nanoTime() - start < SLICE_NANOS);
        double nanos = System.nanoTime() - start;
        return new Figures(nanos / 1_000 / count, (double) (allocated() - bytes) / count);
    }

    private static long allocated() {
        long sum = 0;
        for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, each);
        }
        return sum;
    }

    static void must(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("The store does not answer as expected");
        }
    }
}
