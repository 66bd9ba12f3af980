package dev.larder.bench.http;

import dev.larder.bench.CpuTime;
import dev.larder.bench.server.Libraries;
import dev.larder.bench.server.War;
import dev.larder.bench.server.WildFly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A hit over HTTP whose entry is in Redis, against the same hit from the memory of the server, and each with two tags against
 * the same without, in turns.
 */
public final class StoreHttpTable {

    private static final int CLIENTS = Integer.getInteger("larder.bench.clients", 4);
    private static final String MEMORY = "a hit from local";
    private static final String STORE = "a hit from Redis";
    private static final String TAGS = ", two tags";
    private static final Duration SLICE = Duration.ofMillis(Integer.getInteger("larder.bench.slice-millis", 500));

    private StoreHttpTable() {}

    /** Measures and prints; the arguments are WildFly's folder, one for files of its own, and the address of a Redis. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Path local = War.of(work.resolve("local.war"), Libraries.LARDER);
        Path redis = War.of(
                work.resolve("redis.war"),
                Stream.concat(Libraries.LARDER.stream(), Libraries.JEDIS.stream())
                        .toList(),
                "caches.default.backend=redis\ncaches.default.servers=" + arguments[2] + "\n");
        try (WildFly server = new WildFly(Path.of(arguments[0]), work.resolve("wildfly"))) {
            server.deploy(local);
            server.deploy(redis);
            Map<String, byte[]> requests = new LinkedHashMap<>();
            requests.put(MEMORY, Connection.request("/local/api/cached"));
            requests.put(MEMORY + TAGS, Connection.request("/local/api/tagged"));
            requests.put(STORE, Connection.request("/redis/api/cached"));
            requests.put(STORE + TAGS, Connection.request("/redis/api/tagged"));
            try (Connection connection = new Connection(server.port())) {
                for (byte[] request : requests.values()) {
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
            CpuTime cpu = new CpuTime(server.process().pid());
            System.out.printf("  %d clients%n", CLIENTS);
            try (Clients clients = new Clients(CLIENTS, server.port(), cpu)) {
                Turns<String> turns = new Turns<>(clients, requests, SLICE);
                turns.run();
                requests.keySet().forEach(kind -> print(turns, kind));
                printRatio(turns, STORE, MEMORY);
                printRatio(turns, MEMORY + TAGS, MEMORY);
                printRatio(turns, STORE + TAGS, STORE);
                System.out.println("  to reach with tags: at most 1.10 of the CPU from local, 1.15 from Redis");
            }
        }
    }

    private static void print(Turns<String> turns, String kind) {
        System.out.printf(
                "  %-28s %s requests/s, CPU %s us/request%n",
                kind,
                turns.spread(kind, Slice::requestsPerSecond).text(0),
                turns.spread(kind, Slice::cpuMicrosPerRequest).text(1));
    }

    private static void printRatio(Turns<String> turns, String kind, String other) {
        System.out.printf(
                "  %s to %s: requests/s %s, CPU of the server per request %s%n",
                kind,
                other,
                turns.ratio(kind, other, Slice::requestsPerSecond).text(2),
                turns.ratio(kind, other, Slice::cpuMicrosPerRequest).text(2));
    }
}
