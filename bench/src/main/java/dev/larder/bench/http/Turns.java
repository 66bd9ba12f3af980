package dev.larder.bench.http;

import dev.larder.bench.Load;
import dev.larder.bench.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Kinds of requests that take turns in short slices of one run, so that other work of the machine affects all of them. They
 * warm up until the CPU per request is stable.
 */
final class Turns<K> {

    private static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 20);
    private static final int MAX_WARM_UP_ROUNDS = Integer.getInteger("larder.bench.warm-up-rounds", 40);
    private static final int WINDOW_ROUNDS = 5;
    private static final double MAX_CHANGE = 0.03;

    private final Clients clients;
    private final Map<K, byte[]> requests;
    private final Duration slice;
    private final Map<K, List<Slice>> slices = new LinkedHashMap<>();

    Turns(Clients clients, Map<K, byte[]> requests, Duration slice) {
        this.clients = clients;
        this.requests = requests;
        this.slice = slice;
    }

    /** Warms up, and measures. */
    void run() throws Exception {
        warmUp();
        slices.clear();
        Load before = Load.now();
        for (int round = 0; round < ROUNDS; round++) {
            System.err.printf("round %d of %d%n", round + 1, ROUNDS);
            run(round);
        }
        System.out.printf("  %d rounds of slices of %d ms; %s%n", ROUNDS, slice.toMillis(), before.until(Load.now()));
    }

    private void warmUp() throws Exception {
        int rounds = 0;
        while (!isStable() && rounds < MAX_WARM_UP_ROUNDS) {
            System.err.printf("round %d to warm up, of at most %d%n", rounds + 1, MAX_WARM_UP_ROUNDS);
            run(rounds++);
        }
        System.out.printf(
                Locale.ROOT,
                "  %d rounds to warm up; the CPU per request of the last %d %s %.0f %% of that of the %d before%n",
                rounds,
                WINDOW_ROUNDS,
                isStable() ? "is within" : "is NOT YET within",
                100 * MAX_CHANGE,
                WINDOW_ROUNDS);
    }

    /** In another order each round. */
    private void run(int round) throws Exception {
        List<K> kinds = List.copyOf(requests.keySet());
        for (int i = 0; i < kinds.size(); i++) {
            K kind = kinds.get((round + i) % kinds.size());
            slices.computeIfAbsent(kind, any -> new ArrayList<>()).add(clients.run(requests.get(kind), slice));
        }
    }

    private boolean isStable() {
        return !slices.isEmpty() && slices.values().stream().allMatch(Turns::isStable);
    }

    private static boolean isStable(List<Slice> slices) {
        int end = slices.size();
        if (end < 2 * WINDOW_ROUNDS) {
            return false;
        }
        double before = medianCpu(slices.subList(end - 2 * WINDOW_ROUNDS, end - WINDOW_ROUNDS));
        double last = medianCpu(slices.subList(end - WINDOW_ROUNDS, end));
        return Math.abs(last - before) < MAX_CHANGE * before;
    }

    private static double medianCpu(List<Slice> slices) {
        return Spread.of(slices.stream().map(Slice::cpuMicrosPerRequest).toList())
                .median();
    }

    /** A figure of a kind. */
    Spread spread(K kind, ToDoubleFunction<Slice> figure) {
        return Spread.of(slices.get(kind).stream().map(figure::applyAsDouble).toList());
    }

    /** The ratio of a figure of two kinds; each value is of the two slices of one round. */
    Spread ratio(K kind, K other, ToDoubleFunction<Slice> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(figure.applyAsDouble(slices.get(kind).get(round))
                    / figure.applyAsDouble(slices.get(other).get(round)));
        }
        return Spread.of(ratios);
    }
}
