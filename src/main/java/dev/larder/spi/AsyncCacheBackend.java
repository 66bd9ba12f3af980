package dev.larder.spi;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A backend whose client answers later by itself, so that asynchronous operations need no thread that waits. Each method is
 * its namesake in {@link CacheBackend} without {@code Async}: it never waits for the network and never throws; every
 * failure, {@link NoSuchKeyException} and {@link CacheValueException} among them, arrives in the stage, unwrapped.
 *
 * <p>Stages may complete on the client's own thread, on which nothing may wait: whoever hands a stage to an application
 * moves it to a thread of its own first.
 */
public interface AsyncCacheBackend extends CacheBackend {

    /**
     * {@link #get} later.
     *
     * @param key the key
     * @return the bytes, or null if there is no live entry
     */
    CompletionStage<byte @Nullable []> getAsync(String key);

    /**
     * {@link #set} later.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return false if the store does not take a value of this size
     */
    CompletionStage<Boolean> setAsync(String key, byte[] value, Ttl ttl);

    /**
     * {@link #setIfAbsent} later. It has to be atomic, so there is no default.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return true if it was stored
     */
    CompletionStage<Boolean> setIfAbsentAsync(String key, byte[] value, Ttl ttl);

    /**
     * {@link #delete} later.
     *
     * @param key the key
     * @return true if a live entry was removed
     */
    CompletionStage<Boolean> deleteAsync(String key);

    /**
     * {@link #hasKey} later.
     *
     * @param key the key
     * @return true if a live entry exists
     */
    CompletionStage<Boolean> hasKeyAsync(String key);

    /**
     * {@link #touch} later.
     *
     * @param key the key
     * @param ttl how long it lives from now
     * @return false if there is no live entry
     */
    CompletionStage<Boolean> touchAsync(String key, Ttl ttl);

    /**
     * {@link #add} later.
     *
     * @param key the key
     * @param delta what to add; negative: subtracts; 0: answers the number
     * @return the new number
     */
    CompletionStage<Long> addAsync(String key, long delta);
}
