package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The nodes of a Redis Cluster. Each owns some of the 16384 slots, to which keys are assigned. The first operation
 * loads the map of slots, redirections of the nodes correct it, and failures make it load again.
 */
final class Cluster implements Topology {

    private static final int SLOTS = 16_384;
    private static final int MAX_REDIRECTIONS = 5;
    private static final long RELOAD_NANOS = Duration.ofMillis(500).toNanos();

    private final List<ServerAddress> seeds;
    private final Function<ServerAddress, Node> maker;
    private final Map<ServerAddress, Node> nodes = new ConcurrentHashMap<>();
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable AtomicReferenceArray<Node> owners;
    private volatile boolean outdated;
    private volatile long loadedAt;
    private volatile boolean closed;
    private volatile Consumer<Node> guard = node -> {};

    /** Opens no connection yet. */
    Cluster(List<ServerAddress> seeds, Function<ServerAddress, Node> maker) {
        this.seeds = List.copyOf(seeds);
        this.maker = maker;
        seeds.forEach(this::node);
    }

    @Override
    public Object read(Request request, Deadline deadline) {
        return write(request, deadline);
    }

    @Override
    public boolean dividesKeys() {
        return true;
    }

    @Override
    public Object write(Request request, Deadline deadline) {
        int slot = JedisClusterCRC16.getSlot(request.key());
        AtomicReferenceArray<Node> map = owners(deadline);
        Node node = map.get(slot);
        if (node == null) {
            node = node(seeds.get(0)); // its exception names the problem
        }
        boolean asking = false;
        for (int redirections = 0; ; redirections++) {
            if (node.isBarred()) {
                outdated = true; // another node may have taken over
            }
            try {
                return asking ? node.callAsking(request, deadline) : node.call(request, deadline);
            } catch (JedisRedirectionException e) {
                if (redirections == MAX_REDIRECTIONS) {
                    outdated = true;
                    throw e;
                }
                asking = e instanceof JedisAskDataException;
                node = target(e.getTargetNode(), node);
                if (!asking) {
                    map.set(slot, node);
                    outdated = true;
                }
            } catch (JedisClusterException | JedisConnectionException e) {
                outdated = true;
                throw e;
            }
        }
    }

