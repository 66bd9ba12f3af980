package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.Deadline;
import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFailure;
import dev.larder.backend.memcached.MemcachedFailure.QueueFull;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.Unavailable;
import dev.larder.backend.memcached.MemcachedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.ops.Mutator;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationStatus;
import org.jspecify.annotations.Nullable;

/** Sends the commands by spymemcached: one connection to each server, one thread for all of them. No caller waits. */
final class SpyCommands implements MemcachedCommands {

    private static final long MAX_CLOSE_MILLIS = 2_000;

    private final SpyConnectionFactory factory;
    private final OperationFactory operations;
    private final SpyConnectionFactory.Connection connection;

    SpyCommands(MemcachedSettings settings) {
        QuietLog.install();
        factory = new SpyConnectionFactory(settings);
        operations = factory.getOperationFactory();
        try {
            connection = factory.new Connection();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a selector or a socket", e);
        }
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
        return server(key).ready.thenCompose(now -> {
            CompletableFuture<Reply> reply = set(key, entry, expiry, 0, deadline);
            // it has failed already if it could not be queued; nobody waits for the reply
            return reply.isCompletedExceptionally() ? reply : CompletableFuture.completedFuture(Reply.DONE);
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
        return send(key, operations.mutate(direction, key, amount, 0, NO_INITIAL_VALUE, command), command, deadline);
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(
            String key, Operation operation, SpyCommand<T> command, Deadline deadline) {
        ServerState server = server(key);
        command.sent(operation);
        if (server.ready.isDone()) {
            send(server, key, operation, command, deadline);
            return command;
        }
        return server.ready.thenCompose(now -> {
            send(server, key, operation, command, deadline);
            return command;
        });
    }

    private ServerState server(String key) {
        return factory.servers.get(factory.ring.server(key));
    }

    private void send(ServerState server, String key, Operation operation, SpyCommand<?> command, Deadline deadline) {
        if (server.isLoginRefused()) {
            connection.wakeUp();
            command.completeExceptionally(new Refused("Memcached at " + server.address + " refused the login"));
            return;
        }
        if (!server.node.isActive()) {
            connection.wakeUp();
            command.completeExceptionally(new Unavailable("Not connected to memcached at " + server.address));
            return;
        }
        try {
            connection.enqueueOperation(key, operation);
            deadline.watch(command::giveUp);
        } catch (IllegalStateException e) {
            connection.wakeUpFor(server);
            command.completeExceptionally(
                    connection.isShutDown() ? new Unavailable("The backend is closed") : full(server));
        }
    }

    private MemcachedFailure full(ServerState server) {
        return new QueueFull(
                "More than " + factory.settings.queueSize() + " operations wait for memcached at " + server.address);
    }

    @Override
    public void close() {
        try {
            awaitSent();
            connection.shutdown();
            connection.awaitEnd(MAX_CLOSE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the connections to memcached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for sets without reply that are still pending. */
    private void awaitSent() throws InterruptedException {
        List<MemcachedNode> alive = factory.servers.stream()
                .map(server -> server.node)
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
            // a queue is full, which cannot be sent in time
        }
    }

    private record Last(CountDownLatch latch) implements OperationCallback {

        @Override
        public void receivedStatus(OperationStatus status) {
            // whatever the status is, every earlier command has its reply
        }

        @Override
        public void complete() {
            latch.countDown();
        }
    }
}
