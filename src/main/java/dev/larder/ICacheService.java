package dev.larder;

import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of values by key, the same on every backend. Inject it anywhere: {@code @Inject ICacheService cache}.
 *
 * <p>Application scoped and thread-safe. The views that {@link #backend}, {@link #version} and {@link #tags} return cost little and can be
 * chained.
 * A null argument throws a {@link NullPointerException}, and null cannot be stored. A key may have any length, also 0, and
 * contain any characters. A key with an unpaired surrogate is not Unicode text: {@link CacheValueException}.
 *
 * <p>If a backend fails, the application need not handle it: {@code get} and {@code getMany} are misses, {@code set},
 * {@code add}, {@code delete}, {@code touch}, {@code hasKey}, {@code clear} and {@code invalidate} are false, {@code setMany}
 * returns keys that were not stored, {@code deleteMany} counts what was removed, {@code getOrSet} calls its loader, {@code incr}
 * and {@code decr} throw {@link CacheBackendException}. With {@code caches.<name>.on-error=throw} all of them throw it, but for
 * {@code invalidate} and {@code getOrSet}.
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
     * Stores a value for the backend's default time to live, if there is no live entry.
     *
     * @param key the key
     * @param value the value
     * @return true if stored; false if there is a live entry, or the store does not take a value of this size
     * @throws CacheValueException if the value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean add(String key, Object value);

    /**
     * Stores a value, if there is no live entry. If several callers do this at once, one of them stores. An entry that cannot
     * be read is live; one that {@link #clear} or {@link #invalidate} ended is not.
     *
     * @param key the key
     * @param value the value
     * @param ttl how long it lives; zero or less stores nothing
     * @return true if stored, or if there is no live entry and nothing is to be stored; false if there is a live entry, or
     *     the store does not take a value of this size
     * @throws CacheValueException if the value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean add(String key, Object value, Duration ttl);

    /**
     * Reads a value, or computes and stores it, for the backend's default time to live.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param loader computes the value if there is none
     * @return the value; null if the loader returned null
     * @see #getOrSet(String, Class, Duration, Supplier)
     */
    <T> @Nullable T getOrSet(String key, Class<T> type, Supplier<? extends @Nullable T> loader);

    /**
     * Reads a value, or computes and stores it. Callers that miss the same key at the same time run the loader once in this
     * process: the others wait for its value, at most {@code cache.lock-timeout}, and then run it themselves. If the first
     * fails, they run it at once, each for itself.
     *
     * <p>If the loader returns null, nothing is stored. If it throws, the caller gets the exception. What it returns is stored
     * as a value, never as a counter. If the value cannot be written as the type, or the backend fails, the caller gets the
     * value and nothing is stored. If the loader started before an invalidation, its value is not served after it.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param ttl how long the value of the loader lives; zero or less stores nothing
     * @param loader computes the value if there is none; it may use this service
     * @return the value; null if the loader returned null
     * @throws CacheValueException if the key has an unpaired surrogate
     */
    <T> @Nullable T getOrSet(String key, Class<T> type, Duration ttl, Supplier<? extends @Nullable T> loader);

    /**
     * {@link #getOrSet(String, Class, Supplier)} for a generic type.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param loader computes the value if there is none
     * @return the value; null if the loader returned null
     */
    <T> @Nullable T getOrSet(String key, TypeLiteral<T> type, Supplier<? extends @Nullable T> loader);

    /**
     * {@link #getOrSet(String, Class, Duration, Supplier)} for a generic type.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param ttl how long the value of the loader lives; zero or less stores nothing
     * @param loader computes the value if there is none
     * @return the value; null if the loader returned null
     */
    <T> @Nullable T getOrSet(String key, TypeLiteral<T> type, Duration ttl, Supplier<? extends @Nullable T> loader);

    /**
     * Reads several values, in one round trip if the store can.
     *
     * @param <T> the type
     * @param keys the keys
     * @param type the type to read the values as
     * @return the values by key, of those that {@link #get(String, Class)} would find, in the order of the keys; the caller
     *     may change it
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    <T> Map<String, T> getMany(Collection<String> keys, Class<T> type);

    /**
     * {@link #getMany(Collection, Class)} for a generic type.
     *
     * @param <T> the type
     * @param keys the keys
     * @param type the type to read the values as
     * @return the values by key
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    <T> Map<String, T> getMany(Collection<String> keys, TypeLiteral<T> type);

    /**
     * Stores several values for the backend's default time to live.
     *
     * @param entries the values by key
     * @return the keys that were not stored, empty if all were
     * @throws CacheValueException if a value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    Set<String> setMany(Map<String, ?> entries);

    /**
     * Stores several values, each as {@link #set(String, Object, Duration)} does.
     *
     * @param entries the values by key
     * @param ttl how long they live; zero or less removes the entries
     * @return the keys that were not stored (or removed), empty if all were
     * @throws CacheValueException if a value cannot be written; nothing is stored
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    Set<String> setMany(Map<String, ?> entries, Duration ttl);

    /**
     * Removes several entries.
     *
     * @param keys the keys
     * @return how many live entries were removed
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    int deleteMany(Collection<String> keys);

    /**
     * Ends every entry but counters of this backend under its key prefix, of every version, responses too: at once in this
     * process, within a second in others. The cost does not depend on the number of entries, which stay in the store until
     * they expire or are overwritten.
     *
     * @return false if the store failed: then this process serves none of the entries, and tries again by itself until the
     *     store has taken it
     * @throws CacheBackendException if the backend failed and {@code on-error} is {@code throw}
     */
    boolean clear();

    /**
     * Ends every entry with one of these tags, on every configured backend. In a JTA transaction it acts after the commit; a
     * rollback invalidates nothing.
     *
     * @param tags the tags
     * @return false if a backend failed: then this process serves none of the entries, and tries again by itself until the
     *     store has taken it; true in a transaction
     * @throws CacheValueException if a tag has an unpaired surrogate
     */
    boolean invalidate(String... tags);

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
     * {@link #add(String, Object)}, asynchronously.
     *
     * @param key the key
     * @param value the value
     * @return true if stored, in a stage
     */
    CompletionStage<Boolean> addAsync(String key, Object value);

    /**
     * {@link #add(String, Object, Duration)}, asynchronously.
     *
     * @param key the key
     * @param value the value
     * @param ttl how long it lives; zero or less stores nothing
     * @return true if stored, in a stage
     */
    CompletionStage<Boolean> addAsync(String key, Object value, Duration ttl);

    /**
     * {@link #getOrSet(String, Class, Supplier)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param loader starts computing the value if there is none; the stage may contain null
     * @return the value; null if the loader computed null, in a stage
     */
    <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, Class<T> type, Supplier<? extends CompletionStage<T>> loader);

    /**
     * {@link #getOrSet(String, Class, Duration, Supplier)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param ttl how long it lives; zero or less stores nothing
     * @param loader starts computing the value if there is none; the stage may contain null
     * @return the value; null if the loader computed null, in a stage
     */
    <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, Class<T> type, Duration ttl, Supplier<? extends CompletionStage<T>> loader);

    /**
     * {@link #getOrSet(String, TypeLiteral, Supplier)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param loader starts computing the value if there is none; the stage may contain null
     * @return the value; null if the loader computed null, in a stage
     */
    <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, TypeLiteral<T> type, Supplier<? extends CompletionStage<T>> loader);

    /**
     * {@link #getOrSet(String, TypeLiteral, Duration, Supplier)}, asynchronously.
     *
     * @param <T> the type
     * @param key the key
     * @param type the type to read the value as
     * @param ttl how long it lives; zero or less stores nothing
     * @param loader starts computing the value if there is none; the stage may contain null
     * @return the value; null if the loader computed null, in a stage
     */
    <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, TypeLiteral<T> type, Duration ttl, Supplier<? extends CompletionStage<T>> loader);

    /**
     * {@link #getMany(Collection, Class)}, asynchronously.
     *
     * @param <T> the type
     * @param keys the keys
     * @param type the type to read the values as
     * @return the values by key, in a stage
     */
    <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, Class<T> type);

    /**
     * {@link #getMany(Collection, TypeLiteral)}, asynchronously.
     *
     * @param <T> the type
     * @param keys the keys
     * @param type the type to read the values as
     * @return the values by key, in a stage
     */
    <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, TypeLiteral<T> type);

    /**
     * {@link #setMany(Map)}, asynchronously.
     *
     * @param entries the values by key
     * @return the keys that were not stored, in a stage
     */
    CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries);

    /**
     * {@link #setMany(Map, Duration)}, asynchronously.
     *
     * @param entries the values by key
     * @param ttl how long they live; zero or less removes the entries
     * @return the keys that were not stored, in a stage
     */
    CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries, Duration ttl);

    /**
     * {@link #deleteMany}, asynchronously.
     *
     * @param keys the keys
     * @return how many live entries were removed, in a stage
     */
    CompletionStage<Integer> deleteManyAsync(Collection<String> keys);

    /**
     * {@link #clear}, asynchronously.
     *
     * @return false if the store failed, in a stage
     */
    CompletionStage<Boolean> clearAsync();

    /**
     * {@link #invalidate}, asynchronously.
     *
     * @param tags the tags
     * @return false if a backend failed, in a stage
     */
    CompletionStage<Boolean> invalidateAsync(String... tags);

    /**
     * The counts of this backend since deployment, in this process: of this service and of cached methods.
     *
     * @return the counts, and the size of the store if it reports it
     */
    CacheStatistics statistics();

    /**
     * The same service on another configured backend; keeps the version and the tags set before.
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

    /**
     * The same service, whose {@code set}, {@code add}, {@code setMany} and {@code getOrSet} give these tags to each entry that they store, in
     * place of those of an earlier view. A counter has no tags.
     *
     * @param tags the tags: any texts, including the empty one; without any, the entries get no tags
     * @return a view
     * @throws CacheValueException if there are more than {@value Cache#MAX_TAGS} distinct tags, or one has an unpaired
     *     surrogate
     */
    ICacheService tags(String... tags);
}
