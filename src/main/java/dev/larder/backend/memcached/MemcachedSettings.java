package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.spi.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of a memcached backend, read and checked.
 *
 * @param name the configured name
 * @param servers the servers of the ring, at least one, all different
 * @param login who logs in, or null
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

    /** How long an operation takes at most, as a whole: seconds, or a duration of ISO 8601. */
    static final String TIMEOUT = "timeout";

    static final Duration TIMEOUT_DEFAULT = Duration.ofMillis(250);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** Whether {@code set} answers true before the server has confirmed: {@code true} or {@code false}, the default. */
    static final String DEFAULT_NOREPLY = "default-noreply";

    /** How many operations wait for one server at most, in operations; more fail at once. */
    static final String QUEUE_SIZE = "queue-size";

    static final int QUEUE_SIZE_DEFAULT = 1024;

    /** The largest value that is sent at all, in bytes; the server's own limit ({@code memcached -I}) comes on top. */
    static final String MAX_VALUE_BYTES = "max-value-bytes";

    static final int MAX_VALUE_BYTES_DEFAULT = 1024 * 1024;

    /** The SASL user of all servers; instead of one in the addresses. */
    static final String USER = "user";

    /** The SASL password of all servers; instead of one in the addresses. */
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
     *
     * @param name the configured name
     * @param settings its settings
     * @return what they say
     * @throws IllegalArgumentException if they are wrong: the message lists every problem, without credentials
     */
    public static MemcachedSettings of(String name, CacheSettings settings) {
        Reader reader = new Reader(name, settings, new ArrayList<>());
        List<ServerAddress> servers = new ArrayList<>();
        Login login = reader.servers(servers);
        MemcachedSettings read = new MemcachedSettings(
                name,
                servers,
                login,
                reader.timeout(),
                reader.flag(DEFAULT_NOREPLY),
                reader.positive(QUEUE_SIZE, "operations", QUEUE_SIZE_DEFAULT),
                reader.positive(MAX_VALUE_BYTES, "bytes", MAX_VALUE_BYTES_DEFAULT));
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reader.problems));
        }
        return read;
    }

    private record Reader(String name, CacheSettings settings, List<String> problems) {

        @Nullable
        Login servers(List<ServerAddress> servers) {
            Set<Login> logins = new LinkedHashSet<>();
            for (String given : settings.servers()) {
                try {
                    ServerAddress.Parsed parsed = ServerAddress.parse(given);
                    if (servers.contains(parsed.address())) {
                        problems.add("caches." + name + ".servers names '" + parsed.address() + "' twice");
                    }
                    servers.add(parsed.address());
                    if (parsed.login() != null) {
                        logins.add(parsed.login());
                    }
                } catch (IllegalArgumentException e) {
                    problems.add("caches." + name + ".servers holds '" + shown(given)
                            + "', expected [user:password@]host[:port], unix:///path or /path: " + e.getMessage());
                }
            }
            if (settings.servers().isEmpty()) {
                problems.add("caches." + name + ".servers is missing, expected the servers of the ring, for example '"
                        + "127.0.0.1:" + ServerAddress.DEFAULT_PORT + "'");
            }
            Login option = loginOption();
            if (option != null) {
                logins.add(option);
            }
            if (logins.size() > 1) {
                problems.add("caches." + name + " gives " + logins.size()
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
                problems.add("caches." + name + ".options."
                        + (user == null
                                ? "user is missing, expected beside password"
                                : "password is missing, expected beside user"));
                return null;
            }
            return new Login(user, password);
        }

        Duration timeout() {
            String given = settings.option(TIMEOUT);
            if (given == null) {
                return TIMEOUT_DEFAULT;
            }
            try {
                Duration timeout = Options.duration(given);
                if (timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                    return timeout;
                }
            } catch (IllegalArgumentException e) {
                // reported below
            }
            problem(TIMEOUT, given, "a time from 0.001 to 60 seconds, as in 0.25 or PT0.25S");
            return TIMEOUT_DEFAULT;
        }

        boolean flag(String option) {
            String given = settings.option(option);
            if (given != null && !given.trim().equals("true") && !given.trim().equals("false")) {
                problem(option, given, "'true' or 'false'");
            }
            return given != null && given.trim().equals("true");
        }

        int positive(String option, String unit, int defaultValue) {
            String given = settings.option(option);
            if (given == null) {
                return defaultValue;
            }
            try {
                int number = Integer.parseInt(given.trim());
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            problem(option, given, "a whole number of " + unit + " from 1 to 2^31-1");
            return defaultValue;
        }

        private void problem(String option, String given, String expected) {
            problems.add("caches." + name + ".options." + option + " is '" + given + "', expected " + expected);
        }

        private static String shown(String server) {
            int at = server.lastIndexOf('@');
            return at < 0 ? server : "***" + server.substring(at);
        }
    }
}
