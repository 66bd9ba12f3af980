package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.ServerAddress.Login;
import dev.larder.spi.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a memcached backend, read and checked.
 *
 * @param name the configured name
 * @param servers the servers of the ring, at least one, all different
 * @param login the SASL login, or null
 * @param timeout see {@link #TIMEOUT}
 * @param noreply see {@link #DEFAULT_NOREPLY}
 * @param queueSize see {@link #QUEUE_SIZE}
 * @param maxValueBytes see {@link #MAX_VALUE_BYTES}
 */
public record MemcachedSettings(
        String name,
        List<ServerAddress> servers,
        @Nullable Login login,
        Duration timeout,
        boolean noreply,
        int queueSize,
        int maxValueBytes) {

    /** The longest time of an operation as a whole: seconds, or an ISO 8601 duration. */
    static final String TIMEOUT = "timeout";

    static final Duration TIMEOUT_DEFAULT = Duration.ofMillis(250);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /** Whether {@code set} returns true before the server has confirmed: {@code true} or {@code false}, the default. */
    static final String DEFAULT_NOREPLY = "default-noreply";

    /** The most operations that wait for one server; further ones fail at once. */
    static final String QUEUE_SIZE = "queue-size";

    static final int QUEUE_SIZE_DEFAULT = 1024;

    /** The largest value that is sent, in bytes. The server may have a lower limit ({@code memcached -I}). */
    static final String MAX_VALUE_BYTES = "max-value-bytes";

    static final int MAX_VALUE_BYTES_DEFAULT = 1024 * 1024;

    /** The SASL user of all servers, if the addresses name none. */
    static final String USER = "user";

    /** The SASL password of all servers, if the addresses name none. */
    static final String PASSWORD = "password";

    /** The names of all options. */
    public static final Set<String> OPTIONS =
            Set.of(TIMEOUT, DEFAULT_NOREPLY, QUEUE_SIZE, MAX_VALUE_BYTES, USER, PASSWORD);

    /** Copies the servers. */
    public MemcachedSettings {
        servers = List.copyOf(servers);
    }

    /**
     * Reads the settings.
     * @param name the configured name
     * @throws IllegalArgumentException if they are wrong: the message lists every problem, without credentials
     */
    public static MemcachedSettings of(String name, CacheSettings settings) {
        Options options = new Options(name, settings);
        Reader reader = new Reader(settings, options);
        List<ServerAddress> servers = new ArrayList<>();
        Login login = reader.servers(servers);
        MemcachedSettings read = new MemcachedSettings(
                name,
                servers,
                login,
                options.duration(TIMEOUT, TIMEOUT_DEFAULT, MAX_TIMEOUT),
                options.isTrue(DEFAULT_NOREPLY),
                (int) options.positive(QUEUE_SIZE, "operations", QUEUE_SIZE_DEFAULT, Integer.MAX_VALUE),
                (int) options.positive(MAX_VALUE_BYTES, "bytes", MAX_VALUE_BYTES_DEFAULT, Integer.MAX_VALUE));
        options.check();
        return read;
    }

    private record Reader(CacheSettings settings, Options options) {

        @Nullable
        Login servers(List<ServerAddress> servers) {
            Set<Login> logins = new LinkedHashSet<>();
            for (String given : settings.servers()) {
                try {
                    ServerAddress.Parsed parsed = ServerAddress.parse(given);
                    if (servers.contains(parsed.address())) {
                        options.problem(".servers names '" + parsed.address() + "' twice");
                    }
                    servers.add(parsed.address());
                    if (parsed.login() != null) {
                        logins.add(parsed.login());
                    }
                } catch (IllegalArgumentException e) {
                    options.problem(".servers holds '" + shown(given)
                            + "', expected [user:password@]host[:port], unix:///path or /path: " + e.getMessage());
                }
            }
            if (settings.servers().isEmpty()) {
                options.problem(".servers is missing, expected the servers of the ring, for example '" + "127.0.0.1:"
                        + ServerAddress.DEFAULT_PORT + "'");
            }
            Login option = loginOption();
            if (option != null) {
                logins.add(option);
            }
            if (logins.size() > 1) {
                options.problem(" gives " + logins.size()
                        + " different logins in servers and options, expected the same for all servers");
            }
            return logins.isEmpty() ? null : logins.iterator().next();
        }

        private @Nullable Login loginOption() {
            String user = settings.option(USER);
            String password = settings.option(PASSWORD);
            if (user == null && password == null) {
                return null;
            }
            if (user == null || password == null) {
                options.problem(".options."
                        + (user == null
                                ? "user is missing, expected beside password"
                                : "password is missing, expected beside user"));
                return null;
            }
            return new Login(user, password);
        }

        private static String shown(String server) {
            int at = server.lastIndexOf('@');
            return at < 0 ? server : "***" + server.substring(at);
        }
    }
}
