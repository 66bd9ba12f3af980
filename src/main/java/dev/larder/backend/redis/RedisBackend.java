package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Stores entries as strings of Redis, with the expiry of Redis. Each operation takes one round trip. */
final class RedisBackend implements CacheBackend {

    /** The longest string that Redis accepts by default (redis.conf, {@code proto-max-bulk-len}). */
    private static final int MAX_VALUE_BYTES = 512 * 1024 * 1024;

    /**
     * The length that Redis accepts with any configuration (config.c, {@code proto-max-bulk-len}). A longer value may
     * be refused while it is sent: Redis sends an error and closes the connection, which may lose the error.
     */
    private static final int ALWAYS_ACCEPTED_BYTES = 1024 * 1024;

    /** The most commands, or keys of one MGET, that an operation on many keys sends before it reads the replies. */
    private static final int BATCH_COMMANDS = 500;

    /** The most bytes of values that it sends before it reads the replies. */
    private static final int BATCH_BYTES = 4 * ALWAYS_ACCEPTED_BYTES;

    /** Returned for a value of another type: bytes that no codec reads, so it is a miss, logged, and overwritten. */
    private static final byte[] WRONG_TYPE = "WRONGTYPE: no string of Redis".getBytes(UTF_8);

    private final Topology servers;
    private final WarmUp warmUp;
    private final Duration timeout;

    private volatile boolean oneByOne;

    private RedisBackend(Topology servers, WarmUp warmUp, Duration timeout) {
        this.servers = servers;
        this.warmUp = warmUp;
        this.timeout = timeout;
    }

    /** Connects in the background: a server that is down at deployment is no error. */
    static RedisBackend open(String name, RedisOptions options) {
        Dialer dialer = new Dialer(options.clientName(), options.tls());
        Topology servers = topology(options, address -> new Node(address, dialer, options.poolSize()));
        return new RedisBackend(servers, WarmUp.start(name, servers, options.timeout()), options.timeout());
    }

    private static Topology topology(RedisOptions options, Function<ServerAddress, Node> nodes) {
        List<ServerAddress> servers = options.servers();
        String master = options.sentinelMaster();
        if (options.cluster()) {
            return new Cluster(servers, nodes);
        }
        if (master != null) {
            List<Node> sentinels = servers.stream()
                    .map(server -> server.as(options.sentinelLogin()))
                    .map(nodes)
                    .toList();
            return new Sentinel(master, servers.get(0), sentinels, nodes);
        }
        return new LeaderAndReplicas(servers.stream().map(nodes).toList(), options.readFromReplicas());
    }

    @Override
    public byte @Nullable [] get(String key) {
        try {
            return (byte[]) servers.read(Request.of(Protocol.Command.GET, utf8(key)), deadline());
        } catch (JedisDataException e) {
            if (RedisError.isWrongType(e)) {
                return WRONG_TYPE.clone();
            }
            throw e;
        }
    }

    /** MGET on one server, else GET in a pipeline to each node. Unlike GET, MGET leaves out values of another type. */
    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        if (keys.size() < 2) {
            return CacheBackend.super.getMany(keys);
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        List<String> distinct = List.copyOf(new LinkedHashSet<>(keys));
        for (int from = 0; from < distinct.size(); from += BATCH_COMMANDS) {
            read(distinct.subList(from, Math.min(distinct.size(), from + BATCH_COMMANDS)), values);
        }
        return values;
    }

    private void read(List<String> keys, Map<String, byte[]> values) {
        if (!servers.dividesKeys() && !oneByOne) {
            try {
                Request request = Request.of(Protocol.Command.MGET, utf8(keys.get(0)));
                keys.stream().skip(1).forEach(key -> request.with(utf8(key)));
                put(keys, (List<?>) servers.read(request, deadline()), values);
                return;
            } catch (JedisAccessControlException e) {
                oneByOne = isNoPermission(e); // this user may perhaps use GET
            }
        }
        put(keys, servers.readAll(requests(Protocol.Command.GET, keys), deadline()), values);
    }

