package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Plays a first operation without a server, at deployment. The real first one would otherwise spend its timeout on loading
 * and starting classes.
 */
final class Rehearsal {

    private static final int RECORD_BYTES = 32 * 1024;

    private Rehearsal() {}

    static void play(Dialer dialer) {
        playProtocol(dialer);
        playSocket();
        SSLContext tls = dialer.tls();
        if (tls != null) {
            playTls(tls);
        }
    }

    private static void playProtocol(Dialer dialer) {
        byte[] key = new byte[1];
        Socket prompter = new Prompter("+OK\r\n+OK\r\n+OK\r\n$1\r\n1\r\n+OK\r\n-ERR none\r\n");
        try (Connection connection = new Connection(() -> prompter)) {
            dialer.greet(connection, new ServerAddress.Login("user", "password", 1));
            connection.executeCommand(Request.of(Protocol.Command.GET, key).command());
            connection.executeCommand(
                    Request.of(Protocol.Command.SET, key).with(key).command());
            connection.executeCommand(Script.COUNT.about(key, "1").command());
        } catch (JedisException e) {
            // the last answer is an error: its class is loaded, too
        }
    }

    private static void playSocket() {
        try (SocketChannel channel = SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, 0);
            selector.select(ready -> {}, 1);
            UnixDomainSocketAddress.of("");
        } catch (IOException | RuntimeException e) {
            // the first operation will tell
        }
    }

    private static void playTls(SSLContext tls) {
        SSLEngine engine = tls.createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        try {
            engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(RECORD_BYTES));
        } catch (SSLException e) {
            // the first operation will tell
        }
    }

    /** A socket that knows the answers. */
    private static final class Prompter extends Socket {

        private final InputStream answers;

        Prompter(String answers) {
            this.answers = new ByteArrayInputStream(answers.getBytes(US_ASCII));
        }

        @Override
        public InputStream getInputStream() {
            return answers;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public synchronized int getSoTimeout() {
            return 0;
        }
    }
}
