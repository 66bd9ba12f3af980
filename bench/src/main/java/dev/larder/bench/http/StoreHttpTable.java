package dev.larder.bench.http;

import dev.larder.bench.CpuTime;
import dev.larder.bench.Load;
import dev.larder.bench.Spread;
import dev.larder.bench.server.Libraries;
import dev.larder.bench.server.War;
import dev.larder.bench.server.WildFly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A hit over HTTP whose entry is in Redis, against the same hit from the memory of the server, in turns. */
public final class StoreHttpTable {

    private static final int CLIENTS = Integer.getInteger("larder.bench.clients", 4);
    private static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 20);
    private static final int WARM_UP_ROUNDS = Integer.getInteger("larder.bench.warm-up-rounds", 10);
    private static final Duration SLICE = Duration.ofMillis(Integer.getInteger("larder.bench.slice-millis", 500));

    private StoreHttpTable() {}

    /** Measures and prints; the arguments are WildFly's folder, one for files of its own, and the address of a Redis. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Path local = War.of(work.resolve("local.war"), Libraries.LARDER);
        Path redis = War.of(
                work.resolve("redis.war"),
                Stream.concat(Libraries.LARDER.stream(), Libraries.JEDIS.stream()).toList(),
                "caches.default.backend=redis\ncaches.default.servers=" + arguments[2] + "\n");
        try (WildFly server = new WildFly(Path.of(arguments[0]), work.resolve("wildfly"))) {
            server.deploy(local);
            server.deploy(redis);
            byte[] ofLocal = Connection.request("/local/api/cached");
            byte[] ofRedis = Connection.request("/redis/api/cached");
            try (Connection connection = new Connection(server.port())) {
                for (byte[] request : List.of(ofLocal, ofRedis)) {
                    connection.exchange(request);
                    for (int i = 0; i < 50 && !connection.head().contains("\r\nAge: "); i++) {
                        Thread.sleep(20); // stored behind the answer
                        connection.exchange(request);
                    }
                    if (!connection.head().contains("\r\nAge: ")) {
                        throw new IllegalStateException("The second answer is no hit: " + connection.head());
                    }
                }
            }
            List<Slice> memory = new ArrayList<>();
            List<Slice> store = new ArrayList<>();
            CpuTime cpu = new CpuTime(server.process().pid());
            Load before = Load.now();
            try (Clients clients = new Clients(CLIENTS, server.port(), cpu)) {
                for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                    Slice one = clients.run(ofLocal, SLICE);
                    Slice two = clients.run(ofRedis, SLICE);
                    if (round >= WARM_UP_ROUNDS) {
                        memory.add(one);
                        store.add(two);
                    }
                }
            }
            List<Double> requests = new ArrayList<>();
            List<Double> micros = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                requests.add(store.get(i).requestsPerSecond() / memory.get(i).requestsPerSecond());
                micros.add(store.get(i).cpuMicrosPerRequest() / memory.get(i).cpuMicrosPerRequest());
            }
            System.out.printf("  %d clients, %d rounds of slices of %d ms%n", CLIENTS, ROUNDS, SLICE.toMillis());
            print("a hit from local", memory);
            print("a hit from Redis", store);
            System.out.printf(
                    "  ratio: requests/s %s, CPU of the server per request %s%n",
                    Spread.of(requests).text(2), Spread.of(micros).text(2));
            System.out.println("  " + before.until(Load.now()));
        }
    }

    private static void print(String title, List<Slice> slices) {
        System.out.printf(
                "  %-20s %s requests/s, CPU %s us/request%n",
                title,
                Spread.of(slices.stream().map(Slice::requestsPerSecond).toList()).text(0),
                Spread.of(slices.stream().map(Slice::cpuMicrosPerRequest).toList()).text(1));
    }
}
