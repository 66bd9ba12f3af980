package dev.larder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What is done to the process of a server. */
final class Signals {

    private Signals() {}

    /** SIGSTOP; waits until every thread of it stands still, where that can be seen. */
    static void hang(Process process) {
        send("STOP", process);
        Path threads = Path.of("/proc/" + process.pid() + "/task");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (Files.isDirectory(threads) && !allStopped(threads) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static boolean allStopped(Path threads) {
        try (Stream<Path> all = Files.list(threads)) {
            List<Path> each = all.map(thread -> thread.resolve("stat")).toList();
            for (Path stat : each) {
                String text = Files.readString(stat);
                // behind the name, which may hold anything, stands the state
                if (text.charAt(text.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGCONT. */
    static void goOn(Process process) {
        send("CONT", process);
    }

    /** SIGKILL; waits for the end. */
    static void kill(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(String signal, Process process) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
