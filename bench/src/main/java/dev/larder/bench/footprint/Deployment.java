package dev.larder.bench.footprint;

import dev.larder.bench.CpuTime;
import dev.larder.bench.Load;
import dev.larder.bench.Spread;
import dev.larder.bench.server.Libraries;
import dev.larder.bench.server.War;
import dev.larder.bench.server.WildFly;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The time to deploy the same application without Larder, with the libraries it brings, and with all of it: as the first
 * deployment of a server that has just started, and again and again on one.
 */
public final class Deployment {

    private static final int STARTS = Integer.getInteger("larder.bench.starts", 3);
    private static final int ROUNDS = Integer.getInteger("larder.bench.rounds", 15);

    private enum With {
        NOTHING("without Larder", List.of()),
        LIBRARIES("with the libraries it brings", Libraries.BROUGHT),
        LARDER("with those and Larder", Libraries.LARDER);

        final String title;
        final List<Path> libraries;

        With(String title, List<Path> libraries) {
            this.title = title;
            this.libraries = libraries;
        }
    }

    /** What a deployment took: time, and the server's processor time, which others' work on the machine changes less. */
    private record Taken(double millis, double cpuMillis) {}

    private final Path home;
    private final Path work;
    private final Map<With, Path> wars = new EnumMap<>(With.class);
    private final Map<With, List<Taken>> first = new EnumMap<>(With.class);
    private final Map<With, List<Taken>> later = new EnumMap<>(With.class);

    private Deployment(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    /** Measures and prints; the arguments are the folder of the unpacked WildFly, and one for files of its own. */
    public static void main(String[] arguments) throws Exception {
        Load before = Load.now();
        Deployment deployment = new Deployment(Path.of(arguments[0]), Path.of(arguments[1]));
        for (With with : With.values()) {
            deployment.wars.put(
                    with, War.of(deployment.work.resolve("bench-" + with.ordinal() + ".war"), with.libraries));
            deployment.first.put(with, new ArrayList<>());
            deployment.later.put(with, new ArrayList<>());
        }
        System.out.printf("  %d starts of the server for each, then %d rounds on one%n", STARTS, ROUNDS);
        deployment.onFreshServers();
        deployment.onOneServer();
        deployment.print("first deployment of a server", deployment.first);
        deployment.print("later deployments", deployment.later);
        System.out.println("  to reach: at most 100 ms more");
        System.out.println("  " + before.until(Load.now()));
    }

    private void onFreshServers() throws Exception {
        for (int i = 0; i < STARTS; i++) {
            System.err.printf("start %d of %d%n", i + 1, STARTS);
            for (With with : With.values()) {
                try (WildFly server = new WildFly(home, work.resolve("wildfly"))) {
                    first.get(with).add(deploy(server, with));
                }
            }
        }
    }

    private void onOneServer() throws Exception {
        try (WildFly server = new WildFly(home, work.resolve("wildfly"))) {
            for (int round = 0; round <= ROUNDS; round++) {
                System.err.printf("round %d of %d%n", round, ROUNDS);
                for (With with : With.values()) {
                    Taken taken = deploy(server, with);
                    server.undeploy(wars.get(with));
                    if (round > 0) {
                        later.get(with).add(taken);
                    }
                }
            }
        }
    }

    private Taken deploy(WildFly server, With with) throws Exception {
        CpuTime cpu = new CpuTime(server.process().pid());
        double before = cpu.micros();
        double millis = server.deploy(wars.get(with)).toNanos() / 1e6;
        return new Taken(millis, (cpu.micros() - before) / 1e3);
    }

    private void print(String title, Map<With, List<Taken>> taken) {
        System.out.printf(
                "%n  %-32s %-26s %8s   %-26s %8s%n", title, "ms (quartiles)", "more", "CPU ms (quartiles)", "more");
        for (With with : With.values()) {
            Spread millis = spread(taken.get(with), Taken::millis);
            Spread cpu = spread(taken.get(with), Taken::cpuMillis);
            System.out.printf(
                    Locale.ROOT,
                    "  %-32s %-26s %8.0f   %-26s %8.0f%n",
                    with.title,
                    millis.text(0),
                    millis.median()
                            - spread(taken.get(With.NOTHING), Taken::millis).median(),
                    cpu.text(0),
                    cpu.median()
                            - spread(taken.get(With.NOTHING), Taken::cpuMillis).median());
        }
    }

    private static Spread spread(List<Taken> taken, ToDoubleFunction<Taken> figure) {
        return Spread.of(taken.stream().map(figure::applyAsDouble).toList());
    }
}
