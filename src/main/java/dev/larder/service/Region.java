package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.group.GenerationStore;
import dev.larder.http.StoredResponse;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one backend under one version, for {@code @Cache}. Operations throw
 * {@link dev.larder.CacheBackendException} if the backend fails. Thread-safe.
 */
public final class Region implements GenerationStore {

    private final Backends backends;
    private final NamedBackend backend;
    private final KeyLayout layout;
    private final String id;

    Region(Backends backends, NamedBackend backend, String version) {
        this.backends = backends;
        this.backend = backend;
        String effective = version.isEmpty() ? backend.settings().version() : version;
        this.id = backend.name() + ' ' + effective.length() + ' ' + effective + ' ';
        this.layout = new KeyLayout(
                backend.settings().keyPrefix(),
                effective,
                backend.guarded().maxKeyBytes(),
                backend.guarded().asciiKeys());
    }

    /** Tells regions apart: backend and version. What is behind it in a key cannot be mistaken for a part of it. */
    public String id() {
        return id;
    }

    /** Receives the events of the backend. */
    public CacheEvents events() {
        return backend.events();
    }

    CacheSettings settings() {
        return backend.settings();
    }

    /** The name of the backend. */
    @Override
    public String backend() {
        return backend.name();
    }

    /**
     * The store's key of a key.
     *
     * @throws CacheValueException if it has an unpaired surrogate
     */
    @Override
    public StoreKey key(String key) {
        try {
            return layout.of(key);
        } catch (CacheValueException e) {
            throw new CacheValueException("Backend '" + backend.name() + "', " + e.getMessage(), e);
        }
    }

    /** The value of a live entry, or null if there is none that can be read as this type. */
    public @Nullable Object get(StoreKey key, Type type) {
        return backend.values().get(key, type);
    }

    /**
     * Stores a value; false if it is too large for the store.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    public boolean set(StoreKey key, Object value, Ttl ttl) {
        return backend.values().set(key, value, ttl);
    }

    /**
     * Makes a value ready to be stored later and to be read as its own class.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    PreparedValue prepare(StoreKey key, Object value) {
        return backend.values().prepare(key, value, null);
    }

    /**
     * Makes a value ready to be stored later.
     *
     * @param declared what it will be read as
     * @throws dev.larder.CacheValueException if it cannot be written, or would read back as another value
     */
    public PreparedValue prepare(StoreKey key, Object value, Type declared) {
        return backend.values().prepare(key, value, declared);
    }

    /** The stored response under a key, or null if there is none that can be read. */
    public @Nullable StoredResponse getResponse(StoreKey key) {
        return backend.values().getResponse(key);
    }

    /** The same, read together with the generation under another key: in one round trip where the store can. */
    public ResponseAndGeneration getResponse(StoreKey key, StoreKey generation) {
        return backend.values().getResponse(key, generation);
    }

    @Override
    public long generation(StoreKey key) {
        return ResponseAndGeneration.orZero(backend.values().get(key, Long.class));
    }

    @Override
    public boolean setGeneration(StoreKey key, long generation, Ttl ttl) {
        return backend.values().set(key, generation, ttl);
    }

    @Override
    public boolean addGeneration(StoreKey key, long generation, Ttl ttl) {
        return backend.values().addNumber(key, generation, ttl);
    }

    @Override
    public long latestGeneration(StoreKey key) {
        try {
            return backend.guarded().latest(key);
        } catch (NoSuchKeyException | CacheValueException e) {
            return 0;
        }
    }

    /** Removes an entry; true if it was live. */
    @Override
    public boolean delete(StoreKey key) {
        return backend.guarded().delete(key);
    }

    /** Gives a live entry a new expiry; false if there is none. */
    @Override
    public boolean touch(StoreKey key, Ttl ttl) {
        return backend.guarded().touch(key, ttl);
    }

    /** Whether a live entry exists. */
    boolean hasKey(StoreKey key) {
        return backend.guarded().hasKey(key);
    }

    /** Adds to a counter. */
    long add(StoreKey key, long delta) {
        return backend.guarded().add(Operation.INCR, key, delta);
    }

    /** Subtracts from a counter. */
    long subtract(StoreKey key, long delta) {
        return subtracted(key, delta, backend.guarded().add(Operation.DECR, key, opposite(delta)));
    }

    /** What to add to subtract a delta; 0 for {@link Long#MIN_VALUE}, which has no opposite. */
    private static long opposite(long delta) {
        return delta == Long.MIN_VALUE ? 0 : -delta;
    }

    private long subtracted(StoreKey key, long delta, long number) {
        if (delta == Long.MIN_VALUE) {
            throw new CacheValueException("Backend '" + backend() + "', key '" + key.shown() + "': The counter is "
                    + number + " and cannot be increased by 2^63: at most 2^63-1 is counted");
        }
        return number;
    }

    // asynchronous operations: they throw RejectedExecutionException if too many are pending

    /** The asynchronous form of {@link #get}. */
    <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Object, T> then) {
        return backend.values().getAsync(key, type, then);
    }

    /** The asynchronous form of {@link #delete}. */
    CompletionStage<Boolean> deleteAsync(StoreKey key) {
        return backend.guarded().deleteAsync(key, deleted -> deleted);
    }

    /** Ends an entry, if there is one; true. */
    CompletionStage<Boolean> endAsync(StoreKey key) {
        return backend.guarded().deleteAsync(key, deleted -> true);
    }

    /** The asynchronous form of {@link #hasKey}. */
    CompletionStage<Boolean> hasKeyAsync(StoreKey key) {
        return backend.guarded().hasKeyAsync(key);
    }

    /** The asynchronous form of {@link #touch}. */
    CompletionStage<Boolean> touchAsync(StoreKey key, Ttl ttl) {
        return backend.guarded().touchAsync(key, ttl);
    }

    /** The asynchronous form of {@link #add}. */
    CompletionStage<Long> addAsync(StoreKey key, long delta) {
        return backend.guarded().addAsync(Operation.INCR, key, delta, number -> number);
    }

    /** The asynchronous form of {@link #subtract}. */
    CompletionStage<Long> subtractAsync(StoreKey key, long delta) {
        return backend.guarded()
                .addAsync(Operation.DECR, key, opposite(delta), number -> subtracted(key, delta, number));
    }

    @Override
    public boolean shared() {
        return backend.guarded().shared();
    }

    /** Stores a response; false if it is too large for the store. */
    public boolean setResponse(StoreKey key, StoredResponse response, Ttl ttl) {
        return backend.values().setResponse(key, response, ttl);
    }

    /**
     * Stores something: at once where that waits for nothing, else on another thread, so that no response is delayed.
     *
     * @param store throws nothing
     * @return false if too much waits to be stored already: it is not done
     */
    public boolean later(Runnable store) {
        if (backend.guarded().waits()) {
            return backends.background().store(store);
        }
        store.run();
        return true;
    }
}
