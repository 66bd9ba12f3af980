package dev.larder.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * A server as it was unpacked, on free ports, for each run of the scenario suite.
 *
 * <p>Arquillian loads its extensions before it reads {@code arquillian.xml}, so the system properties set here are the
 * values of that file's placeholders.
 */
public final class FreshServer implements LoadableExtension {

    /** Half the time of a test run is servers starting, which a second compiler on few cores makes slower. */
    private static final List<String> STARTS_FASTER =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** From here on Linux takes the ports of outgoing connections, maybe before the server has started. */
    private static final int EPHEMERAL = 32_000;

    /** WildFly moves all its ports by one offset: those it opens with the default configuration. */
    private static final List<Integer> WILDFLY_PORTS = List.of(8009, 8080, 8443, 9990, 9993, 4712, 4713);

    /** The ports in the domain.xml of Payara's domain1, and where they go relative to the port base. */
    private static final Map<Integer, Integer> PAYARA_PORTS = Map.ofEntries(
            Map.entry(8080, 0),
            Map.entry(8181, 1),
            Map.entry(4848, 2),
            Map.entry(3700, 3),
            Map.entry(3820, 4),
            Map.entry(3920, 5),
            Map.entry(8686, 6),
            Map.entry(7676, 7),
            Map.entry(9009, 8),
            Map.entry(6666, 9),
            Map.entry(4900, 10),
            Map.entry(5900, 11));

    @Override
    public void register(ExtensionBuilder builder) {
        String server = required("larder.server");
        System.setProperty("larder.server.java-options", String.join(" ", STARTS_FASTER));
        Path home = Path.of(required("larder.server.home"));
        try {
            copyFresh(unpacked(Path.of(required("larder.server.unpacked"))), home);
            switch (server) {
                case "wildfly" -> wildfly(home);
                case "payara" -> payara(home);
                case "tomee" -> tomee(home);
                default ->
                    throw new IllegalArgumentException(
                            "No server '" + server + "' (known: wildfly, payara, tomee). Run Maven with -Pwildfly");
            }
            ServerUser.addAll(server, home);
        } catch (IOException e) {
            throw new IllegalStateException("Could not prepare " + server + " in " + home, e);
        }
    }

    private static void wildfly(Path home) throws IOException {
        // meant for another application: no deployment fails by it
        rewrite(
                home.resolve("standalone/configuration/standalone.xml"),
                xml -> xml.replace(
                        "</extensions>",
                        "</extensions><system-properties><property name='cache.\"com.acme.Other/list\".ttl' value='60'/>"
                                + "</system-properties>"));
        int offset =
                firstFree(10_000, 22_000, candidate -> WILDFLY_PORTS.stream().map(port -> port + candidate));
        System.setProperty("larder.server.port-offset", Integer.toString(offset));
        System.setProperty("larder.server.admin-port", Integer.toString(9990 + offset));
    }

    private static void payara(Path home) throws IOException {
        int base = firstFree(
                20_000, EPHEMERAL, candidate -> PAYARA_PORTS.values().stream().map(port -> port + candidate));
        rewrite(home.resolve("glassfish/domains/domain1/config/domain.xml"), xml -> {
            String moved = xml.replace(
                    "<jvm-options>-Xmx512m</jvm-options>",
                    STARTS_FASTER.stream()
                            .map(option -> "<jvm-options>" + option + "</jvm-options>")
                            .collect(Collectors.joining("\n")));
            for (Map.Entry<Integer, Integer> port : PAYARA_PORTS.entrySet()) {
                moved = moved.replaceAll(
                        "(port=\"?|value=\"|address=)" + port.getKey() + "\\b", "$1" + (base + port.getValue()));
            }
            return moved;
        });
        System.setProperty("larder.server.admin-port", Integer.toString(base + 2));
    }

    private static void tomee(Path home) throws IOException {
        int base = firstFree(20_000, EPHEMERAL, candidate -> Stream.of(candidate, candidate + 1));
        Files.createDirectories(home.resolve("applications"));
        System.setProperty("larder.server.http-port", Integer.toString(base));
        System.setProperty("larder.server.stop-port", Integer.toString(base + 1));
    }

    private static int firstFree(int from, int to, IntFunction<Stream<Integer>> ports) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(from, to))
                .limit(1_000)
                .filter(candidate -> ports.apply(candidate).allMatch(FreshServer::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free ports between " + from + " and " + to));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress((InetAddress) null, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The one folder in the distribution's zip. */
    private static Path unpacked(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow(() -> new IOException(folder + " is empty: delete it and run again"));
        }
    }

    /** Links what a server only reads (its jars, most of its size) and copies what it may write. */
    private static void copyFresh(Path source, Path target) throws IOException {
        deleteAll(target);
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target.resolve(source.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(source.relativize(file));
                if (!file.toString().endsWith(".jar") || !linked(file, copy)) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean linked(Path file, Path copy) {
        try {
            Files.createLink(copy, file);
            return true;
        } catch (IOException | UnsupportedOperationException noHardLinksHere) {
            return false;
        }
    }

    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void rewrite(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "System property " + property + " is missing. Run the suite by Maven: mvn verify -Pwildfly");
        }
        return value;
    }
}
