package dev.larder.service;

import dev.larder.http.Reason;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values of one backend. Everything here throws {@link dev.larder.CacheBackendException} if the backend fails. */
sealed interface Values permits References, EncodedValues {

    /** The entry under a key, or null if there is none that can be read as this type. */
    @Nullable
    Entry<Object> get(StoreKey key, Type type);

    /** The same, read together with generations. */
    EntryAndGenerations<Object> get(StoreKey key, Type type, List<StoreKey> generations);

    /** The entries under at least one key, without those that cannot be read as this type. */
    Map<StoreKey, Entry<Object>> getMany(List<StoreKey> keys, Type type);

    /** The asynchronous form of {@link #get(StoreKey, Type)}. */
    <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Entry<Object>, T> then);

    /**
     * The generations of an entry, whatever it holds. Null if there is no entry; {@link Generations#ENDLESS} if it is a
     * counter, or cannot be read.
     */
    @Nullable
    Generations generationsOf(StoreKey key);

    /** The generations of the entries under at least one key, as {@link #generationsOf(StoreKey)}. */
    Map<StoreKey, Generations> generationsOf(List<StoreKey> keys);

    /** The asynchronous form of {@link #generationsOf(StoreKey)}. */
    <T> CompletionStage<T> generationsOfAsync(StoreKey key, Function<@Nullable Generations, T> then);

    /** Reads generations that are stored as numbers, each 0 if there is none. */
    long[] generations(List<StoreKey> keys);

    /**
     * Prepares a value to be stored, and to be read as its own class. A whole number from 0 is a counter.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    PreparedValue prepare(StoreKey key, Generations generations, Object value);

    /**
     * Prepares a value to be stored. A whole number is no counter.
     *
     * @param declared the type that it will be read as
     * @throws dev.larder.CacheValueException if it cannot be written, or would read back as another value
     */
    PreparedValue prepare(StoreKey key, Generations generations, Object value, Type declared);

    /**
     * Stores at least one value that this prepared.
     *
     * @return the keys that were not stored, with the reason: too large for the store, or one of several servers failed
     */
    Map<StoreKey, Reason> setMany(Map<StoreKey, PreparedValue> prepared, Ttl ttl);

    /**
     * Removes what is under a key unless it is live.
     *
     * @param live whether the generations of an entry are current
     * @return false if there is a live entry, or another caller removed the other one
     */
    boolean deleteUnless(Predicate<Generations> live, StoreKey key);

    /** Stores a number; false if the store does not take it. */
    boolean setNumber(StoreKey key, long number, Ttl ttl);

    /** Stores a number under a key that has no entry; false if it has one, or the store does not take it. */
    boolean addNumber(StoreKey key, long number, Ttl ttl);

    /** The stored response under a key, or null if there is none that can be read. */
    @Nullable
    Entry<StoredResponse> getResponse(StoreKey key);

    /** The same, read together with generations. */
    EntryAndGenerations<StoredResponse> getResponse(StoreKey key, List<StoreKey> generations);

    /** Stores a response; false if it is too large for the store. */
    boolean setResponse(StoreKey key, Generations generations, StoredResponse response, Ttl ttl);
}
