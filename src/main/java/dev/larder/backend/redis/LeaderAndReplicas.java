package dev.larder.backend.redis;

import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** The first server takes every write. The others take the reads, if there are any. */
final class LeaderAndReplicas implements Topology {

    private final Node leader;
    private final List<Node> replicas;
    private final boolean readFromReplicas;

    LeaderAndReplicas(List<Node> nodes, boolean readFromReplicas) {
        this.leader = nodes.get(0);
        this.replicas = List.copyOf(nodes.subList(1, nodes.size()));
        this.readFromReplicas = readFromReplicas && nodes.size() > 1;
    }

    @Override
    public Object write(Request request, Deadline deadline) {
        return leader.call(request, deadline);
    }

    @Override
    public List<Object> writeAll(List<Request> requests, Deadline deadline) {
        return leader.callAll(requests, deadline);
    }

    @Override
    public Object read(Request request, Deadline deadline) {
        return read(deadline, (node, share) -> node.call(request, share));
    }

    @Override
    public List<Object> readAll(List<Request> requests, Deadline deadline) {
        return read(deadline, (node, share) -> node.callAll(requests, share));
    }

    private <T> T read(Deadline deadline, BiFunction<Node, Deadline, T> call) {
        if (!readFromReplicas) {
            return call.apply(leader, deadline);
        }
        List<Node> order = order();
        for (int i = 0; ; i++) {
            int left = order.size() - i;
            try {
                return call.apply(order.get(i), deadline.firstOf(left));
            } catch (RuntimeException e) {
                if (left == 1 || (e instanceof JedisDataException error && RedisError.isWrongType(error))) {
                    throw e;
                }
                order.get(i).rest();
                if (e instanceof JedisConnectionException && order.get(i) != leader) {
                    order.get(i).bar();
                }
            }
        }
    }

    @Override
    public boolean guard(Servers policy, Duration timeout) {
        if (!readFromReplicas) {
            return false;
        }
        leader.guard(policy, timeout);
        replicas.forEach(replica -> replica.guard(policy, timeout));
        return true;
    }

    /**
     * The order in which the servers are tried, without those that are barred: first a replica that is due for another
     * attempt, then the other replicas at random, the leader, and those that failed just now. A replica is due for one
     * caller per second only, so it comes first: after another server, it would not be tried.
     */
    private List<Node> order() {
        List<Node> order = new ArrayList<>(replicas.size() + 1);
        List<Node> lost = new ArrayList<>();
        List<Node> resting = new ArrayList<>();
        for (Node replica : replicas) {
            if (replica.isBarred()) {
                continue;
            }
            boolean isLost = replica.isLost();
            (replica.isResting() ? resting : isLost ? lost : order).add(replica);
        }
        Collections.shuffle(order, ThreadLocalRandom.current());
        order.addAll(0, lost);
        // if no server may be called, the exception of the leader is reported
        if (!leader.isBarred() || (order.isEmpty() && resting.isEmpty())) {
            order.add(leader);
        }
        order.addAll(resting);
        return order;
    }

    @Override
    public void close() {
        leader.close();
        replicas.forEach(Node::close);
    }
}
