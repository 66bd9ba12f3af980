package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.util.List;

/**
 * Where the generations of one backend are stored. Operations throw {@link dev.larder.CacheBackendException} if the backend
 * fails. Thread-safe.
 */
public interface GenerationStore {

    /** Whether other processes see the same entries. */
    boolean shared();

    /** Whether one of its servers may fail while others work. */
    boolean divided();

    /** The key of the generation of a tag. */
    StoreKey keyOfTag(String tag);

    /** The key of the generation of all entries. */
    StoreKey keyOfAll();

    /** Returns the generations under keys, each 0 if there is none: in one round trip where the store can. */
    long[] generations(List<StoreKey> keys);

    /** Returns the generation under a key, 0 if there is none. */
    default long generation(StoreKey key) {
        return generations(List.of(key))[0];
    }

    /**
     * Returns the generation under a key on the server that takes writes, since a replica may lag behind; 0 if there is
     * none.
     */
    long latestGeneration(StoreKey key);

    /** Stores a generation; false if the store does not take it. */
    boolean setGeneration(StoreKey key, long generation, Ttl ttl);

    /** Stores a generation under a key that has no entry; false if it has one, or the store does not take it. */
    boolean addGeneration(StoreKey key, long generation, Ttl ttl);

    /** Removes an entry; true if it was live. */
    boolean delete(StoreKey key);

    /** Gives a live entry a new expiry; false if there is none. */
    boolean touch(StoreKey key, Ttl ttl);

    /** Runs a task after a second, on another thread, unless the application is undeployed before that. */
    void retryInASecond(Runnable task);
}
