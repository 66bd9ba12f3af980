package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheSettings;
import dev.larder.response.TagCommands;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Tags on a Redis, whose commands MONITOR shows. */
class RedisTagsIT extends TagCommands {

    private final RedisServer server = RedisServer.start();

    @AfterEach
    void end() {
        server.close();
    }

    @Override
    protected CacheBackend open() {
        return new RedisBackendFactory()
                .create("default", CacheSettings.redis(server.address()).option("timeout", "PT5S"));
    }

    @Override
    protected int entries() {
        return Integer.parseInt(server.ask("DBSIZE"));
    }

    @Override
    protected List<List<String>> commands(Runnable running) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            socket.getOutputStream().write("MONITOR\r\n".getBytes(UTF_8));
            if (!"+OK".equals(lines.readLine())) {
                throw new IllegalStateException("No MONITOR");
            }
            running.run();
            String last = UUID.randomUUID().toString();
            server.ask("ECHO", last);
            List<List<String>> commands = new ArrayList<>();
            for (String line = lines.readLine(); !line.contains(last); line = lines.readLine()) {
                // +1700000000.1 [0 127.0.0.1:1] "GET" "key"
                String command = line.substring(line.indexOf("] ") + 3, line.length() - 1);
                List<String> parts = List.of(command.split("\" \""));
                if (!Set.of("HELLO", "CLIENT").contains(parts.get(0))) { // of the connection for ECHO
                    commands.add(parts);
                }
            }
            return commands;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
