package dev.larder.bench.http;

import dev.larder.bench.CpuTime;
import dev.larder.bench.server.Libraries;
import dev.larder.bench.server.War;
import dev.larder.bench.server.WildFly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A cached list of 12 KB over HTTP, against the same bytes as a constant and against the list serialised each time; once
 * answered early and once in the interceptor of a bean.
 */
public final class HttpTable {

    private static final int CLIENTS = Integer.getInteger("larder.bench.clients", 4);
    private static final Duration SLICE = Duration.ofMillis(Integer.getInteger("larder.bench.slice-millis", 1000));

    private enum Kind {
        BYTES("bytes", "a constant byte[]", false),
        CACHED("cached", "the list, @Cache, answered early", true),
        BEAN_BYTES("bean-bytes", "a bean's constant byte[]", false),
        BEAN_CACHED("bean-cached", "a bean's list, @Cache", true),
        UNCACHED("uncached", "the list, serialised each time", false);

        final byte[] request;
        final String title;
        final boolean fromCache;

        Kind(String path, String title, boolean fromCache) {
            this.request = Connection.request("/bench/api/" + path);
            this.title = title;
            this.fromCache = fromCache;
        }

        /** The constant that a kind is compared with. */
        Kind constant() {
            return this == BEAN_CACHED ? BEAN_BYTES : BYTES;
        }
    }

    private HttpTable() {}

    /** Measures and prints; the arguments are the folder of the unpacked WildFly, and one for files of its own. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Path war = War.of(work.resolve("bench.war"), Libraries.LARDER);
        try (WildFly server = new WildFly(Path.of(arguments[0]), work.resolve("wildfly"))) {
            server.deploy(war);
            compareAnswers(server.port());
            CpuTime cpu = new CpuTime(server.process().pid());
            Map<Kind, byte[]> requests = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                requests.put(kind, kind.request);
            }
            System.out.printf("  %d clients%n", CLIENTS);
            try (Clients clients = new Clients(CLIENTS, server.port(), cpu)) {
                Turns<Kind> turns = new Turns<>(clients, requests, SLICE);
                turns.run();
                print(turns);
            }
        }
    }

    /** The kinds answer the same: else there is nothing to compare. */
    private static void compareAnswers(int port) throws IOException {
        try (Connection connection = new Connection(port)) {
            connection.exchange(Kind.BYTES.request);
            String constant = connection.body();
            System.out.printf(Locale.ROOT, "  %d bytes of JSON%n", constant.length());
            for (Kind kind : Kind.values()) {
                connection.exchange(kind.request);
                connection.exchange(kind.request);
                if (!connection.body().equals(constant)
                        || !connection.head().contains("Content-Type: application/json\r\n")
                        || connection.head().contains("\r\nAge: ") != kind.fromCache) {
                    throw new IllegalStateException(kind.title + " answers something else: " + connection.head());
                }
            }
        }
    }

    private static void print(Turns<Kind> turns) {
        System.out.printf(
                "%n  %-32s %-28s %-26s %-24s %s%n",
                "", "requests/s (quartiles)", "CPU us/request", "requests/s ratio", "CPU ratio");
        for (Kind kind : Kind.values()) {
            System.out.printf(
                    "  %-32s %-28s %-26s %-24s %s%n",
                    kind.title,
                    turns.spread(kind, Slice::requestsPerSecond).text(0),
                    turns.spread(kind, Slice::cpuMicrosPerRequest).text(1),
                    turns.ratio(kind, kind.constant(), Slice::requestsPerSecond).text(2),
                    turns.ratio(kind, kind.constant(), Slice::cpuMicrosPerRequest)
                            .text(2));
        }
        System.out.println(
                "  ratios: to the constant byte[] in the same round, of the bean for the bean; to reach for @Cache: at"
                        + " least 0.95 requests/s and at most 1.15 CPU answered early, at most 1.26 CPU in the bean");
    }
}
