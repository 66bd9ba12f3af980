package dev.larder.backend.memcached;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server: a host and a port, or a UNIX socket.
 *
 * @param host a name or an IP address without brackets; empty for a socket
 * @param port from 1 to 65535; 0 for a socket
 * @param socket the absolute path of a UNIX socket, or null
 */
public record ServerAddress(String host, int port, @Nullable String socket) {

    static final int DEFAULT_PORT = 11211;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern IP = Pattern.compile("[0-9.]+|.*:.*");

    /** A SASL login. Its text hides both. */
    public record Login(String user, String password) {

        static Login parse(String text) {
            int colon = text.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("'user:password' is expected before the '@'");
            }
            return new Login(text.substring(0, colon), text.substring(colon + 1));
        }

        // by hand, as below
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Login that && user.equals(that.user) && password.equals(that.password);
        }

        @Override
        public int hashCode() {
            return Objects.hash(user, password);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** An address and its login. */
    record Parsed(ServerAddress address, @Nullable Login login) {}

    // by hand: up to Java 17, a record's generated methods keep an undeployed class loader alive (JDK-8078641)
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerAddress that
                && host.equals(that.host)
                && port == that.port
                && Objects.equals(socket, that.socket);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, socket);
    }

    /**
     * Reads {@code [user:password@]host[:port]}, {@code [user:password@][ipv6][:port]}, {@code unix:///path},
     * {@code unix://user:password@/path} or {@code /path}.
     *
     * @throws IllegalArgumentException if it is none of these; its message does not show the address
     */
    static Parsed parse(String given) {
        String text = given.trim();
        if (text.startsWith("/")) {
            return new Parsed(ofSocket(text), null);
        }
        boolean unix = text.startsWith("unix://");
        String rest = unix ? text.substring("unix://".length()) : text;
        if (!unix && SCHEME.matcher(text).lookingAt()) {
            throw new IllegalArgumentException("it has a scheme other than unix://");
        }
        Login login = null;
        int at = unix && rest.startsWith("/") ? -1 : rest.lastIndexOf('@');
        if (at >= 0) {
            login = Login.parse(rest.substring(0, at));
            rest = rest.substring(at + 1);
        }
        return new Parsed(unix ? ofSocket(rest) : ofHost(rest), login);
    }

    private static ServerAddress ofSocket(String path) {
        if (!path.startsWith("/") || path.length() == 1 || path.endsWith("/")) {
            throw new IllegalArgumentException("the path of a UNIX socket is absolute");
        }
        return new ServerAddress("", 0, path);
    }

    private static ServerAddress ofHost(String text) {
        String host;
        String port = null;
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
                throw new IllegalArgumentException("an IPv6 address ends in ']' or ']:port'");
            }
            host = text.substring(1, end);
            port = end + 1 < text.length() ? text.substring(end + 2) : null;
        } else if (colon >= 0 && colon == text.indexOf(':')) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        } else {
            host = text;
        }
        if (host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("it has no host");
        }
        return new ServerAddress(host, port == null ? DEFAULT_PORT : port(port), null);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("a port is a number from 1 to 65535");
    }

    /** Whether the host is an IP address, so that no name needs to be resolved. False for a socket. */
    public boolean isIp() {
        return IP.matcher(host).matches();
    }

    /** The name on the ring, as libmemcached forms it: without credentials, and without a port of 11211. */
    String ringName() {
        if (socket != null) {
            return socket;
        }
        return port == DEFAULT_PORT ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return socket != null ? socket : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
