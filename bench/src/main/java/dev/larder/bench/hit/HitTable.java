package dev.larder.bench.hit;

import dev.larder.bench.Load;
import dev.larder.bench.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link HitBenchmark} in rounds, each of which forks a process for every benchmark: what else the machine does in
 * some seconds falls on all of them. Prints medians and quartiles over all iterations.
 */
public final class HitTable {

    private static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 2);
    private static final List<String> SHAPES = List.of("none", "text", "number_text");
    private static final Map<String, String> ANSWERING = new LinkedHashMap<>();

    static {
        ANSWERING.put("larder", "a hit, @Cache");
        ANSWERING.put("tagged", "a hit, @Cache with two tags");
        ANSWERING.put("answers", "bare interceptor, answers a constant");
        ANSWERING.put("proceeds", "bare interceptor, proceeds");
        ANSWERING.put("caffeine", "bare Caffeine, getIfPresent");
    }

    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
    private final Map<String, List<Double>> bytes = new LinkedHashMap<>();

    private HitTable() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws RunnerException {
        Load before = Load.now();
        HitTable table = new HitTable();
        for (int round = 1; round <= ROUNDS; round++) {
            System.err.printf(
                    "round %d of %d: %d benchmarks of 8 s%n", round, ROUNDS, SHAPES.size() * ANSWERING.size());
            table.add(new Runner(options()).run());
        }
        table.print();
        System.out.println("  " + before.until(Load.now()));
    }

    private static Options options() {
        return new OptionsBuilder()
                .include(HitBenchmark.class.getName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs("-Xms512m", "-Xmx512m")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private void add(Iterable<RunResult> results) {
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String method = name.substring(name.lastIndexOf('.') + 1);
            result.getBenchmarkResults().forEach(fork -> {
                for (IterationResult iteration : fork.getIterationResults()) {
                    values(nanos, method).add(iteration.getPrimaryResult().getScore());
                    values(bytes, method)
                            .add(iteration
                                    .getSecondaryResults()
                                    .get("gc.alloc.rate.norm")
                                    .getScore());
                }
            });
        }
    }

    private static List<Double> values(Map<String, List<Double>> all, String method) {
        return all.computeIfAbsent(method, any -> new ArrayList<>());
    }

    private void print() {
        System.out.printf(
                "%n  %-14s %-38s %-26s %8s %10s%n", "arguments", "answered by", "ns/op (quartiles)", "B/op", "ratio");
        for (String shape : SHAPES) {
            double bare = Spread.of(nanos.get(shape + "__answers")).median();
            ANSWERING.forEach((who, title) -> {
                Spread its = Spread.of(nanos.get(shape + "__" + who));
                double allocated = Spread.of(bytes.get(shape + "__" + who)).median();
                System.out.printf(
                        Locale.ROOT,
                        "  %-14s %-38s %-26s %8.0f %9.2fx%n",
                        shape.replace("_", ", "),
                        title,
                        its.text(1),
                        allocated,
                        its.median() / bare);
            });
        }
        System.out.println("  ratio: to the bare interceptor that answers a constant; to reach: at most 2x for a hit, and with two tags 1.1x"
                + " of a hit without");
    }
}
