package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;

/**
 * Where generations are stored. Operations throw {@link dev.larder.CacheBackendException} if the backend fails.
 * Thread-safe.
 */
public interface GenerationStore {

    /** The name of the backend. */
    String backend();

    /** Whether other processes see the same entries. */
    boolean shared();

    /** The store's key of a key. */
    StoreKey key(String key);

    /** Returns the generation under a key, 0 if there is none. */
    long generation(StoreKey key);

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
}
