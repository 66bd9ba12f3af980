package dev.larder.backend.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One server: {@code redis://[user[:password]@]host[:port][/db]}, {@code rediss://} for TLS, or a UNIX socket
 * {@code unix://[user[:password]@]/path[?db=n]} or {@code /path}. User and password are percent-encoded.
 *
 * @param path the UNIX socket, or null
 * @param host without brackets; empty for a UNIX socket
 */
record ServerAddress(@Nullable String path, String host, int port, boolean tls, Login login) {

    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_PORT = 65_535;
    private static final String EXPECTED =
            "expected redis://[user[:password]@]host[:port][/db], rediss://… for TLS, unix:///path or /path";

    /** User, password and database. */
    record Login(@Nullable String user, @Nullable String password, int database) {

        static final Login NONE = new Login(null, null, 0);

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Login that
                    && Objects.equals(user, that.user)
                    && Objects.equals(password, that.password)
                    && database == that.database;
        }

        @Override
        public int hashCode() {
            return Objects.hash(user, password, database);
        }

        @Override
        public String toString() {
            return "***/" + database;
        }
    }

    // by hand: up to Java 17, a record's generated methods keep an undeployed class loader alive (JDK-8078641)
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerAddress that
                && Objects.equals(path, that.path)
                && host.equals(that.host)
                && port == that.port
                && tls == that.tls
                && login.equals(that.login);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, host, port, tls, login);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the message does not show the credentials
     */
    static ServerAddress parse(String given) {
        String text = given.strip();
        try {
            return parsed(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + withoutCredentials(text) + "' is no server's address: " + e.getMessage() + "; " + EXPECTED);
        }
    }

    /** Masks everything up to the last {@code @}, which may be a secret even if the address cannot be parsed. */
    static String withoutCredentials(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "***" + text.substring(at);
    }

    /** Another server with the same login and TLS, as Sentinel and Cluster name them. */
    ServerAddress at(String otherHost, int otherPort) {
        return new ServerAddress(null, otherHost, otherPort, tls, login);
    }

    /** The same server with another login. */
    ServerAddress as(Login other) {
        return new ServerAddress(path, host, port, tls, other);
    }

    boolean isUnix() {
        return path != null;
    }

    /** Without credentials. */
    @Override
    public String toString() {
        if (path != null) {
            return path;
        }
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static ServerAddress parsed(String text) {
        if (text.startsWith("/")) {
            return new ServerAddress(text, "", 0, false, Login.NONE);
        }
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            throw new IllegalArgumentException("it has no scheme");
        }
        String rest = text.substring(scheme + "://".length());
        int at = rest.lastIndexOf('@');
        String credentials = at < 0 ? "" : rest.substring(0, at);
        String place = rest.substring(at + 1);
        return switch (text.substring(0, scheme)) {
            case "redis" -> tcp(place, credentials, false);
            case "rediss" -> tcp(place, credentials, true);
            case "unix" -> unix(place, credentials);
            default -> throw new IllegalArgumentException("its scheme is unknown");
        };
    }

    private static ServerAddress unix(String place, String credentials) {
        int query = place.indexOf("?db=");
        String path = query < 0 ? place : place.substring(0, query);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path does not begin with '/'");
        }
        String database = query < 0 ? "" : place.substring(query + "?db=".length());
        return new ServerAddress(path, "", 0, false, login(credentials, database));
    }

    private static ServerAddress tcp(String place, String credentials, boolean tls) {
        int slash = place.indexOf('/');
        String database = slash < 0 ? "" : place.substring(slash + 1);
        String endpoint = slash < 0 ? place : place.substring(0, slash);
        String host = endpoint;
        String port = "";
        if (endpoint.startsWith("[")) {
            int end = endpoint.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("the bracket is not closed");
            }
            host = endpoint.substring(1, end);
            port = endpoint.substring(end + 1);
        } else if (endpoint.indexOf(':') >= 0) {
            host = endpoint.substring(0, endpoint.indexOf(':'));
            port = endpoint.substring(endpoint.indexOf(':'));
        }
        if (port.lastIndexOf(':') > 0) {
            throw new IllegalArgumentException("there are two ports, or an IPv6 address without brackets");
        }
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#')) {
            throw new IllegalArgumentException("there is no host");
        }
        if (!port.isEmpty() && port.charAt(0) != ':') {
            throw new IllegalArgumentException("':' and a port are expected behind ']'");
        }
        int number = port.isEmpty() ? DEFAULT_PORT : number(port.substring(1), "port", MAX_PORT);
        if (number == 0) {
            throw new IllegalArgumentException("the port is 0");
        }
        return new ServerAddress(null, host, number, tls, login(credentials, database));
    }

    private static Login login(String credentials, String database) {
        int colon = credentials.indexOf(':');
        String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
        String password = colon < 0 ? null : decoded(credentials.substring(colon + 1));
        if (password == null && !user.isEmpty()) {
            throw new IllegalArgumentException("a user has a password, as in 'user:password@', and the password of the"
                    + " default user is written ':password@'");
        }
        int number = database.isEmpty() ? 0 : number(database, "database", Integer.MAX_VALUE);
        return new Login(user.isEmpty() ? null : user, password, number);
    }

    private static int number(String digits, String what, int highest) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0 && number <= highest && Character.isDigit(digits.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("the " + what + " is no number from 0 to " + highest);
    }

    /** {@code +} is a plus here, unlike in a form. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("the credentials hold a '%' that is followed by no two"
                            + " hexadecimal digits; a percent sign is written '%25'");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the percent-encoded credentials are no UTF-8", e);
        }
    }
}
