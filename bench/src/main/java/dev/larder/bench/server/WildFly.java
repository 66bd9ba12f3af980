package dev.larder.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper.ServerDeploymentException;
import org.jboss.dmr.ModelNode;

/** A running WildFly as it was unpacked, on the loopback and free ports; closed, it is gone. */
public final class WildFly implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    // a heap of fixed size, so that no slice pays for its growth
    private static final String JAVA_OPTIONS = "-Xms1g -Xmx1g -Djava.net.preferIPv4Stack=true -Djava.awt.headless=true"
            + " -Djboss.modules.system.pkgs=org.jboss.byteman";

    private final Path base;
    private final Process script;
    private final int port;
    private final ModelControllerClient management;

    /**
     * Starts the server and waits until it runs.
     *
     * @param home the unpacked distribution, which is not written to
     * @param base where this server keeps what it writes, deleted first
     */
    public WildFly(Path home, Path base) throws IOException, InterruptedException {
        this.base = base;
        delete(base);
        copy(home.resolve("standalone"), base);
        this.port = freePort();
        int managementPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.bind.address=127.0.0.1",
                        "-Djboss.http.port=" + port,
                        "-Djboss.https.port=" + freePort(),
                        "-Djboss.management.http.port=" + managementPort)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("console.log").toFile());
        builder.environment()
                .put("JAVA_OPTS", JAVA_OPTIONS + ' ' + System.getProperty("larder.bench.server.options", ""));
        this.script = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        this.management =
                ModelControllerClient.Factory.create("remote+http", InetAddress.getLoopbackAddress(), managementPort);
        awaitRunning();
    }

    private void awaitRunning() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ModelNode state = Operations.createReadAttributeOperation(new ModelNode().setEmptyList(), "server-state");
        while (!isRunning(state)) {
            if (!script.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("WildFly does not start: see " + base.resolve("console.log"));
            }
            Thread.sleep(100);
        }
    }

    private boolean isRunning(ModelNode state) {
        try {
            ModelNode answer = management.execute(state);
            return Operations.isSuccessfulOutcome(answer)
                    && Operations.readResult(answer).asString().equals("running");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Deploys an archive, and answers how long that took. */
    public Duration deploy(Path war) throws IOException, ServerDeploymentException {
        long started = System.nanoTime();
        try (var content = Files.newInputStream(war)) {
            new ServerDeploymentHelper(management).deploy(war.getFileName().toString(), content);
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Undeploys an archive. */
    public void undeploy(Path war) throws ServerDeploymentException {
        new ServerDeploymentHelper(management).undeploy(war.getFileName().toString());
    }

    /** Where it answers requests, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The process that is the server: the script's child. */
    public ProcessHandle process() {
        return script.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("WildFly ended: see " + base.resolve("console.log")));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        management.close();
        List<ProcessHandle> all = kill();
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                each.destroyForcibly();
            }
        }
    }

    private List<ProcessHandle> kill() {
        List<ProcessHandle> all =
                Stream.concat(script.descendants(), Stream.of(script.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path each : all.toList()) {
                Path copy = target.resolve(source.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
