package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Entries as strings of Redis, with its own expiry, one round trip for each operation. */
final class RedisBackend implements CacheBackend {

    /** The longest string that Redis takes by default (redis.conf, {@code proto-max-bulk-len}). */
    private static final int MAX_VALUE_BYTES = 512 * 1024 * 1024;

    /**
     * What Redis takes whatever its configuration (config.c, {@code proto-max-bulk-len}). A larger value may be refused while
     * it is sent: Redis writes an error and closes the connection, and the error may be lost with it.
     */
    private static final int ALWAYS_TAKEN_BYTES = 1024 * 1024;

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

    /** Unlike GET, MGET leaves out values of another type. */
    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        if (keys.size() < 2 || oneByOne) {
            return CacheBackend.super.getMany(keys);
        }
        if (servers.dividesKeys()) {
            return ofSeveralServers(keys);
        }
        try {
            return together(List.copyOf(keys));
        } catch (JedisAccessControlException e) {
            oneByOne = String.valueOf(e.getMessage()).startsWith("NOPERM"); // this user may GET, at best
            return CacheBackend.super.getMany(keys);
        }
    }

    private Map<String, byte[]> ofSeveralServers(Collection<String> keys) {
        Map<String, byte[]> entries = new HashMap<>();
        RuntimeException failure = null;
        int failures = 0;
        for (String key : keys) {
            try {
                byte[] value = get(key);
                if (value != null) {
                    entries.put(key, value);
                }
            } catch (RuntimeException e) {
                failure = e;
                failures++;
            }
        }
        if (failure != null && failures == keys.size()) {
            throw failure;
        }
        return entries;
    }

    private Map<String, byte[]> together(List<String> asked) {
        Request request = Request.of(Protocol.Command.MGET, utf8(asked.get(0)));
        asked.stream().skip(1).forEach(key -> request.with(utf8(key)));
        List<?> values = (List<?>) servers.read(request, deadline());
        Map<String, byte[]> found = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof byte[] value) {
                found.put(asked.get(i), value);
            }
        }
        return found;
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
            if (RedisError.isTooLarge(e) || value.length > ALWAYS_TAKEN_BYTES) {
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
            if (RedisError.isTooLarge(e) || value.length > ALWAYS_TAKEN_BYTES) {
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

    /** Deletes the older value of one that is too large. */
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
                ? Script.KEEP_FOR_EVER.about(utf8(key))
                : Request.of(Protocol.Command.PEXPIRE, utf8(key)).with(ttl.toMillis());
        return isOne(servers.write(request, deadline()));
    }

    @Override
    public long add(String key, long delta) {
        Object answer = servers.write(Script.COUNT.about(utf8(key), Long.toString(delta)), deadline());
        if (answer == null) {
            throw new NoSuchKeyException("There is no counter '" + shown(key) + "'");
        }
        String text = new String((byte[]) answer, UTF_8);
        if (text.equals("NAN")) {
            throw new CacheValueException(
                    "The value of '" + shown(key) + "' is no counter, a whole number from 0 to 2^63-1");
        }
        if (text.startsWith(">")) {
            throw new CacheValueException("The counter '" + shown(key) + "' is " + text.substring(1)
                    + " and cannot be increased by " + delta + ": at most 2^63-1 is counted");
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

    private static boolean isOne(Object answer) {
        return answer instanceof Long count && count == 1;
    }

    private static String shown(String key) {
        return key.length() > 200 ? key.substring(0, 200) : key;
    }

    private static byte[] utf8(String key) {
        return key.getBytes(UTF_8);
    }
}
