package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.AsyncMemcachedBackend;
import dev.larder.backend.memcached.Deadline;
import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFailure;
import dev.larder.backend.memcached.MemcachedFailure.QueueFull;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.Unavailable;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.spi.CacheBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.ops.Mutator;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationStatus;
import org.jspecify.annotations.Nullable;

/** The commands by spymemcached: one connection to each server, one thread for all of them, nobody waits. */
final class SpyCommands implements MemcachedCommands {

    /** All ones: a counter that is missing is not made (protocol-binary, "Increment"). */
    private static final int MAKE_NONE = -1;

    private static final long END_MILLIS = 2_000;

    private final SpyConnectionFactory factory;
    private final OperationFactory operations;
    private final SpyConnectionFactory.Connection connection;

    private SpyCommands(MemcachedSettings settings) {
        QuietLog.install();
        factory = new SpyConnectionFactory(settings);
        operations = factory.getOperationFactory();
        try {
            connection = factory.new Connection();
        } catch (IOException e) {
            throw new UncheckedIOException("No selector or socket can be opened", e);
        }
    }

    static CacheBackend open(MemcachedSettings settings, LongSupplier clock) {
        return new AsyncMemcachedBackend(settings, new SpyCommands(settings), clock);
    }

    @Override
    public CompletableFuture<@Nullable Item> get(String key, Deadline deadline) {
        SpyCommand.Get command = new SpyCommand.Get();
        return send(key, new SpyGet(key, command), command, deadline);
    }

    @Override
    public CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline) {
        SpyCommand.Change command = new SpyCommand.Change();
        return send(key, new SpySet(key, entry, expiry, cas, command), command, deadline);
    }

    @Override
    public CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline) {
        SpyCommand.Change command = new SpyCommand.Change();
        return send(key, SpySet.add(key, entry, expiry, command), command, deadline);
    }

    @Override
    public CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline) {
        return peer(key).ready.thenCompose(now -> {
            CompletableFuture<Reply> answer = set(key, entry, expiry, 0, deadline);
            // what could not even be queued has failed; what is not answered is dropped or forgotten by the connection
            return answer.isCompletedExceptionally() ? answer : CompletableFuture.completedFuture(Reply.DONE);
        });
    }

    @Override
    public CompletableFuture<Reply> delete(String key, Deadline deadline) {
        SpyCommand.Change command = new SpyCommand.Change();
        return send(key, operations.delete(key, command), command, deadline);
    }

    @Override
    public CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline) {
        SpyCommand.Change command = new SpyCommand.Change();
        return send(key, operations.touch(key, expiry, command), command, deadline);
    }

    @Override
    public CompletableFuture<Counted> increase(String key, long amount, Deadline deadline) {
        return count(Mutator.incr, key, amount, deadline);
    }

    @Override
    public CompletableFuture<Counted> decrease(String key, long amount, Deadline deadline) {
        return count(Mutator.decr, key, amount, deadline);
    }

    private CompletableFuture<Counted> count(Mutator direction, String key, long amount, Deadline deadline) {
        SpyCommand.Count command = new SpyCommand.Count();
        return send(key, operations.mutate(direction, key, amount, 0, MAKE_NONE, command), command, deadline);
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(
            String key, Operation operation, SpyCommand<T> command, Deadline deadline) {
        ServerState peer = peer(key);
        command.sent(operation);
        if (peer.ready.isDone()) {
            send(peer, key, operation, command, deadline);
            return command;
        }
        return peer.ready.thenCompose(now -> {
            send(peer, key, operation, command, deadline);
            return command;
        });
    }

    private ServerState peer(String key) {
        return factory.peers.get(factory.ring.server(key));
    }

    private void send(ServerState peer, String key, Operation operation, SpyCommand<?> command, Deadline deadline) {
        if (peer.isLoginRefused()) {
            connection.wakeUp();
            command.completeExceptionally(new Refused("Memcached at " + peer.address + " refused the login"));
            return;
        }
        if (!peer.node.isActive()) {
            connection.wakeUp();
            command.completeExceptionally(new Unavailable("Not connected to memcached at " + peer.address));
            return;
        }
        try {
            connection.enqueueOperation(key, operation);
            deadline.watch(command::giveUp);
        } catch (IllegalStateException e) {
            connection.lookIntoQueueOf(peer);
            command.completeExceptionally(
                    connection.isShutDown() ? new Unavailable("The backend is closed") : full(peer));
        }
    }

    private MemcachedFailure full(ServerState peer) {
        return new QueueFull(
                "More than " + factory.settings.queueSize() + " operations wait for memcached at " + peer.address);
    }

    @Override
    public void close() {
        try {
            awaitSent();
            connection.shutdown();
            connection.awaitEnd(END_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException("The connections to memcached cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was set without waiting for the answer is still under way. */
    private void awaitSent() throws InterruptedException {
        List<MemcachedNode> alive = factory.peers.stream()
                .map(peer -> peer.node)
                .filter(MemcachedNode::isActive)
                .toList();
        if (!factory.settings.noreply() || alive.isEmpty()) {
            return;
        }
        try {
            connection
                    .broadcastOperation((node, latch) -> operations.noop(new Last(latch)), alive)
                    .await(factory.settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
            // a queue is full: so much is not sent in time
        }
    }

    private record Last(CountDownLatch latch) implements OperationCallback {

        @Override
        public void receivedStatus(OperationStatus status) {
            // whatever it is, all before it has been answered
        }

        @Override
        public void complete() {
            latch.countDown();
        }
    }
}
