package dev.larder;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one backend, as {@code caches.<name>.*} configures them. Immutable: every setter returns a changed copy.
 */
public final class CacheSettings {

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    private final String backend;
    private final List<String> servers;
    private final Duration ttl;
    private final String keyPrefix;
    private final String version;
    private final OnError onError;
    private final Map<String, String> options;

    private CacheSettings(
            String backend,
            List<String> servers,
            Duration ttl,
            String keyPrefix,
            String version,
            OnError onError,
            Map<String, String> options) {
        this.backend = backend;
        this.servers = servers;
        this.ttl = ttl;
        this.keyPrefix = keyPrefix;
        this.version = version;
        this.onError = onError;
        this.options = options;
    }

    /**
     * The embedded backend, in the memory of this process.
     *
     * @return settings with every default
     */
    public static CacheSettings local() {
        return of("local");
    }

    /**
     * Redis.
     *
     * @param servers the primary, then its replicas: {@code redis://[user[:password]@]host[:port][/db]}
     * @return settings with every other default
     */
    public static CacheSettings redis(String... servers) {
        return of("redis").servers(servers);
    }

    /**
     * Memcached.
     *
     * @param servers the servers of the ring: {@code host:port}
     * @return settings with every other default
     */
    public static CacheSettings memcached(String... servers) {
        return of("memcached").servers(servers);
    }

    /**
     * Any backend.
     *
     * @param backend {@code local}, {@code redis}, {@code memcached}, {@code xmemcached}, the type of a
     *     {@link dev.larder.spi.CacheBackendFactory}, or the class name of a {@link dev.larder.spi.CacheBackend}
     * @return settings with every other default
     * @throws IllegalArgumentException if it is empty
     */
    public static CacheSettings of(String backend) {
        if (requireNonNull(backend, "backend").isEmpty()) {
            throw new IllegalArgumentException(
                    "A backend has a type: 'local', a factory's type or a class name; it was empty");
        }
        return new CacheSettings(backend, List.of(), DEFAULT_TTL, "", "1", OnError.MISS, Map.of());
    }

    /**
     * Sets the default time to live. Configuration: {@code ttl}; default 300 s.
     *
     * @param ttl zero stores nothing; {@link ICacheService#FOREVER} never expires
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public CacheSettings ttl(Duration ttl) {
        if (requireNonNull(ttl, "ttl").isNegative()) {
            throw new IllegalArgumentException("The ttl is zero or more, but was " + ttl);
        }
        return new CacheSettings(backend, servers, ttl, keyPrefix, version, onError, options);
    }

    /**
     * Sets what every key of this backend begins with. Configuration: {@code key-prefix}; default empty.
     *
     * @param keyPrefix the prefix
     * @return a changed copy
     */
    public CacheSettings keyPrefix(String keyPrefix) {
        return new CacheSettings(
                backend, servers, ttl, requireNonNull(keyPrefix, "keyPrefix"), version, onError, options);
    }

    /**
     * Sets the version that is part of every key. Configuration: {@code version}; default {@code 1}.
     *
     * @param version the version
     * @return a changed copy
     */
    public CacheSettings version(String version) {
        return new CacheSettings(
                backend, servers, ttl, keyPrefix, requireNonNull(version, "version"), onError, options);
    }

    /**
     * Sets the effect of a failure of the backend. Configuration: {@code on-error}; default {@link OnError#MISS}.
     *
     * @param onError the reaction
     * @return a changed copy
     */
    public CacheSettings onError(OnError onError) {
        return new CacheSettings(
                backend, servers, ttl, keyPrefix, version, requireNonNull(onError, "onError"), options);
    }

    /**
     * Sets the servers. Configuration: {@code servers}, separated by comma or semicolon.
     *
     * @param servers the addresses
     * @return a changed copy
     */
    public CacheSettings servers(String... servers) {
        return new CacheSettings(backend, List.of(servers), ttl, keyPrefix, version, onError, options);
    }

    /**
     * Sets an option of the backend. Configuration: {@code options.<name>}.
     *
     * @param name the option's name, in kebab-case
     * @param value its value
     * @return a changed copy
     */
    public CacheSettings option(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new CacheSettings(
                backend, servers, ttl, keyPrefix, version, onError, Collections.unmodifiableMap(changed));
    }

    /**
     * The backend's type.
     *
     * @return never empty
     */
    public String backend() {
        return backend;
    }

    /**
     * The servers' addresses, credentials included.
     *
     * @return immutable, empty if there are none
     */
    public List<String> servers() {
        return servers;
    }

    /**
     * The default time to live.
     *
     * @return zero or more
     */
    public Duration ttl() {
        return ttl;
    }

    /**
     * What every key begins with.
     *
     * @return maybe empty
     */
    public String keyPrefix() {
        return keyPrefix;
    }

    /**
     * The version in every key.
     *
     * @return maybe empty
     */
    public String version() {
        return version;
    }

    /**
     * What a failure of the backend means.
     *
     * @return never null
     */
    public OnError onError() {
        return onError;
    }

    /**
     * An option of the backend.
     *
     * @param name its name
     * @return its value, or null if it is not set
     */
    public @Nullable String option(String name) {
        return options.get(name);
    }

    /**
     * All options of the backend.
     *
     * @return immutable
     */
    public Map<String, String> options() {
        return options;
    }

    /**
     * The settings without credentials: {@code ***} replaces everything before the last {@code @} of a server, and options
     * appear without their values.
     */
    @Override
    public String toString() {
        return "CacheSettings[backend=" + backend + ", servers="
                + servers.stream().map(CacheSettings::withoutCredentials).collect(Collectors.joining(",", "[", "]"))
                + ", ttl=" + ttl + ", keyPrefix=" + keyPrefix + ", version=" + version + ", onError=" + onError
                + ", options=" + options.keySet() + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheSettings that && Arrays.equals(state(), that.state());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(state());
    }

    private Object[] state() {
        return new Object[] {backend, servers, ttl, keyPrefix, version, onError, options};
    }

    private static String withoutCredentials(String server) {
        int at = server.lastIndexOf('@');
        return at < 0 ? server : "***" + server.substring(at);
    }
}
