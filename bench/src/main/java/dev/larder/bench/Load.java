package dev.larder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How busy the machine is, all processes together, where there is a {@code /proc}: a figure measured beside others' work
 * says less.
 */
public record Load(long busyTicks, long allTicks) {

    private static final Path STAT = Path.of("/proc/stat");

    /** The counters as they are now, zero where there are none. */
    public static Load now() {
        try {
            String[] counters = Files.readAllLines(STAT).get(0).trim().split("\\s+");
            long[] ticks = Arrays.stream(counters).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
            long all = Arrays.stream(ticks).sum();
            return new Load(all - ticks[3] - ticks[4], all);
        } catch (IOException | RuntimeException e) {
            return new Load(0, 0);
        }
    }

    /** In words, what the machine did until then. */
    public String until(Load later) {
        long all = later.allTicks - allTicks;
        return all == 0
                ? "load of the machine: not known here"
                : String.format(
                        Locale.ROOT,
                        "load of the machine meanwhile, the benchmark's own included: %.0f %% of %d cores",
                        100.0 * (later.busyTicks - busyTicks) / all,
                        Runtime.getRuntime().availableProcessors());
    }
}
