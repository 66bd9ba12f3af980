package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.code.yanf4j.core.Session;
import dev.larder.backend.memcached.Deadline;
import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedBackend;
import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedFailure.QueueFull;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.backend.memcached.MemcachedFailure.Unavailable;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.spi.CacheBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BaseBinaryCommand;
import net.rubyeye.xmemcached.command.binary.ResponseStatus;
import net.rubyeye.xmemcached.exception.MemcachedException;
import org.jspecify.annotations.Nullable;

/** The commands by xmemcached: one connection to each server; the caller waits. */
final class XCommands implements MemcachedCommands {

    private final MemcachedSettings settings;
    private final XClient client;
    private final CommandFactory commands;
    private final Deque<Unanswered> unanswered = new ArrayDeque<>();

    private record Unanswered(Command command, Session session, Deadline deadline) {}

    private XCommands(MemcachedSettings settings) {
        this.settings = settings;
        try {
            client = new XClient(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("No selector or socket can be opened", e);
        }
        commands = client.getCommandFactory();
    }

    static CacheBackend open(MemcachedSettings settings, LongSupplier clock) {
        return new MemcachedBackend(settings, new XCommands(settings), clock);
    }

    @Override
    public CompletableFuture<@Nullable Item> get(String key, Deadline deadline) {
        XGet command = new XGet(key);
        return answer(command, deadline, reply -> reply == Reply.DONE ? command.item() : null);
    }

    @Override
    public CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline) {
        return answer(new XSet(key, entry, expiry, cas), deadline, reply -> reply);
    }

    @Override
    public CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline) {
        return answer(XSet.add(key, entry, expiry), deadline, reply -> reply);
    }

    /** An ordinary set whose reply nobody waits for: a quiet one may wait forever for a place in xmemcached's queue. */
    @Override
    public CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline) {
        Command command = new XSet(key, entry, expiry, 0);
        try {
            synchronized (unanswered) {
                removeEnded();
                if (unanswered.size() >= settings.queueSize()) {
                    return CompletableFuture.failedFuture(
                            new QueueFull("More than " + settings.queueSize() + " operations wait for memcached"));
                }
                unanswered.add(new Unanswered(command, client.send(command), deadline));
            }
            return CompletableFuture.completedFuture(Reply.DONE);
        } catch (MemcachedException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
    }

    /** Removes the sets that have a reply, and those whose time has passed: these count as timeouts of the connection. */
    private void removeEnded() {
        Unanswered first = unanswered.peek();
        while (first != null && (first.command.getLatch().getCount() == 0 || first.deadline.remainingNanos() <= 0)) {
            try {
                XClient.await(first.command, 0, first.session);
            } catch (TimeoutException e) {
                // it was to be sent without an answer
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            unanswered.remove();
            first = unanswered.peek();
        }
    }

    @Override
    public CompletableFuture<Reply> delete(String key, Deadline deadline) {
        return answer(commands.createDeleteCommand(key, key.getBytes(UTF_8), 0, 0, false), deadline, reply -> reply);
    }

    @Override
    public CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline) {
        Command command = commands.createTouchCommand(key, key.getBytes(UTF_8), new CountDownLatch(1), expiry, false);
        return answer(command, deadline, reply -> reply);
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
        return answer(
                command, deadline, reply -> new Counted(reply, reply == Reply.DONE ? (Long) command.getResult() : 0));
    }

    private interface Answer<T> {
        @Nullable
        T of(Reply reply);
    }

    /** Sends a command; its reply is waited for when the operation has sent all it can. */
    private <T> CompletableFuture<T> answer(Command command, Deadline deadline, Answer<T> answer) {
        Session session;
        try {
            session = client.send(command);
        } catch (MemcachedException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
        CompletableFuture<T> reply = new CompletableFuture<>();
        deadline.awaitLater(() -> await(command, session, deadline, answer, reply));
        return reply;
    }

    @SuppressWarnings("NullAway") // a miss is a future of null
    private static <T> void await(
            Command command, Session session, Deadline deadline, Answer<T> answer, CompletableFuture<T> reply) {
        try {
            XClient.await(command, deadline.remainingNanos(), session);
            reply.complete(answer.of(reply((BaseBinaryCommand) command, session)));
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
                // the connection is opened again after a second: the password may be right then
                XConnector.close(session);
                throw new Refused("Memcached refused the login");
            }
            default -> throw new Refused("Memcached answered " + status);
        };
    }

    private static Unavailable unavailable(MemcachedException failure) {
        return new Unavailable("Not connected to memcached: " + failure.getMessage());
    }

    @Override
    public void close() {
        synchronized (unanswered) {
            unanswered.forEach(each -> {
                try {
                    XClient.await(each.command, each.deadline.remainingNanos(), each.session);
                } catch (TimeoutException e) {
                    // it was to be sent without an answer
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            unanswered.clear();
        }
        try {
            client.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException("The connections to memcached cannot be closed", e);
        }
    }
}