    private static void put(List<String> keys, List<?> replies, Map<String, byte[]> values) {
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof byte[] value) {
                values.put(keys.get(i), value);
            } else if (replies.get(i) instanceof JedisDataException error && RedisError.isWrongType(error)) {
                values.put(keys.get(i), WRONG_TYPE.clone());
            }
        }
    }

    private static List<Request> requests(Protocol.Command command, List<String> keys) {
        return keys.stream().map(key -> Request.of(command, utf8(key))).toList();
    }

    /** Sends pipelines. A value that the server may refuse is sent alone, as the server then closes the connection. */
    @Override
    public Set<String> setMany(Map<String, byte[]> entries, Ttl ttl) {
        Set<String> stored = new HashSet<>();
        Map<String, Request> batch = new LinkedHashMap<>();
        RuntimeException failure = null;
        long bytes = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            byte[] value = entry.getValue();
            if (value.length > ALWAYS_ACCEPTED_BYTES) {
                try {
                    if (set(entry.getKey(), value, ttl)) {
                        stored.add(entry.getKey());
                    }
                } catch (RuntimeException e) {
                    failure = e;
                }
                continue;
            }
            batch.put(entry.getKey(), setRequest(entry.getKey(), value, ttl));
            bytes += value.length;
            if (batch.size() == BATCH_COMMANDS || bytes > BATCH_BYTES) {
                setBatch(batch, stored);
                batch.clear();
                bytes = 0;
            }
        }
        setBatch(batch, stored);
        if (failure != null && stored.isEmpty()) {
            throw failure;
        }
        Set<String> refused = new LinkedHashSet<>(entries.keySet());
        refused.removeAll(stored);
        return refused;
    }

    private void setBatch(Map<String, Request> batch, Set<String> stored) {
        if (batch.isEmpty()) {
            return;
        }
        List<String> keys = List.copyOf(batch.keySet());
        List<Object> replies = servers.writeAll(List.copyOf(batch.values()), deadline());
        for (int i = 0; i < keys.size(); i++) {
            if (!(replies.get(i) instanceof RuntimeException)) {
                stored.add(keys.get(i));
            }
        }
    }

    private static Request setRequest(String key, byte[] value, Ttl ttl) {
        Request request = Request.of(Protocol.Command.SET, utf8(key)).with(value);
        return ttl.isForever() ? request : request.with("PX").with(ttl.toMillis());
    }

    @Override
    public int deleteMany(Collection<String> keys) {
        List<String> all = List.copyOf(new LinkedHashSet<>(keys));
        int deleted = 0;
        for (int from = 0; from < all.size(); from += BATCH_COMMANDS) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH_COMMANDS));
            for (Object reply : servers.writeAll(requests(Protocol.Command.DEL, batch), deadline())) {
                if (isOne(reply)) {
                    deleted++;
                }
            }
        }
        return deleted;
    }

    /** Runs a script. For a user who may not run scripts, the operation is atomic in this process only. */
    @Override
    public boolean deleteIf(String key, byte[] value) {
        try {
            return isOne(servers.write(Script.DELETE_IF.about(utf8(key), List.of(value)), deadline()));
        } catch (JedisAccessControlException e) {
            if (!isNoPermission(e)) {
                throw e;
            }
            return CacheBackend.super.deleteIf(key, value);
        }
    }

    private static boolean isNoPermission(JedisAccessControlException error) {
        return String.valueOf(error.getMessage()).startsWith("NOPERM");
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        Request request = Request.of(Protocol.Command.SET, utf8(key)).with(value);
        Deadline deadline = deadline();
        if (value.length > MAX_VALUE_BYTES) {
            return refused(key, deadline);
        }
        if (!ttl.isForever()) {
            request.with("PX").with(ttl.toMillis());
        }
        try {
            servers.write(request, deadline);
            return true;
        } catch (JedisConnectionException e) {
            if (RedisError.isTooLarge(e) || value.length > ALWAYS_ACCEPTED_BYTES) {
                return refused(key, deadline); // throws, too, if the server itself is gone
            }
            throw e;
        } catch (JedisDataException e) {
            if (RedisError.isTooLarge(e)) {
                return refused(key, deadline);
            }
            throw e;
        }
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        if (value.length > MAX_VALUE_BYTES) {
            return false;
        }
        Request request =
                Request.of(Protocol.Command.SET, utf8(key)).with(value).with("NX");
        if (!ttl.isForever()) {
            request.with("PX").with(ttl.toMillis());
        }
        Deadline deadline = deadline();
        try {
            return servers.write(request, deadline) != null;
        } catch (JedisConnectionException e) {
            if (RedisError.isTooLarge(e) || value.length > ALWAYS_ACCEPTED_BYTES) {
                // throws, too, if the server itself is gone
                servers.write(Request.of(Protocol.Command.EXISTS, utf8(key)), deadline);
                return false;
            }
            throw e;
        } catch (JedisDataException e) {
            if (RedisError.isTooLarge(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes the older value if the new one is too large. */
    private boolean refused(String key, Deadline deadline) {
        servers.write(Request.of(Protocol.Command.DEL, utf8(key)), deadline);
        return false;
    }

    @Override
    public boolean delete(String key) {
        return isOne(servers.write(Request.of(Protocol.Command.DEL, utf8(key)), deadline()));
    }

    @Override
    public boolean hasKey(String key) {
        return isOne(servers.read(Request.of(Protocol.Command.EXISTS, utf8(key)), deadline()));
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        Request request = ttl.isForever()
                ? Script.KEEP_FOREVER.about(utf8(key))
                : Request.of(Protocol.Command.PEXPIRE, utf8(key)).with(ttl.toMillis());
        return isOne(servers.write(request, deadline()));
    }

    @Override
    public long add(String key, long delta) {
        Object reply = servers.write(Script.COUNT.about(utf8(key), Long.toString(delta)), deadline());
        if (reply == null) {
            throw new NoSuchKeyException("There is no counter '" + shown(key) + "'");
        }
        String text = new String((byte[]) reply, UTF_8);
        if (text.equals("NAN")) {
            throw new CacheValueException(
                    "The value of '" + shown(key) + "' is no counter, a whole number from 0 to 2^63-1");
        }
        if (text.startsWith(">")) {
            throw new CacheValueException("The counter '" + shown(key) + "' is " + text.substring(1)
                    + " and cannot be increased by " + delta + ": the maximum is 2^63-1");
        }
        return Long.parseLong(text);
    }

    @Override
    public boolean guard(Servers policy) {
        return servers.guard(policy, timeout);
    }

    @Override
    public void close() {
        servers.close();
        warmUp.close();
    }

    private Deadline deadline() {
        warmUp.await(timeout);
        return Deadline.in(timeout);
    }

    private static boolean isOne(Object reply) {
        return reply instanceof Long count && count == 1;
    }

    private static String shown(String key) {
        return key.length() > 200 ? key.substring(0, 200) : key;
    }

    private static byte[] utf8(String key) {
        return key.getBytes(UTF_8);
    }
}
