package dev.larder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of a process, its own and the kernel's on its behalf, from Linux' {@code /proc} (proc(5)). */
public final class CpuTime {

    // USER_HZ, 100 on every architecture that Java runs on
    private static final double TICK_MICROS = 10_000;

    private final Path stat;

    /** Watches a process. */
    public CpuTime(long pid) {
        this.stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.isReadable(stat)) {
            throw new IllegalStateException("This benchmark reads " + stat + ", which only Linux has");
        }
    }

    /** What it has used so far, in microseconds, in steps of a tick. */
    public double micros() throws IOException {
        String text = Files.readString(stat);
        // the second field is a name in parentheses, which may hold anything
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    }
}
