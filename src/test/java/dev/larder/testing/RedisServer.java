package dev.larder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** A real redis-server on a free loopback port, without persistence. It ends with the JVM at the latest. */
public final class RedisServer implements StoreServer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int HIGHEST_PORT = 55_000; // a Cluster's bus is 10000 above

    private static RedisServer shared;

    private final Path folder;
    private final int port;
    private final List<String> arguments;
    private final String password;
    private Process process;

    private RedisServer(String password, List<String> arguments) throws IOException {
        this.folder = Files.createTempDirectory("larder-redis-");
        this.port = freePort();
        this.password = password;
        this.arguments = arguments;
    }

    /**
     * Whether there is a program to start: false only where LARDER_TEST_REDIS names a server instead, and tests that need one
     * of their own are skipped. For conditions, which may not throw.
     */
    public static boolean canBeStarted() {
        try {
            program();
            return true;
        } catch (TestAbortedException e) {
            return false;
        }
    }

    private static Path program() {
        return Executables.find("redis-server", "redis-server", "LARDER_REDIS_SERVER", Executables.REDIS);
    }

    /** The address of one for the whole JVM, for tests that leave it as it is; LARDER_TEST_REDIS may name another. */
    public static synchronized String shared() {
        String given = System.getenv(Executables.REDIS);
        if (given != null && !given.isBlank()) {
            return given;
        }
        shared = shared == null ? start("proto-max-bulk-len 1mb") : shared;
        return shared.address();
    }

    /** Starts one; each argument is an option of redis.conf, {@code {dir}} in it its own folder. */
    public static RedisServer start(String... arguments) {
        return started(null, arguments);
    }

    /** Starts one whose default user has a password. */
    public static RedisServer startWithPassword(String password, String... arguments) {
        return started(password, arguments);
    }

    /** Starts a sentinel that watches a leader as {@code larder}. */
    public static RedisServer startSentinel(RedisServer leader) {
        return started(
                null,
                "--sentinel",
                "sentinel monitor larder 127.0.0.1 " + leader.port() + " 1",
                "sentinel down-after-milliseconds larder 500",
                "sentinel failover-timeout larder 3000");
    }

    private static RedisServer started(String password, String... arguments) {
        try {
            RedisServer server = new RedisServer(password, List.of(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restart() {
        restart(new String[0]);
    }

    @Override
    public int connections() {
        return (int) ask("CLIENT", "LIST").lines().count();
    }

    /** Starts it again after {@link #kill}, empty, with further options. */
    public void restart(String... further) {
        try {
            boolean sentinel = arguments.contains("--sentinel");
            List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + folder));
            if (!sentinel) {
                lines.addAll(List.of("save \"\"", "appendonly no", "enable-debug-command local"));
            }
            if (password != null && Arrays.stream(further).noneMatch(line -> line.startsWith("requirepass"))) {
                lines.add("requirepass " + password);
            }
            arguments.stream().filter(line -> !line.startsWith("--")).forEach(lines::add);
            lines.addAll(List.of(further));
            lines.replaceAll(line -> line.replace("{dir}", folder.toString()));
            Path configuration = folder.resolve("redis.conf");
            Files.write(configuration, lines);
            List<String> command = new ArrayList<>();
            command.add(program().toString());
            command.add(configuration.toString());
            if (sentinel) {
                command.add("--sentinel");
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("redis.log");
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Connection connection = open()) {
                connection.ping();
                return;
            } catch (JedisException e) {
                if (String.valueOf(e.getMessage()).matches("(NOAUTH|WRONGPASS).*")) {
                    return;
                }
                RealTime.pass(Duration.ofMillis(20));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("redis-server does not start on port " + port + ": " + Files.readString(log()));
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    @Override
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a command, past the backend, and answers what came, bytes as text. */
    public String ask(String... command) {
        try (Connection connection = open()) {
            CommandArguments all =
                    new CommandArguments(Protocol.Command.valueOf(command[0].toUpperCase(java.util.Locale.ROOT)));
            for (int i = 1; i < command.length; i++) {
                all.add(command[i]);
            }
            return String.valueOf(SafeEncoder.encodeObject(connection.executeCommand(all)));
        }
    }

    private Connection open() {
        return new Connection(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder()
                        .timeoutMillis(2_000)
                        .resp2()
                        .password(password)
                        .build());
    }

    @Override
    public void hang() {
        Signals.hang(process);
    }

    @Override
    public void goOn() {
        Signals.goOn(process);
    }

    @Override
    public void kill() {
        Signals.kill(process);
    }

    @Override
    public void close() {
        kill();
    }

    /** Makes running nodes one Cluster of leaders that share the slots. */
    public static void join(List<RedisServer> nodes) {
        int slots = 16_384;
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).ask("cluster", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            nodes.get(i)
                    .ask(
                            "cluster",
                            "ADDSLOTSRANGE",
                            Integer.toString(slots * i / nodes.size()),
                            Integer.toString(slots * (i + 1) / nodes.size() - 1));
            nodes.get(0)
                    .ask(
                            "cluster",
                            "MEET",
                            "127.0.0.1",
                            Integer.toString(nodes.get(i).port()));
        }
        await(() -> nodes.stream()
                .allMatch(node -> node.ask("cluster", "INFO").contains("cluster_state:ok")
                        && node.ask("cluster", "INFO").contains("cluster_known_nodes:" + nodes.size())
                        && node.ask("cluster", "INFO").contains("cluster_slots_assigned:" + slots)));
    }

    /** Waits until a replica has the leader's data. */
    public void awaitReplication() {
        await(() -> ask("info", "replication").contains("master_link_status:up"));
    }

    /** Waits, at most 20 s. */
    public static void await(java.util.function.BooleanSupplier condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(condition::getAsBoolean);
    }

    public static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                if (socket.getLocalPort() < HIGHEST_PORT) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /** A self-made authority and a certificate of it for 127.0.0.1, as PEM files in a folder: ca.crt, redis.crt, redis.key. */
    public static Path certificates() {
        try {
            Path folder = Files.createTempDirectory("larder-tls-");
            Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
            run(
                    folder,
                    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=larder-test -keyout ca.key -out ca.crt");
            run(folder, "openssl req -newkey rsa:2048 -nodes -subj /CN=redis -keyout redis.key -out redis.csr");
            run(
                    folder,
                    "openssl x509 -req -in redis.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san"
                            + " -out redis.crt");
            run(folder, "openssl pkcs12 -export -inkey redis.key -in redis.crt -passout pass:changeit -out client.p12");
            run(folder, "keytool -importcert -noprompt -alias ca -file ca.crt -keystore trust.p12 -storepass changeit");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, String command) throws IOException {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
