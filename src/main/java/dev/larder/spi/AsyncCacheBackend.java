package dev.larder.spi;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

    /**
     * The asynchronous form of {@link CacheBackend#getMany}.
     *
     * @param keys the keys
     * @return the bytes of the live entries by key; the default reads 500 at a time, and fails if one fails
     */
    default CompletionStage<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        Map<String, byte[]> values = new ConcurrentHashMap<>();
        return AsyncBatches.run(keys, this::getAsync, (key, value) -> {
                    if (value != null) {
                        values.put(key, value);
                    }
                })
                .thenApply(all -> values);
    }

    /**
     * The asynchronous form of {@link CacheBackend#setMany}.
     *
     * @param entries the bytes by key; the caller does not change them afterwards
     * @param ttl how long the entries live
     * @return the keys that were not stored; the default sets 500 at a time, and fails if one fails
     */
    default CompletionStage<Set<String>> setManyAsync(Map<String, byte[]> entries, Ttl ttl) {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        return AsyncBatches.run(
                        entries.entrySet(),
                        entry -> setAsync(entry.getKey(), entry.getValue(), ttl),
                        (entry, stored) -> {
                            if (!stored) {
                                refused.add(entry.getKey());
                            }
                        })
                .thenApply(all -> refused);
    }

    /**
     * The asynchronous form of {@link CacheBackend#deleteMany}.
     *
     * @param keys the keys
     * @return how many live entries were removed; the default deletes 500 at a time, and fails if one fails
     */
    default CompletionStage<Integer> deleteManyAsync(Collection<String> keys) {
        AtomicInteger deleted = new AtomicInteger();
        return AsyncBatches.run(new LinkedHashSet<>(keys), this::deleteAsync, (key, removed) -> {
                    if (removed) {
                        deleted.incrementAndGet();
                    }
                })
                .thenApply(all -> deleted.get());
    }

    /**
     * The asynchronous form of {@link CacheBackend#deleteIf}.
     *
     * @param key the key
     * @param value the bytes, as {@link #getAsync} returned them
     * @return true if a live entry with these bytes was removed; the default reads and deletes, which is not atomic
     */
    default CompletionStage<Boolean> deleteIfAsync(String key, byte[] value) {
        return getAsync(key)
                .thenCompose(current -> current != null && Arrays.equals(current, value)
                        ? deleteAsync(key)
                        : CompletableFuture.completedStage(false));
    }
}
