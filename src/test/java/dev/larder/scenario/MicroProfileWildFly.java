package dev.larder.scenario;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly with {@code standalone-microprofile.xml}, which exports to a receiver in this process. */
final class MicroProfileWildFly implements MonitoredServer {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final OtlpReceiver receiver;
    private final Process process;
    private final Path deployments;
    private final int offset;

    private MicroProfileWildFly(OtlpReceiver receiver, Process process, Path deployments, int offset) {
        this.receiver = receiver;
        this.process = process;
        this.deployments = deployments;
        this.offset = offset;
    }

    static MicroProfileWildFly started() throws IOException {
        Path home = Path.of(System.getProperty("larder.server.home"));
        Path base = home.resolveSibling("wildfly-microprofile");
        FreshServer.deleteAll(base);
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        for (String file : List.of(
                "standalone-microprofile.xml",
                "logging.properties",
                "application-users.properties",
                "application-roles.properties",
                "mgmt-users.properties",
                "mgmt-groups.properties")) {
            Files.copy(
                    home.resolve("standalone/configuration").resolve(file),
                    configuration.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        OtlpReceiver receiver = new OtlpReceiver();
        int offset = IntStream.range(22_100, 23_900)
                .filter(candidate -> isFree(8080 + candidate) && isFree(9990 + candidate))
                .findFirst()
                .orElseThrow();
        Process process = new ProcessBuilder(
                        home.resolve("bin/standalone.sh").toString(),
                        "-c",
                        "standalone-microprofile.xml",
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.socket.binding.port-offset=" + offset,
                        "-Dotel.sdk.disabled=false", // MicroProfile Telemetry has it off
                        "-Dotel.exporter.otlp.protocol=http/protobuf",
                        "-Dotel.exporter.otlp.endpoint=" + receiver.endpoint(),
                        "-Dotel.metric.export.interval=500",
                        "-Dotel.traces.exporter=none",
                        "-Dotel.logs.exporter=none")
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("out.txt").toFile())
                .start();
        MicroProfileWildFly server = new MicroProfileWildFly(receiver, process, deployments, offset);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> server.management("health/ready").contains("UP"));
        return server;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private String management(String path) throws IOException, InterruptedException {
        return new Site(URI.create("http://127.0.0.1:" + (9990 + offset) + "/"))
                .get(path)
                .text();
    }

    @Override
    public Site deploy(String name, WebArchive application) throws IOException {
        Path written = deployments.resolveSibling(name + ".war");
        application.as(ZipExporter.class).exportTo(written.toFile(), true);
        Files.move(written, deployments.resolve(name + ".war"), StandardCopyOption.ATOMIC_MOVE);
        Path failed = marker(name, "failed");
        await().atMost(PATIENCE)
                .failFast("the deployment failed", () -> Files.exists(failed))
                .until(() -> Files.exists(marker(name, "deployed")));
        return new Site(URI.create("http://127.0.0.1:" + (8080 + offset) + "/" + name + "/"));
    }

    private Path marker(String name, String state) {
        return deployments.resolve(name + ".war." + state);
    }

    @Override
    public void undeploy(String name) throws IOException {
        Files.delete(deployments.resolve(name + ".war"));
        await().atMost(PATIENCE)
                .until(() -> Files.exists(marker(name, "undeployed")) && !Files.exists(marker(name, "deployed")));
        Files.delete(marker(name, "undeployed"));
        receiver.forget();
    }

    /** Those of the next export of each application. */
    @Override
    public Map<String, Long> series(Site application) {
        int before = receiver.exports();
        await().atMost(PATIENCE).until(() -> receiver.exports() > before + 2);
        return receiver.series();
    }

    @Override
    public String readiness(Site application) throws IOException, InterruptedException {
        return management("health/ready");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        receiver.close();
    }
}
