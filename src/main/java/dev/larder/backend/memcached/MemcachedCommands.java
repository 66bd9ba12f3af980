package dev.larder.backend.memcached;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the binary protocol. None throws: a failure arrives in the future, as a {@link MemcachedFailure}. A client
 * whose caller waits completes them in {@link Deadline#awaitLater}.
 */
public interface MemcachedCommands extends AutoCloseable {

    /** The expiry by which a command that counts does not make a missing counter (protocol-binary, "Increment"). */
    int NO_INITIAL_VALUE = -1;

    /** After so many operations without a reply in a row, the connection is opened again. */
    int MAX_TIMEOUTS_IN_A_ROW = 10;

    /** The result of a command that did not fail. */
    enum Reply {
        /** It is done. */
        DONE,
        /** There is no such entry. */
        NOT_FOUND,
        /** The entry is not what it was when it was read. */
        CHANGED,
        /** The value is larger than the server takes. */
        TOO_LARGE,
        /** The entry is no number. */
        NO_NUMBER
    }

    /**
     * What is stored.
     *
     * @param entry the entry
     * @param cas identifies this state of it
     */
    record Item(Entry entry, long cas) {

        /** The entry of an item that exists and has not ended, or null. */
        static @Nullable Entry liveEntry(@Nullable Item item, long now) {
            return item != null && item.entry.isLive(now) ? item.entry : null;
        }
    }

    /**
     * The result of counting.
     *
     * @param reply done, not found, or no number
     * @param number the new number if done, unsigned
     */
    record Counted(Reply reply, long number) {}

    /**
     * Reads.
     *
     * @param key the key
     * @param deadline when to give up
     * @return what is stored, or null
     */
    CompletableFuture<@Nullable Item> get(String key, Deadline deadline);

    /**
     * Stores.
     *
     * @param key the key
     * @param entry what to store
     * @param expiry in memcached's terms
     * @param cas the state that is replaced, or 0 for any
     * @param deadline when to give up
     * @return done, not found, changed, or too large
     */
    CompletableFuture<Reply> set(String key, Entry entry, int expiry, long cas, Deadline deadline);

    /**
     * Stores only if the key has no entry.
     *
     * @param key the key
     * @param entry what to store
     * @param expiry in memcached's terms
     * @param deadline when to give up
     * @return done; changed if the key has an entry; or too large
     */
    CompletableFuture<Reply> add(String key, Entry entry, int expiry, Deadline deadline);

    /**
     * Stores without waiting for a reply.
     *
     * @param key the key
     * @param entry what to store
     * @param expiry in memcached's terms
     * @param deadline when to give up if it has not been sent
     * @return done as soon as it is queued
     */
    CompletableFuture<Reply> setWithoutReply(String key, Entry entry, int expiry, Deadline deadline);

    /**
     * Removes.
     *
     * @param key the key
     * @param deadline when to give up
     * @return done or not found
     */
    CompletableFuture<Reply> delete(String key, Deadline deadline);

    /**
     * Gives a new expiry.
     *
     * @param key the key
     * @param expiry in memcached's terms
     * @param deadline when to give up
     * @return done or not found
     */
    CompletableFuture<Reply> touch(String key, int expiry, Deadline deadline);

    /**
     * Counts up, wrapping at 2^64. Does not make a counter.
     *
     * @param key the key
     * @param amount how much, 0 or more
     * @param deadline when to give up
     * @return the new number
     */
    CompletableFuture<Counted> increase(String key, long amount, Deadline deadline);

    /**
     * Counts down, stopping at 0. Does not make a counter.
     *
     * @param key the key
     * @param amount how much, 0 or more
     * @param deadline when to give up
     * @return the new number
     */
    CompletableFuture<Counted> decrease(String key, long amount, Deadline deadline);

    /** Releases every connection and thread. */
    @Override
    void close();
}
