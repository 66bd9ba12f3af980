package dev.larder.service;

import dev.larder.http.StoredResponse;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of one backend. Everything here throws {@link dev.larder.CacheBackendException} if the backend fails. */
sealed interface Values permits References, EncodedValues {

    /** The value of a live entry, or null if there is none that can be read as this type. */
    @Nullable
    Object get(StoreKey key, Type type);

    /** The asynchronous form of {@link #get}. */
    <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Object, T> then);

    /**
     * Stores a value; false if it is too large for the store.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    boolean set(StoreKey key, Object value, Ttl ttl);

    /**
     * Makes a value ready to be stored later.
     *
     * @param declared the type that it will be read as; null for its own class
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    PreparedValue prepare(StoreKey key, Object value, @Nullable Type declared);

    /**
     * Stores a number under a key that has no entry; false if the key has an entry, or the number is too large for the
     * store.
     */
    boolean addNumber(StoreKey key, long number, Ttl ttl);

    /** The stored response under a key, or null if there is none that can be read. */
    @Nullable
    StoredResponse getResponse(StoreKey key);

    /** The same, read together with the generation under another key. */
    ResponseAndGeneration getResponse(StoreKey key, StoreKey generation);

    /** Stores a response; false if it is too large for the store. */
    boolean setResponse(StoreKey key, StoredResponse response, Ttl ttl);
}
