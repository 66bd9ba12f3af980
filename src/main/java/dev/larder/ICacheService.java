package dev.larder;

import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A cache of values by key, the same on every backend. Inject it anywhere: {@code @Inject ICacheService cache}.
 *
 * <p>Application scoped and thread-safe. The views that {@link #backend} and {@link #version} return cost little and can be chained.
 * A null argument throws a {@link NullPointerException}, and null cannot be stored. A key may have any length, also 0, and
 * contain any characters. A key with an unpaired surrogate is not Unicode text: {@link CacheValueException}.
 *
 * <p>If a backend fails, the application need not handle it: {@code get} is a miss, {@code set}, {@code delete},
 * {@code touch} and {@code hasKey} are false, {@code incr} and {@code decr} throw {@link CacheBackendException}. With
 * {@code caches.<name>.on-error=throw} all of them throw it.
 *
 * <p>Asynchronous operations throw directly for null arguments only. Any other failure is in the stage. The caller's thread
 * never waits for the network.
 */
public interface ICacheService {

    /** The time to live of an entry that never expires. More than 100 years means the same. */
    Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Reads a value. A stored value that cannot be read as this type is a miss.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as; a whole number can be read as Byte, Short, Integer or Long if it is in
     *     range
     * @return the value, or empty if absent or expired
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    <T> Optional<T> get(String key, Class<T> type);

    /**
     * Reads a value of a generic type, such as {@code new TypeLiteral<List<Book>>() {}}.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @return the value, or empty if absent or expired
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    <T> Optional<T> get(String key, TypeLiteral<T> type);

    /**
     * Stores a value for the backend's default time to live.
     *
     * @param key the key
     * @param value the value
     * @return true if stored
     * @throws CacheValueException if the value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean set(String key, Object value);

    /**
     * Stores a value. Replaces an older value and its expiry.
     *
     * @param key the key
     * @param value the value
     * @param ttl how long it lives; zero or less removes the entry
     * @return true if stored (or removed)
     * @throws CacheValueException if the value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean set(String key, Object value, Duration ttl);

    /**
     * Removes an entry.
     *
     * @param key the key
     * @return true if a live entry was removed
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean delete(String key);

    /**
     * Checks for an entry without reading its value.
     *
     * @param key the key
     * @return true if a live entry exists
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean hasKey(String key);

    /**
     * Gives a live entry a new expiry, the backend's default.
     *
     * @param key the key
     * @return false if there is no live entry
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean touch(String key);

    /**
     * Gives a live entry a new expiry.
     *
     * @param key the key
     * @param ttl how long it lives from now; zero or less removes it
     * @return false if there is no live entry
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean touch(String key, Duration ttl);

    /**
     * Adds one to a counter.
     *
     * @param key the key
     * @return the new number
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is not a counter, or the result is above 2^63-1; the value is unchanged
     * @throws CacheBackendException if the backend failed
     */
    default long incr(String key) {
        return incr(key, 1);
    }

    /**
     * Adds to a counter, atomically; the entry keeps its expiry. A counter is a whole number from 0 to 2^63-1, set as
     * Byte, Short, Integer or Long.
     *
     * @param key the key
     * @param delta what to add; a negative number subtracts, stopping at 0
     * @return the new number
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is not a counter, or the result is above 2^63-1; the value is unchanged
     * @throws CacheBackendException if the backend failed
     */
    long incr(String key, long delta);

    /**
     * Subtracts one from a counter, stopping at 0.
     *
     * @param key the key
     * @return the new number
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is not a counter
     * @throws CacheBackendException if the backend failed
     */
    default long decr(String key) {
        return decr(key, 1);
    }

    /**
     * Subtracts from a counter, atomically, stopping at 0; the entry keeps its expiry.
     *
     * @param key the key
     * @param delta what to subtract; a negative number adds
     * @return the new number
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is not a counter, or the result is above 2^63-1; the value is unchanged
     * @throws CacheBackendException if the backend failed
     */
    long decr(String key, long delta);

    /**
     * {@link #get(String, Class)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @return the value, or empty, in a stage
     */
    <T> CompletionStage<Optional<T>> getAsync(String key, Class<T> type);

    /**
     * {@link #get(String, TypeLiteral)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @return the value, or empty, in a stage
     */
    <T> CompletionStage<Optional<T>> getAsync(String key, TypeLiteral<T> type);

    /**
     * {@link #set(String, Object)}, asynchronously.
     *
     * @param key the key
     * @param value the value
     * @return true if stored, in a stage
     */
    CompletionStage<Boolean> setAsync(String key, Object value);

    /**
     * {@link #set(String, Object, Duration)}, asynchronously.
     *
     * @param key the key
     * @param value the value
     * @param ttl how long it lives
     * @return true if stored, in a stage
     */
    CompletionStage<Boolean> setAsync(String key, Object value, Duration ttl);

    /**
     * {@link #delete}, asynchronously.
     *
     * @param key the key
     * @return true if a live entry was removed, in a stage
     */
    CompletionStage<Boolean> deleteAsync(String key);

    /**
     * {@link #hasKey}, asynchronously.
     *
     * @param key the key
     * @return true if a live entry exists, in a stage
     */
    CompletionStage<Boolean> hasKeyAsync(String key);

    /**
     * {@link #touch(String)}, asynchronously.
     *
     * @param key the key
     * @return false if there is no live entry, in a stage
     */
    CompletionStage<Boolean> touchAsync(String key);

    /**
     * {@link #touch(String, Duration)}, asynchronously.
     *
     * @param key the key
     * @param ttl how long it lives from now
     * @return false if there is no live entry, in a stage
     */
    CompletionStage<Boolean> touchAsync(String key, Duration ttl);

    /**
     * {@link #incr(String)}, asynchronously.
     *
     * @param key the key
     * @return the new number, in a stage
     */
    default CompletionStage<Long> incrAsync(String key) {
        return incrAsync(key, 1);
    }

    /**
     * {@link #incr(String, long)}, asynchronously.
     *
     * @param key the key
     * @param delta what to add
     * @return the new number, in a stage
     */
    CompletionStage<Long> incrAsync(String key, long delta);

    /**
     * {@link #decr(String)}, asynchronously.
     *
     * @param key the key
     * @return the new number, in a stage
     */
    default CompletionStage<Long> decrAsync(String key) {
        return decrAsync(key, 1);
    }

    /**
     * {@link #decr(String, long)}, asynchronously.
     *
     * @param key the key
     * @param delta what to subtract
     * @return the new number, in a stage
     */
    CompletionStage<Long> decrAsync(String key, long delta);

    /**
     * The same service on another configured backend; keeps a version set before.
     *
     * @param name the backend's name; empty means {@code default}
     * @return a view
     * @throws UnknownBackendException if no backend of that name is configured
     */
    ICacheService backend(String name);

    /**
     * The same service with another key version.
     *
     * @param version the version; empty means the backend's
     * @return a view
     */
    ICacheService version(String version);
}
