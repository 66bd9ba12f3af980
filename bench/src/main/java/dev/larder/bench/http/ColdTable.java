package dev.larder.bench.http;

import dev.larder.bench.Load;
import dev.larder.bench.Spread;
import dev.larder.bench.app.SlowBooks;
import dev.larder.bench.server.Libraries;
import dev.larder.bench.server.War;
import dev.larder.bench.server.WildFly;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Requests that miss one key at the same time: the connections are opened first, then all requests are sent together. */
public final class ColdTable {

    private static final int CLIENTS = 200;
    private static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 20);
    private static final int WARM_UP_ROUNDS = Integer.getInteger("larder.bench.warm-up-rounds", 10);

    private ColdTable() {}

    /** Measures and prints; the arguments are the folder of the unpacked WildFly, and one for files of its own. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Path war = War.of(work.resolve("bench.war"), Libraries.LARDER);
        List<Connection> connections = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (WildFly server = new WildFly(Path.of(arguments[0]), work.resolve("wildfly"))) {
            server.deploy(war);
            for (int i = 0; i < CLIENTS; i++) {
                connections.add(new Connection(server.port()));
            }
            List<Double> last = new ArrayList<>();
            Load before = Load.now();
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                System.err.printf("round %d of %d%n", round + 1, WARM_UP_ROUNDS + ROUNDS);
                double millis = together(threads, connections, Connection.request("/bench/api/slow?round=" + round));
                if (round >= WARM_UP_ROUNDS) {
                    last.add(millis);
                }
            }
            System.out.printf(
                    "  %d requests at once on a key nobody asked for, a method of %d ms, %d rounds after %d to warm"
                            + " up%n",
                    CLIENTS, SlowBooks.MILLIS, ROUNDS, WARM_UP_ROUNDS);
            System.out.println("  the method ran once in each; the last answer came after "
                    + Spread.of(last).text(0) + " ms (to reach: 300)");
            System.out.println("  " + before.until(Load.now()));
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** Until when the last was answered, in milliseconds. */
    private static double together(ExecutorService threads, List<Connection> connections, byte[] request)
            throws Exception {
        AtomicLong start = new AtomicLong();
        CyclicBarrier barrier = new CyclicBarrier(CLIENTS, () -> start.set(System.nanoTime()));
        List<Future<Long>> ends = new ArrayList<>();
        for (Connection connection : connections) {
            ends.add(threads.submit(() -> {
                barrier.await();
                connection.exchange(request);
                return System.nanoTime();
            }));
        }
        long last = 0;
        for (Future<Long> end : ends) {
            last = Math.max(last, end.get());
        }
        Set<String> runs = new HashSet<>();
        connections.forEach(each -> runs.add(each.body()));
        if (runs.size() != 1) {
            throw new IllegalStateException("The method ran " + runs.size() + " times: " + runs);
        }
        return (last - start.get()) / 1e6;
    }
}