    @Override
    public List<Object> writeAll(List<Request> requests, Deadline deadline) {
        AtomicReferenceArray<Node> map = owners(deadline);
        Map<Node, List<Integer>> shares = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            Node owner = map.get(JedisClusterCRC16.getSlot(requests.get(i).key()));
            shares.computeIfAbsent(owner == null ? node(seeds.get(0)) : owner, node -> new ArrayList<>())
                    .add(i);
        }
        Object[] replies = new Object[requests.size()];
        RuntimeException failure = null;
        int failed = 0;
        int left = shares.size();
        for (Node node : Node.workingFirst(shares.keySet())) {
            List<Integer> share = shares.getOrDefault(node, List.of());
            try {
                if (node.isBarred()) {
                    outdated = true; // another node may have taken over
                }
                List<Object> own =
                        node.callAll(share.stream().map(requests::get).toList(), deadline.firstOf(left));
                for (int i = 0; i < own.size(); i++) {
                    replies[share.get(i)] = own.get(i) instanceof JedisRedirectionException
                            ? redirected(requests.get(share.get(i)), deadline)
                            : own.get(i);
                }
            } catch (RuntimeException e) {
                outdated = true;
                failed++;
                failure = e;
                for (int i : share) {
                    replies[i] = e;
                }
            }
            left--;
        }
        if (failure != null && failed == shares.size()) {
            throw failure;
        }
        return Arrays.asList(replies);
    }

    private Object redirected(Request request, Deadline deadline) {
        try {
            return write(request, deadline);
        } catch (RuntimeException e) {
            return e;
        }
    }

    private Node target(HostAndPort named, Node from) {
        // a node without a name of its own sends an empty one
        String host = named.getHost().isEmpty() ? from.address().host() : named.getHost();
        return node(seeds.get(0).at(host, named.getPort()));
    }

    private Node node(ServerAddress address) {
        Node node = nodes.computeIfAbsent(address, this::makeNode);
        if (closed) {
            node.close();
        }
        return node;
    }

    private Node makeNode(ServerAddress address) {
        Node node = maker.apply(address);
        guard.accept(node);
        return node;
    }

    @Override
    public boolean guard(Servers policy, Duration timeout) {
        guard = node -> node.guard(policy, timeout);
        nodes.values().forEach(guard);
        return true;
    }

    private AtomicReferenceArray<Node> owners(Deadline deadline) {
        AtomicReferenceArray<Node> current = owners;
        if (current != null && (!outdated || System.nanoTime() - loadedAt < RELOAD_NANOS)) {
            return current;
        }
        try {
            // while another thread loads the map, callers use an older one, if there is one
            if (!loading.tryLock(current != null ? 0 : Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
                if (current != null) {
                    return current;
                }
                throw new JedisConnectionException("The Cluster did not send its slots within the timeout");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("Interrupted while waiting for the Cluster's slots", e);
        }
        try {
            AtomicReferenceArray<Node> loaded = owners;
            return loaded != null && loaded != current ? loaded : load(current, deadline);
        } finally {
            loading.unlock();
        }
    }

    private AtomicReferenceArray<Node> load(@Nullable AtomicReferenceArray<Node> current, Deadline deadline) {
        try {
            AtomicReferenceArray<Node> map = request(deadline);
            outdated = false;
            owners = map;
            return map;
        } catch (RuntimeException e) {
            if (current == null) {
                throw e;
            }
            return current;
        } finally {
            loadedAt = System.nanoTime();
        }
    }

    private AtomicReferenceArray<Node> request(Deadline deadline) {
        List<Node> order = Node.workingFirst(
                nodes.values().stream().filter(node -> !node.isBarred()).toList());
        if (order.isEmpty()) {
            order = List.of(node(seeds.get(0))); // its exception names the reason
        }
        for (int i = 0; ; i++) {
            Node node = order.get(i);
            int left = order.size() - i;
            try {
                // one share of the time is for the operation itself
                return map(node.call(slotsRequest(), deadline.firstOf(left + 1)), node);
            } catch (RuntimeException e) {
                if (left == 1) {
                    throw e;
                }
                node.rest();
            }
        }
    }

    private static Request slotsRequest() {
        return new Request(new byte[0], new CommandArguments(Protocol.Command.CLUSTER).add("SLOTS"), null);
    }

    /** Reads the reply: for each range the first slot, the last slot, then host and port of the leader. */
    private AtomicReferenceArray<Node> map(@Nullable Object reply, Node from) {
        AtomicReferenceArray<Node> map = new AtomicReferenceArray<>(SLOTS);
        Set<ServerAddress> used = new HashSet<>(seeds);
        if (reply instanceof List<?> ranges) {
            for (Object range : ranges) {
                if (range instanceof List<?> parts
                        && parts.size() > 2
                        && parts.get(0) instanceof Long first
                        && parts.get(1) instanceof Long last
                        && parts.get(2) instanceof List<?> leader
                        && leader.get(1) instanceof Long port) {
                    String host = leader.get(0) instanceof byte[] name ? new String(name, UTF_8) : "";
                    Node owner = target(new HostAndPort(host, port.intValue()), from);
                    used.add(owner.address());
                    for (int slot = first.intValue(); slot <= last.intValue(); slot++) {
                        map.set(slot, owner);
                    }
                }
            }
        }
        if (used.size() == seeds.size() && isEmpty(map)) {
            throw new JedisDataException("The Cluster has no slots assigned");
        }
        nodes.values().removeIf(node -> {
            if (used.contains(node.address())) {
                return false;
            }
            node.close();
            return true;
        });
        return map;
    }

    private static boolean isEmpty(AtomicReferenceArray<Node> map) {
        for (int slot = 0; slot < map.length(); slot++) {
            if (map.get(slot) != null) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        nodes.values().forEach(Node::close);
    }
}
