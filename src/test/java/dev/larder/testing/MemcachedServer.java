package dev.larder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real memcached on a free loopback port or a UNIX socket. It ends with the JVM at the latest. */
public final class MemcachedServer implements StoreServer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LOOPBACK = "127.0.0.1";

    private static MemcachedServer shared;
    private static MemcachedServer sharedSecond;
    private static MemcachedServer sharedSocket;

    private final String host;
    private final int port;
    private final Path socket;
    private final List<String> arguments;
    private final Path folder;
    private Process process;

    private MemcachedServer(String host, int port, Path socket, Path folder, List<String> arguments) {
        this.host = host;
        this.port = port;
        this.socket = socket;
        this.folder = folder;
        this.arguments = arguments;
    }

    /** One for the whole JVM, for tests that leave it as it is. */
    public static synchronized MemcachedServer shared() {
        shared = shared == null ? given(0) : shared;
        return shared;
    }

    /** Another one, to make a ring. */
    public static synchronized MemcachedServer sharedSecond() {
        sharedSecond = sharedSecond == null ? given(1) : sharedSecond;
        return sharedSecond;
    }

    /** One of those that LARDER_TEST_MEMCACHED names, {@code host:port}; else one that is started here. */
    private static MemcachedServer given(int index) {
        String addresses = System.getenv(Executables.MEMCACHED);
        if (addresses == null || addresses.isBlank() || addresses.split(",").length <= index) {
            return start();
        }
        String address = addresses.split(",")[index].strip();
        int colon = address.lastIndexOf(':');
        return new MemcachedServer(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), null, null, List.of());
    }

    /** One on a UNIX socket. */
    public static synchronized MemcachedServer sharedSocket() {
        sharedSocket = sharedSocket == null ? startOnSocket() : sharedSocket;
        return sharedSocket;
    }

    /** Starts one with further arguments. */
    public static MemcachedServer start(String... arguments) {
        try {
            return started(new MemcachedServer(LOOPBACK, freePort(), null, newFolder(), List.of(arguments)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on a UNIX socket in a folder of its own. */
    public static MemcachedServer startOnSocket() {
        Path folder = newFolder();
        return started(new MemcachedServer(LOOPBACK, 0, folder.resolve("memcached.sock"), folder, List.of()));
    }

    /** Starts one that wants a login. Needs saslpasswd2. */
    public static MemcachedServer startWithLogin(String user, String password) {
        MemcachedServer server = start("-S");
        server.kill();
        server.setPassword(user, password);
        server.restart();
        return server;
    }

    /** Not started: nobody listens there. */
    public static MemcachedServer absent() {
        try {
            MemcachedServer server = new MemcachedServer(LOOPBACK, freePort(), null, newFolder(), List.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MemcachedServer started(MemcachedServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.restart();
        return server;
    }

    /** Sets a password, known from the next start on. */
    public void setPassword(String user, String password) {
        try {
            Files.writeString(
                    folder.resolve("memcached.conf"),
                    "mech_list: plain\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: "
                            + folder.resolve("sasldb") + "\n");
            Process set = new ProcessBuilder(
                            Executables.find("saslpasswd2", "sasl2-bin", "LARDER_SASLPASSWD2", Executables.MEMCACHED)
                                    .toString(),
                            "-a",
                            "memcached",
                            "-c",
                            "-p",
                            "-f",
                            folder.resolve("sasldb").toString(),
                            user)
                    .redirectErrorStream(true)
                    .start();
            set.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
            set.getOutputStream().close();
            if (set.waitFor() != 0) {
                throw new IllegalStateException(
                        "saslpasswd2: " + new String(set.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void restart() {
        try {
            List<String> command = new ArrayList<>();
            command.add(Executables.find("memcached", "memcached", "LARDER_MEMCACHED", Executables.MEMCACHED)
                    .toString());
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("-u", "root"));
            }
            if (socket != null) {
                Files.deleteIfExists(socket);
                command.addAll(List.of("-s", socket.toString()));
            } else {
                command.addAll(List.of("-l", LOOPBACK, "-p", Integer.toString(port), "-U", "0"));
            }
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("memcached.log").toFile()));
            builder.environment().put("SASL_CONF_PATH", folder.toString());
            process = builder.start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                connect().close();
                return;
            } catch (IOException e) {
                RealTime.pass(Duration.ofMillis(10));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "memcached does not start at " + address() + ": " + Files.readString(folder.resolve("memcached.log")));
    }

    private SocketChannel connect() throws IOException {
        if (socket == null) {
            return SocketChannel.open(new InetSocketAddress(host, port));
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    @Override
    public String address() {
        return socket == null ? host + ":" + port : "unix://" + socket;
    }

    public int port() {
        return port;
    }

    /** Sends a line of the text protocol, past the backend, and answers what came up to a line that ends an answer. */
    public String ask(String command) {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
            ByteBuffer buffer = ByteBuffer.allocate(2 << 20);
            while (channel.read(buffer) >= 0) {
                String answer = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
                if (answer.matches("(?s).*(END|STORED|OK|ERROR.*|DELETED|NOT_FOUND|TOUCHED|VERSION .*|EN)\r\n")) {
                    return answer;
                }
            }
            throw new IOException("The connection was closed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int connections() {
        return Integer.parseInt(ask("stats").replaceAll("(?s).*STAT curr_connections (\\d+).*", "$1"));
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
        if (process != null) {
            kill();
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("larder-memcached-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }
}
