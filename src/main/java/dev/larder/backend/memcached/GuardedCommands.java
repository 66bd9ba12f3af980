package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a command only if its server is not lost, and reports the outcome to the failure policy. A timeout is a
 * failure, too.
 */
final class GuardedCommands implements MemcachedCommands {

    private final MemcachedCommands commands;
    private final Servers policy;
    private final Duration timeout;
    private final Ring ring;
    private final List<Server> servers;

    /** @param settings name several servers */
    GuardedCommands(MemcachedCommands commands, MemcachedSettings settings, Servers policy) {
        this.commands = commands;
        this.policy = policy;
        this.timeout = settings.timeout();
        this.ring = new Ring(settings.servers());
        this.servers = IntStream.range(0, settings.servers().size())
                .mapToObj(i -> new Server(settings.servers().get(i).toString(), ring.keyOf(i)))
                .toList();
    }

    private final class Server {

        private final String name;
        private final String probeKey;

        Server(String name, String probeKey) {
            this.name = name;
            this.probeKey = probeKey;
        }

        void failed() {
            policy.failed(name, this::probe);
        }

        private void probe() {
            Deadline deadline = new Deadline(timeout);
            try {
                CompletableFuture<@Nullable Item> reply = commands.get(probeKey, deadline);
                deadline.awaitReplies();
                reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                deadline.expire();
                throw timeoutFailure();
            } catch (InterruptedException e) {
                deadline.expire();
                Thread.currentThread().interrupt();
                throw new TimedOut("Interrupted while waiting for memcached at " + name);
            } catch (ExecutionException e) {
                throw MemcachedFailure.unwrap(e);
            }
        }

        MemcachedFailure timeoutFailure() {
            return new TimedOut("Memcached at " + name + " did not reply within " + timeout.toMillis() + " ms");
        }
    }

    /** A pending reply. The first of reply, failure and timeout completes it. */
    private final class PendingReply<T extends @Nullable Object> extends CompletableFuture<T> {

        private final Server server;
        private final boolean provesServer;
        private final AtomicBoolean settled = new AtomicBoolean();

        PendingReply(Server server, boolean provesServer) {
            this.server = server;
            this.provesServer = provesServer;
        }

        // reports to the policy first: as soon as it completes, a waiting thread continues

        void settle(T reply, @Nullable Throwable failure) {
            if (failure != null) {
                fail(MemcachedFailure.unwrap(failure));
            } else if (settled.compareAndSet(false, true)) {
                if (provesServer) {
                    policy.answered(server.name);
                }
                complete(reply);
            }
        }

        void timeOut() {
            if (!settled.get()) {
                fail(server.timeoutFailure());
            }
        }

        private void fail(RuntimeException failure) {
            if (settled.compareAndSet(false, true)) {
                server.failed();
                completeExceptionally(failure);
            }
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> guarded(
            String key, Deadline deadline, Supplier<CompletableFuture<T>> command) {
        return guarded(key, deadline, true, command);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it completes the pending reply
    private <T extends @Nullable Object> CompletableFuture<T> guarded(
            String key, Deadline deadline, boolean provesServer, Supplier<CompletableFuture<T>> command) {
        Server server = servers.get(ring.server(key));
        try {
            policy.admit(server.name);
        } catch (RuntimeException lost) {
            return CompletableFuture.failedFuture(lost);
        }
        PendingReply<T> pending = new PendingReply<>(server, provesServer);
        command.get().whenComplete(pending::settle);
        if (!pending.isDone()) {
            deadline.watch(pending::timeOut);
        }
        return pending;
    }

    @Override
    public CompletableFuture<@Nullable Item> get(String key, Deadline deadline) {
        return guarded(key, deadline, () -> commands.get(key, deadline));
    }

    @Override
    public CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline) {
        return guarded(key, deadline, () -> commands.set(key, entry, expiry, cas, deadline));
    }

    /** A queued command proves nothing about the server. */
    @Override
    public CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline) {
        return guarded(key, deadline, false, () -> commands.setWithoutReply(key, entry, expiry, deadline));
    }

    @Override
    public CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline) {
        return guarded(key, deadline, () -> commands.add(key, entry, expiry, deadline));
    }

    @Override
    public CompletableFuture<Reply> delete(String key, Deadline deadline) {
        return guarded(key, deadline, () -> commands.delete(key, deadline));
    }

    @Override
    public CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline) {
        return guarded(key, deadline, () -> commands.touch(key, expiry, deadline));
    }

    @Override
    public CompletableFuture<Counted> increase(String key, long amount, Deadline deadline) {
        return guarded(key, deadline, () -> commands.increase(key, amount, deadline));
    }

    @Override
    public CompletableFuture<Counted> decrease(String key, long amount, Deadline deadline) {
        return guarded(key, deadline, () -> commands.decrease(key, amount, deadline));
    }

    @Override
    public void close() {
        commands.close();
    }
}
