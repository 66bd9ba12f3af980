package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.code.yanf4j.core.Session;
import dev.larder.backend.memcached.Deadline;
import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFailure.QueueFull;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.backend.memcached.MemcachedFailure.Unavailable;
import dev.larder.backend.memcached.MemcachedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BaseBinaryCommand;
import net.rubyeye.xmemcached.command.binary.ResponseStatus;
import net.rubyeye.xmemcached.exception.MemcachedException;
import org.jspecify.annotations.Nullable;

/** Sends the commands by xmemcached: one connection to each server. The caller waits. */
final class XCommands implements MemcachedCommands {

    private final MemcachedSettings settings;
    private final XClient client;
    private final CommandFactory commands;
    private final Deque<PendingSet> pendingSets = new ArrayDeque<>();

    private record PendingSet(Command command, Session session, Deadline deadline) {}

    XCommands(MemcachedSettings settings) {
        this.settings = settings;
        try {
            client = new XClient(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a selector or a socket", e);
        }
        commands = client.getCommandFactory();
    }

    @Override
    public CompletableFuture<@Nullable Item> get(String key, Deadline deadline) {
        XGet command = new XGet(key);
        return send(command, deadline, reply -> reply == Reply.DONE ? command.item() : null);
    }

    @Override
    public CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline) {
        return send(new XSet(key, entry, expiry, cas), deadline, reply -> reply);
    }

    @Override
    public CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline) {
        return send(XSet.add(key, entry, expiry), deadline, reply -> reply);
    }

    /**
     * Sends an ordinary set and does not wait for its reply. A quiet set may wait forever for room in xmemcached's
     * queue.
     */
    @Override
    public CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline) {
        Command command = new XSet(key, entry, expiry, 0);
        try {
            synchronized (pendingSets) {
                removeEnded();
                if (pendingSets.size() >= settings.queueSize()) {
                    return CompletableFuture.failedFuture(
                            new QueueFull("More than " + settings.queueSize() + " operations wait for memcached"));
                }
                pendingSets.add(new PendingSet(command, client.send(command), deadline));
            }
            return CompletableFuture.completedFuture(Reply.DONE);
        } catch (MemcachedException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
    }

    /**
     * Removes the sets that have a reply, and those whose deadline has passed. The latter count as timeouts of the
     * connection.
     */
    private void removeEnded() {
        PendingSet first = pendingSets.peek();
        while (first != null && (first.command.getLatch().getCount() == 0 || first.deadline.remainingNanos() <= 0)) {
            try {
                XClient.await(first.command, 0, first.session);
            } catch (TimeoutException e) {
                // nobody waits for its reply
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pendingSets.remove();
            first = pendingSets.peek();
        }
    }

    @Override
    public CompletableFuture<Reply> delete(String key, Deadline deadline) {
        return send(commands.createDeleteCommand(key, key.getBytes(UTF_8), 0, 0, false), deadline, reply -> reply);
    }

    @Override
    public CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline) {
        Command command = commands.createTouchCommand(key, key.getBytes(UTF_8), new CountDownLatch(1), expiry, false);
        return send(command, deadline, reply -> reply);
    }

    @Override
    public CompletableFuture<Counted> increase(String key, long amount, Deadline deadline) {
        return count(CommandType.INCR, key, amount, deadline);
    }

    @Override
    public CompletableFuture<Counted> decrease(String key, long amount, Deadline deadline) {
        return count(CommandType.DECR, key, amount, deadline);
    }

    private CompletableFuture<Counted> count(CommandType direction, String key, long amount, Deadline deadline) {
        Command command =
                commands.createIncrDecrCommand(key, key.getBytes(UTF_8), amount, 0, NO_INITIAL_VALUE, direction, false);
        return send(
                command, deadline, reply -> new Counted(reply, reply == Reply.DONE ? (Long) command.getResult() : 0));
    }

    private interface Result<T> {
        @Nullable
        T of(Reply reply);
    }

    /** Sends a command. The caller waits for its reply when the operation has sent all the commands it can. */
    private <T> CompletableFuture<T> send(Command command, Deadline deadline, Result<T> result) {
        Session session;
        try {
            session = client.send(command);
        } catch (MemcachedException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
        CompletableFuture<T> reply = new CompletableFuture<>();
        deadline.deferWait(() -> await(command, session, deadline, result, reply));
        return reply;
    }

    @SuppressWarnings("NullAway") // a miss is a future of null
    private static <T> void await(
            Command command, Session session, Deadline deadline, Result<T> result, CompletableFuture<T> reply) {
        try {
            XClient.await(command, deadline.remainingNanos(), session);
            reply.complete(result.of(reply((BaseBinaryCommand) command, session)));
        } catch (TimeoutException e) {
            reply.completeExceptionally(deadline.timedOut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply.completeExceptionally(new TimedOut("Interrupted while waiting for memcached"));
        } catch (Refused | Unavailable e) {
            reply.completeExceptionally(e);
        }
    }

    private static Reply reply(BaseBinaryCommand command, Session session) {
        ResponseStatus status = command.getResponseStatus();
        if (status == null) {
            throw new Unavailable("The connection to memcached was lost");
        }
        return switch (status) {
            case NO_ERROR -> Reply.DONE;
            case KEY_NOT_FOUND -> Reply.NOT_FOUND;
            case KEY_EXISTS -> Reply.CHANGED;
            case VALUE_TOO_BIG -> Reply.TOO_LARGE;
            case INC_DEC_NON_NUM -> Reply.NO_NUMBER;
            case AUTH_ERROR, AUTH_REQUIRED -> {
                // the connection is opened again after a second, perhaps with success
                XConnector.close(session);
                throw new Refused("Memcached refused the login");
            }
            default -> throw new Refused("Memcached replied " + status);
        };
    }

    private static Unavailable unavailable(MemcachedException failure) {
        return new Unavailable("Not connected to memcached: " + failure.getMessage());
    }

    @Override
    public void close() {
        synchronized (pendingSets) {
            pendingSets.forEach(each -> {
                try {
                    XClient.await(each.command, each.deadline.remainingNanos(), each.session);
                } catch (TimeoutException e) {
                    // nobody waits for its reply
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            pendingSets.clear();
        }
        try {
            client.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the connections to memcached", e);
        }
    }
}
