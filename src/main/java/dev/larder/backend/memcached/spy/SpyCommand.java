package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedCommands.Counted;
import dev.larder.backend.memcached.MemcachedCommands.Item;
import dev.larder.backend.memcached.MemcachedCommands.Reply;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.backend.memcached.MemcachedFailure.Unavailable;
import java.util.concurrent.CompletableFuture;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.DeleteOperation;
import net.spy.memcached.ops.GetsOperation;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;

/** A command and the future of its reply, in place of the future and the latch of spymemcached. */
abstract sealed class SpyCommand<T extends @Nullable Object> extends CompletableFuture<T> implements OperationCallback {

    private volatile @Nullable Operation operation;
    private @Nullable OperationStatus status;

    /** The result of a reply. */
    @Nullable
    abstract T result(Reply reply, OperationStatus status);

    void sent(Operation as) {
        operation = as;
    }

    /** Gives up: the command is no longer sent, or its reply is dropped. */
    void giveUp() {
        Operation sent = operation;
        if (sent == null || isDone()) {
            return;
        }
        sent.timeOut();
        MemcachedNode node = sent.getHandlingNode();
        if (node != null && !sent.isTimedOutUnsent()) {
            node.setContinuousTimeout(true);
        }
    }

    @Override
    public final void receivedStatus(OperationStatus received) {
        status = received;
    }

    /** Runs on spymemcached's thread, which an exception would end. */
    @Override
    public final void complete() {
        OperationStatus received = status;
        if (isDone()) {
            return;
        }
        if (received == null) {
            completeExceptionally(new Unavailable("The connection to memcached was lost"));
            return;
        }
        Reply reply = reply(received.getStatusCode());
        if (reply == null) {
            completeExceptionally(failure(received));
            return;
        }
        Operation sent = operation;
        MemcachedNode node = sent == null ? null : sent.getHandlingNode();
        if (node != null) {
            node.setContinuousTimeout(false);
        }
        try {
            complete(result(reply, received));
        } catch (RuntimeException e) {
            completeExceptionally(e);
        }
    }

    private static @Nullable Reply reply(StatusCode code) {
        return switch (code) {
            case SUCCESS -> Reply.DONE;
            case ERR_NOT_FOUND -> Reply.NOT_FOUND;
            case ERR_EXISTS -> Reply.CHANGED;
            case ERR_2BIG -> Reply.TOO_LARGE;
            case ERR_DELTA_BADVAL -> Reply.NO_NUMBER;
            default -> null;
        };
    }

    private static RuntimeException failure(OperationStatus status) {
        return switch (status.getStatusCode()) {
            case CANCELLED, INTERRUPTED -> new Unavailable("The connection to memcached was lost");
            case TIMEDOUT -> new TimedOut("Memcached did not reply in time");
            default -> new Refused("Memcached replied " + status.getStatusCode() + ": " + status.getMessage());
        };
    }

    static final class Get extends SpyCommand<@Nullable Item> implements GetsOperation.Callback {

        private @Nullable Item item;

        @Override
        public void gotData(String key, int flags, long cas, byte[] payload) {
            item = new Item(SpyGet.entry(payload), cas);
        }

        @Override
        @Nullable
        Item result(Reply reply, OperationStatus status) {
            return item;
        }
    }

    static final class Change extends SpyCommand<Reply> implements DeleteOperation.Callback {

        @Override
        public void gotData(long cas) {
            // the new state is not needed
        }

        @Override
        Reply result(Reply reply, OperationStatus status) {
            return reply;
        }
    }

    static final class Count extends SpyCommand<Counted> {

        @Override
        Counted result(Reply reply, OperationStatus status) {
            return new Counted(reply, reply == Reply.DONE ? Long.parseLong(status.getMessage()) : 0);
        }
    }
}
