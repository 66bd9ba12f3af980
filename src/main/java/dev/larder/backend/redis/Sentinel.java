package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The leader that the sentinels name. The first operation queries the sentinels, and so does the next one after a
 * failure of the leader.
 */
final class Sentinel implements Topology {

    private final String master;
    private final ServerAddress template;
    private final List<Node> sentinels;
    private final Function<ServerAddress, Node> nodes;
    private final ReentrantLock querying = new ReentrantLock();
    private volatile @Nullable Node leader;
    private volatile boolean outdated;
    private volatile boolean closed;

    /**
     * Opens no connection yet.
     *
     * @param template TLS, user, password and database of the leader
     */
    Sentinel(String master, ServerAddress template, List<Node> sentinels, Function<ServerAddress, Node> nodes) {
        this.master = master;
        this.template = template;
        this.sentinels = List.copyOf(sentinels);
        this.nodes = nodes;
    }

    @Override
    public Object read(Request request, Deadline deadline) {
        return write(request, deadline);
    }

    @Override
    public Object write(Request request, Deadline deadline) {
        return write(deadline, node -> node.call(request, deadline));
    }

    @Override
    public List<Object> writeAll(List<Request> requests, Deadline deadline) {
        return write(deadline, node -> node.callAll(requests, deadline));
    }

    private <T> T write(Deadline deadline, Function<Node, T> call) {
        Node node = leader(deadline);
        try {
            return call.apply(node);
        } catch (JedisDataException e) {
            outdated |= RedisError.isReadOnly(e) || RedisError.isFatal(e);
            throw e;
        } catch (JedisException e) {
            outdated = true;
            throw e;
        }
    }

    private Node leader(Deadline deadline) {
        Node current = leader;
        if (current != null && !outdated) {
            return current;
        }
        try {
            if (!querying.tryLock(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
                throw new JedisConnectionException("The sentinels did not name '" + master + "' within the timeout");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException(
                    "Interrupted while waiting for the sentinels to name '" + master + "'", e);
        }
        try {
            current = leader;
            return current != null && !outdated ? current : refresh(current, deadline);
        } finally {
            querying.unlock();
        }
    }

    private Node refresh(@Nullable Node current, Deadline deadline) {
        ServerAddress address;
        try {
            address = querySentinels(deadline);
        } catch (JedisException e) {
            if (current == null) {
                throw e;
            }
            outdated = false; // without sentinels, the last leader is the best guess
            return current;
        }
        if (current != null && current.address().equals(address)) {
            outdated = false;
            return current;
        }
        Node node = nodes.apply(address);
        leader = node;
        outdated = false;
        if (current != null) {
            current.close();
        }
        if (closed) {
            node.close();
        }
        return node;
    }

    private ServerAddress querySentinels(Deadline deadline) {
        List<Node> order = Node.workingFirst(sentinels);
        for (int i = 0; ; i++) {
            int left = order.size() - i;
            try {
                // one share of the time is for the leader itself
                return leaderAddress(order.get(i).call(request(), deadline.firstOf(left + 1)));
            } catch (JedisException e) {
                if (left == 1) {
                    throw e;
                }
                order.get(i).rest();
            }
        }
    }

    private Request request() {
        byte[] name = master.getBytes(UTF_8);
        return new Request(
                name,
                new CommandArguments(Protocol.Command.SENTINEL)
                        .add("get-master-addr-by-name")
                        .add(name),
                null);
    }

    private ServerAddress leaderAddress(@Nullable Object reply) {
        if (reply instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof byte[] host
                && pair.get(1) instanceof byte[] port) {
            return template.at(new String(host, UTF_8), Integer.parseInt(new String(port, UTF_8)));
        }
        throw new JedisDataException(
                "The sentinel has no '" + master + "' (option " + RedisOptions.SENTINEL_MASTER + ")");
    }

    @Override
    public void close() {
        closed = true;
        sentinels.forEach(Node::close);
        Node current = leader;
        if (current != null) {
            current.close();
        }
    }
}
