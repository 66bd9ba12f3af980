package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.spi.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The servers and options of one {@code redis} backend, read and checked: each option's name, default and meaning.
 *
 * @param servers at least one
 * @param sentinelMaster the name of the leader at the sentinels; null if the servers are no sentinels
 * @param sentinelLogin the login for the sentinels themselves
 * @param tls null if no server uses it
 */
record RedisOptions(
        List<ServerAddress> servers,
        Duration timeout,
        int poolSize,
        boolean readFromReplicas,
        boolean cluster,
        @Nullable String sentinelMaster,
        ServerAddress.Login sentinelLogin,
        String clientName,
        @Nullable SSLContext tls) {

    /** The longest time of an operation, with the waiting for a connection and every server that is tried. ISO-8601. */
    static final String TIMEOUT = "timeout";

    static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    /** The most connections to one server. Further operations wait for one, within the timeout. */
    static final String POOL_SIZE = "pool-size";

    static final int DEFAULT_POOL_SIZE = 8;

    private static final int MAX_POOL_SIZE = 10_000;

    /** Which servers take the reads, {@code replica} (the default) or {@code leader}. */
    static final String READ_FROM = "read-from";

    /** Whether the servers are nodes of a Redis Cluster, {@code true} or {@code false} (the default). */
    static final String CLUSTER = "cluster";

    /** The name of the leader at the sentinels. If it is set, the servers are sentinels. */
    static final String SENTINEL_MASTER = "sentinel-master";

    /** The user and password for the sentinels themselves; those of the addresses are for the leader. */
    static final String SENTINEL_USER = "sentinel-user";

    static final String SENTINEL_PASSWORD = "sentinel-password";

    /** The certificates that {@code rediss://} trusts: a PKCS#12, JKS or PEM file; by default those that Java trusts. */
    static final String TRUST_STORE = "trust-store";

    static final String TRUST_STORE_PASSWORD = "trust-store-password";

    /** The certificate and key for servers that require a client certificate: a PKCS#12 or JKS file. */
    static final String KEY_STORE = "key-store";

    static final String KEY_STORE_PASSWORD = "key-store-password";

    /** The name of the connections in {@code CLIENT LIST}. */
    static final String CLIENT_NAME = "client-name";

    static final String DEFAULT_CLIENT_NAME = "larder";

    static final Set<String> NAMES = Set.of(
            TIMEOUT,
            POOL_SIZE,
            READ_FROM,
            CLUSTER,
            SENTINEL_MASTER,
            SENTINEL_USER,
            SENTINEL_PASSWORD,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            KEY_STORE,
            KEY_STORE_PASSWORD,
            CLIENT_NAME);

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException naming every problem
     */
    static RedisOptions of(String name, CacheSettings settings) {
        return new Reader(name, settings).read();
    }

    private static final class Reader {

        private final CacheSettings settings;
        private final Options options;

        Reader(String name, CacheSettings settings) {
            this.settings = settings;
            this.options = new Options(name, settings);
        }

        RedisOptions read() {
            List<ServerAddress> servers = servers();
            boolean cluster = options.oneOf(CLUSTER, "false", "true").equals("true");
            String master = settings.option(SENTINEL_MASTER);
            boolean fromReplicas = options.oneOf(READ_FROM, "replica", "leader").equals("replica");
            topology(servers, cluster, master);
            RedisOptions read = new RedisOptions(
                    servers,
                    options.duration(TIMEOUT, DEFAULT_TIMEOUT, MAX_TIMEOUT),
                    (int) options.positive(POOL_SIZE, "connections", DEFAULT_POOL_SIZE, MAX_POOL_SIZE),
                    fromReplicas,
                    cluster,
                    master,
                    sentinelLogin(),
                    clientName(),
                    tls(servers));
            options.check();
            return read;
        }

        private List<ServerAddress> servers() {
            List<ServerAddress> servers = new ArrayList<>();
            for (String server : settings.servers()) {
                if (server.isBlank()) {
                    continue;
                }
                try {
                    servers.add(ServerAddress.parse(server));
                } catch (IllegalArgumentException e) {
                    options.problem(".servers: " + e.getMessage());
                }
            }
            if (settings.servers().stream().allMatch(String::isBlank)) {
                options.problem(
                        ".servers is missing: the backend redis needs at least one, as in redis://127.0.0.1:6379");
            }
            return List.copyOf(servers);
        }

        private void topology(List<ServerAddress> servers, boolean cluster, @Nullable String master) {
            if (cluster && master != null) {
                options.problem(
                        SENTINEL_MASTER, master, "nothing beside cluster=true: it is either Cluster or Sentinel");
            }
            if (master != null && master.isBlank()) {
                options.problem(SENTINEL_MASTER, master, "the name that the sentinels have for the leader");
            }
            if (!cluster && master == null) {
                return;
            }
            String readFrom = settings.option(READ_FROM);
            if ("replica".equals(readFrom)) {
                options.problem(
                        READ_FROM, readFrom, "nothing or 'leader' with Cluster and Sentinel: their leaders are read");
            }
            String what = cluster ? "nodes of a Cluster" : "sentinels";
            for (ServerAddress server : servers) {
                if (server.isUnix()) {
                    options.problem(
                            ".servers: '" + server + "' is a UNIX socket, but " + what + " have a host and a port");
                } else if (!server.login().equals(servers.get(0).login())
                        || server.tls() != servers.get(0).tls()) {
                    options.problem(".servers: '" + server + "' has another scheme, user, password or"
                            + " database than the first, but those of " + what + " are the same");
                }
            }
            if (cluster && servers.stream().anyMatch(server -> server.login().database() != 0)) {
                options.problem(".servers: a Cluster has no database but 0");
            }
        }

        private String clientName() {
            String given = settings.option(CLIENT_NAME);
            String clientName = given == null ? DEFAULT_CLIENT_NAME : given.strip();
            if (clientName.isEmpty() || clientName.chars().anyMatch(c -> c < '!' || c > '~')) {
                options.problem(CLIENT_NAME, clientName, "printable ASCII without a space");
            }
            return clientName;
        }

        private ServerAddress.Login sentinelLogin() {
            String user = settings.option(SENTINEL_USER);
            String password = settings.option(SENTINEL_PASSWORD);
            if (user != null && password == null) {
                options.problem(SENTINEL_USER, user, SENTINEL_PASSWORD + " beside it");
            }
            return new ServerAddress.Login(user, password, 0);
        }

        private @Nullable SSLContext tls(List<ServerAddress> servers) {
            if (servers.stream().noneMatch(ServerAddress::tls)) {
                return null;
            }
            String trust = settings.option(TRUST_STORE);
            String key = settings.option(KEY_STORE);
            Tls tls = new Tls();
            try {
                if (trust != null) {
                    tls.trust(Path.of(trust), password(TRUST_STORE_PASSWORD));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                options.problem(TRUST_STORE, trust, "a PKCS#12, JKS or PEM file of certificates (" + e + ")");
            }
            try {
                if (key != null) {
                    tls.show(Path.of(key), password(KEY_STORE_PASSWORD));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                options.problem(KEY_STORE, key, "a PKCS#12 or JKS file with a key and its certificate (" + e + ")");
            }
            try {
                return tls.context();
            } catch (GeneralSecurityException e) {
                options.problem(".servers: TLS is not available here: " + e);
                return null;
            }
        }

        private char @Nullable [] password(String option) {
            String given = settings.option(option);
            return given == null ? null : given.toCharArray();
        }
    }
}
