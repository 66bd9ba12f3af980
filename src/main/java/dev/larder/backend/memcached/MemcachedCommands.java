package dev.larder.backend.memcached;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the binary protocol. None throws: a failure completes the future, as a {@link MemcachedFailure}. A client
 * that blocks its caller completes the futures in {@link Deadline#deferWait}. An expiry is in memcached's format: seconds,
 * a Unix timestamp, or 0 for none.
 */
public interface MemcachedCommands extends AutoCloseable {

    /** The expiry with which an increment or decrement does not create a missing counter (protocol-binary, "Increment"). */
    int NO_INITIAL_VALUE = -1;

    /** After more timeouts in a row, a connection is opened again. */
    int MAX_TIMEOUTS_IN_A_ROW = 10;

    /** The result of a command that did not fail. */
    enum Reply {
        /** The command succeeded. */
        DONE,
        /** There is no such entry. */
        NOT_FOUND,
        /** The entry has changed since it was read, or the key of an add has an entry. */
        CHANGED,
        /** The value is larger than the server accepts. */
        TOO_LARGE,
        /** The entry is not a number. */
        NO_NUMBER
    }

    /**
     * An entry that was read.
     *
     * @param cas identifies this state of the entry
     */
    record Item(Entry entry, long cas) {
        /** The entry of an item that exists and has not expired, or null. */
        static @Nullable Entry liveEntry(@Nullable Item item, long now) {
            return item != null && item.entry.isLive(now) ? item.entry : null;
        }
    }

    /**
     * The result of an increment or decrement.
     *
     * @param reply done, not found, or no number
     * @param number the new number if done, unsigned
     */
    record Counted(Reply reply, long number) {}

    /** Reads an entry; null if there is none. */
    CompletableFuture<@Nullable Item> get(String key, Deadline deadline);

    /**
     * Stores an entry: done, not found, changed, or too large.
     *
     * @param cas the state to replace, or 0 for any
     */
    CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline);

    /** Stores an entry if the key has none: done, changed, or too large. */
    CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline);

    /** Stores an entry without waiting for the reply: done as soon as the command is queued. */
    CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline);

    /** Deletes an entry: done or not found. */
    CompletableFuture<Reply> delete(String key, Deadline deadline);

    /** Gives an entry a new expiry: done or not found. */
    CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline);

    /**
     * Increases a counter, and never creates one. It overflows at 2^64.
     *
     * @param amount 0 or more
     */
    CompletableFuture<Counted> increase(String key, long amount, Deadline deadline);

    /**
     * Decreases a counter, to 0 at least, and never creates one.
     *
     * @param amount 0 or more
     */
    CompletableFuture<Counted> decrease(String key, long amount, Deadline deadline);

    /** Releases every connection and thread. */
    @Override
    void close();
}
