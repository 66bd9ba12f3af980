package dev.larder.backend.redis;

import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** One server and a bounded number of connections to it. They are opened when needed; the one used last is used first. */
final class Node implements AutoCloseable {

    /** How long other servers are preferred to one that failed. */
    private static final long REST_NANOS = Duration.ofSeconds(1).toNanos();

    private final ServerAddress address;
    private final String name;
    private final Dialer dialer;
    private final int poolSize;
    private final Semaphore free;
    private final Deque<RedisConnection> idle = new ArrayDeque<>();
    private boolean closed;
    private volatile @Nullable Guard guard;

    /** The time until which other servers are preferred; 0 if this one works. */
    private final AtomicLong restsUntil = new AtomicLong();

    Node(ServerAddress address, Dialer dialer, int poolSize) {
        this.address = address;
        this.name = address.toString();
        this.dialer = dialer;
        this.poolSize = poolSize;
        this.free = new Semaphore(poolSize);
    }

    private record Guard(Servers policy, Duration timeout) {}

    /** From now on, checks the failure policy before each call of this server. */
    void guard(Servers policy, Duration timeout) {
        guard = new Guard(policy, timeout);
    }

    /** Whether the failure policy bars this server, so that only a probe may call it. */
    boolean isBarred() {
        Guard its = guard;
        return its != null && its.policy.isLost(name);
    }

    /** Reports this server as lost: it cannot be reached, and another can take its place. */
    void bar() {
        Guard its = guard;
        if (its != null) {
            its.policy.lost(name, this::probe);
        }
    }

    private void probe() {
        Guard its = guard;
        if (its == null) {
            return;
        }
        Deadline deadline = Deadline.in(its.timeout);
        try {
            useConnection(deadline, connection -> connection.call(Request.probe(), deadline));
        } catch (JedisDataException e) {
            // a server that refuses permission works
            boolean noPermission = e instanceof JedisAccessControlException && !RedisError.isFatal(e);
            if (!noPermission && !RedisError.isFromWorkingServer(e)) {
                throw e;
            }
        }
    }

    ServerAddress address() {
        return address;
    }

    Object call(Request request, Deadline deadline) {
        return with(deadline, connection -> connection.call(request, deadline));
    }

    List<Object> callAll(List<Request> requests, Deadline deadline) {
        return with(deadline, connection -> connection.callAll(requests, deadline));
    }

    Object callAsking(Request request, Deadline deadline) {
        return with(deadline, connection -> connection.callAsking(request, deadline));
    }

    /** Whether its last call failed. */
    boolean isLost() {
        return restsUntil.get() != 0;
    }

    /** Whether it failed within the last second. After that second, one caller gets false, and should try it. */
    boolean isResting() {
        long until = restsUntil.get();
        if (until == 0) {
            return false;
        }
        long now = System.nanoTime();
        return now - until < 0 || !restsUntil.compareAndSet(until, now + REST_NANOS);
    }

    /** The nodes that work, then those that rest, each in the given order. */
    static List<Node> workingFirst(Collection<Node> nodes) {
        List<Node> order = new ArrayList<>(nodes.size());
        List<Node> resting = new ArrayList<>();
        for (Node node : nodes) {
            (node.isResting() ? resting : order).add(node);
        }
        order.addAll(resting);
        return order;
    }

    private <T> T with(Deadline deadline, Function<RedisConnection, T> use) {
        Guard its = guard;
        if (its == null) {
            return useConnection(deadline, use);
        }
        its.policy.admit(name);
        try {
            T result = useConnection(deadline, use);
            its.policy.answered(name);
            return result;
        } catch (JedisDataException e) {
            if (RedisError.isFromWorkingServer(e)) {
                its.policy.answered(name);
            } else {
                its.policy.failed(name, this::probe);
            }
            throw e;
        } catch (RuntimeException e) {
            its.policy.failed(name, this::probe);
            throw e;
        }
    }

    private <T> T useConnection(Deadline deadline, Function<RedisConnection, T> use) {
        acquire(deadline);
        try {
            T result = tryConnection(deadline, use);
            if (restsUntil.get() != 0) {
                restsUntil.set(0);
            }
            return result;
        } finally {
            free.release();
        }
    }

    private <T> T tryConnection(Deadline deadline, Function<RedisConnection, T> use) {
        RedisConnection connection = null;
        try {
            connection = idle();
            if (connection == null) {
                connection = dialer.open(address, deadline);
            }
            T result = use.apply(connection);
            giveBack(connection);
            return result;
        } catch (JedisDataException e) {
            if (connection != null && RedisError.isFatal(e)) {
                connection.close();
            } else if (connection != null) {
                giveBack(connection);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            if (connection != null) {
                connection.close();
            }
            // the idle ones are most likely broken as well, and each would fail a call
            closeIdle();
            rest();
            throw e;
        }
    }

    /** Makes callers prefer other servers for a second. */
    void rest() {
        long until = System.nanoTime() + REST_NANOS;
        restsUntil.set(until == 0 ? 1 : until);
    }

    private void acquire(Deadline deadline) {
        if (free.tryAcquire()) {
            return;
        }
        try {
            if (!free.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new JedisConnectionException("All " + poolSize + " connections to " + address
                        + " were busy for the whole timeout (option " + RedisOptions.POOL_SIZE + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("Interrupted while waiting for a connection to " + address, e);
        }
    }

    private @Nullable RedisConnection idle() {
        while (true) {
            RedisConnection connection;
            synchronized (idle) {
                connection = idle.pollFirst();
            }
            if (connection == null || connection.isQuiet()) {
                return connection;
            }
            connection.close();
        }
    }

    private void giveBack(RedisConnection connection) {
        synchronized (idle) {
            if (!closed) {
                idle.addFirst(connection);
                return;
            }
        }
        connection.close();
    }

    private void closeIdle() {
        List<RedisConnection> all;
        synchronized (idle) {
            all = new ArrayList<>(idle);
            idle.clear();
        }
        all.forEach(RedisConnection::close);
    }

    /** Connections in use are closed when their operation ends. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        Guard its = guard;
        if (its != null) {
            its.policy.forget(name);
        }
        closeIdle();
    }
}
