package dev.larder.spi;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link CacheBackend} whose client is asynchronous. A backend implements both interfaces. Its
 * asynchronous operations then need no thread that waits.
 *
 * <p>Each method does what the method of {@link CacheBackend} without {@code Async} does. It never waits for the
 * network and never throws. Every failure completes the stage exceptionally, also {@link NoSuchKeyException} and {@link
 * CacheValueException}. Stages may complete on a thread of the client. Larder continues on a thread of its own.
 */
public interface AsyncCacheBackend {

    /**
     * The asynchronous form of {@link CacheBackend#get}.
     *
     * @param key the key
     * @return the bytes, or null if there is no live entry
     */
    CompletionStage<byte @Nullable []> getAsync(String key);

    /**
     * The asynchronous form of {@link CacheBackend#set}.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return false if the store does not accept a value of this size
     */
    CompletionStage<Boolean> setAsync(String key, byte[] value, Ttl ttl);

    /**
     * The asynchronous form of {@link CacheBackend#setIfAbsent}. It is atomic.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return true if it was stored
     */
    CompletionStage<Boolean> setIfAbsentAsync(String key, byte[] value, Ttl ttl);

    /**
     * The asynchronous form of {@link CacheBackend#delete}.
     *
     * @param key the key
     * @return true if a live entry was removed
     */
    CompletionStage<Boolean> deleteAsync(String key);

    /**
     * The asynchronous form of {@link CacheBackend#hasKey}.
     *
     * @param key the key
     * @return true if a live entry exists
     */
    CompletionStage<Boolean> hasKeyAsync(String key);

    /**
     * The asynchronous form of {@link CacheBackend#touch}.
     *
     * @param key the key
     * @param ttl how long it lives from now
     * @return false if there is no live entry
     */
    CompletionStage<Boolean> touchAsync(String key, Ttl ttl);

    /**
     * The asynchronous form of {@link CacheBackend#add}.
     *
     * @param key the key
     * @param delta what to add; negative: subtracts; 0: returns the number
     * @return the new number
     */
    CompletionStage<Long> addAsync(String key, long delta);
}
