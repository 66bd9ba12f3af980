package dev.larder.spi;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store of opaque bytes under string keys, with expiry and counters. One instance serves one configured name, is used
 * by many threads at once, and is closed at undeployment.
 *
 * <p>A backend fails by throwing any {@link RuntimeException}. Larder turns that into a miss. The backend does not
 * retry and does not log. The test {@code CacheBackendContract}, in the test jar, checks this contract.
 */
public interface CacheBackend extends AutoCloseable {

    /**
     * Reads the bytes of a live entry.
     *
     * @param key the key
     * @return the bytes as they were set, or null if there is no live entry; the caller does not change them. For a
     *     counter, its decimal digits, perhaps followed by spaces
     */
    byte @Nullable [] get(String key);

    /**
     * Reads several entries, in one round trip if the store can. If the backend has several servers, an entry whose
     * server fails is left out. It throws if all servers that it called fail.
     *
     * @param keys the keys
     * @return the bytes of the live entries by key, each as {@link #get} returns them; the default reads one after the
     *     other
     */
    default Map<String, byte[]> getMany(Collection<String> keys) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] value = get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    /**
     * Stores bytes, replacing an older entry and its expiry.
     *
     * <p>The decimal digits of a number from 0 to 2^63-1, without leading zeros, are a counter (see {@link
     * CounterDigits}).
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return false if the store does not accept a value of this size; an older value is removed then
     */
    boolean set(String key, byte[] value, Ttl ttl);

    /**
     * Like {@link #set}, but only if there is no live entry. If several callers do this at once, in any process, only
     * one of them stores.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return true if it was stored; false if there is a live entry, or the store does not accept a value of this size.
     *     The default checks, then sets. That is atomic in this process only: two processes may both store, and the
     *     second value stays
     */
    default boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        synchronized (this) {
            return !hasKey(key) && set(key, value, ttl);
        }
    }

    /**
     * Stores several entries with one ttl, like {@link #set}. A store of several servers throws only if all servers
     * that it called fail.
     *
     * @param entries the bytes by key; the caller does not change them afterwards
     * @param ttl how long the entries live
     * @return the keys that were not stored, because the store does not accept a value of this size or a server failed.
     *     The default sets one after the other. A backend that sends several commands at once limits their number
     */
    default Set<String> setMany(Map<String, byte[]> entries, Ttl ttl) {
        Set<String> refused = new LinkedHashSet<>();
        entries.forEach((key, value) -> {
            if (!set(key, value, ttl)) {
                refused.add(key);
            }
        });
        return refused;
    }

    /**
     * Removes an entry.
     *
     * @param key the key
     * @return true if a live entry was removed
     */
    boolean delete(String key);

    /**
     * Removes several entries, like {@link #delete}. A store of several servers throws only if all servers that it
     * called fail.
     *
     * @param keys the keys; a repeated key counts once
     * @return how many live entries were removed. The default deletes one after the other. A backend that sends several
     *     commands at once limits their number
     */
    default int deleteMany(Collection<String> keys) {
        int deleted = 0;
        for (String key : new LinkedHashSet<>(keys)) {
            if (delete(key)) {
                deleted++;
            }
        }
        return deleted;
    }

    /**
     * Removes an entry if it still has these bytes. If several callers do this at once, in any process, only one of
     * them gets true.
     *
     * @param key the key
     * @param value the bytes, as {@link #get} returned them
     * @return true if a live entry with these bytes was removed. The default reads and deletes. That is atomic in this
     *     process only, and not against {@link #set}: a value that is set meanwhile may be removed
     */
    default boolean deleteIf(String key, byte[] value) {
        synchronized (this) {
            byte[] current = get(key);
            return current != null && Arrays.equals(current, value) && delete(key);
        }
    }

    /**
     * Checks for an entry, without reading it.
     *
     * @param key the key
     * @return true if a live entry exists
     */
    boolean hasKey(String key);

    /**
     * Gives a live entry a new expiry.
     *
     * @param key the key
     * @param ttl how long it lives from now
     * @return false if there is no live entry
     */
    boolean touch(String key, Ttl ttl);

    /**
     * Adds to a counter, atomically, keeping its expiry. Stops at 0.
     *
     * @param key the key
     * @param delta what to add; negative: subtracts; 0: returns the number
     * @return the new number
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is no counter, or the result is above 2^63-1; it is unchanged then
     */
    long add(String key, long delta);

    /**
     * Whether operations wait for a network or a disk. If true, asynchronous operations run on Larder's threads, otherwise
     * on the caller's.
     *
     * @return true unless overridden
     */
    default boolean waits() {
        return true;
    }

    /**
     * Whether other processes see the same entries. If true, Larder keeps the state of invalidations in the store,
     * otherwise in this process.
     *
     * @return true unless overridden
     */
    default boolean shared() {
        return true;
    }

    /**
     * Applies the failure policy to each server of this backend. Called once, before the first operation.
     *
     * @param servers the policy, to be called before and after each call of a server
     * @return true if the backend calls the policy; false, the default, if the failure policy has to treat the backend
     *     as a whole
     */
    default boolean guard(Servers servers) {
        return false;
    }

    /**
     * The longest key that this store accepts, in bytes of UTF-8. Larder hashes longer ones.
     *
     * @return 1024 unless overridden; {@link Integer#MAX_VALUE} without {@link #asciiKeys()} means that any string is
     *     accepted unchanged, and none is hashed
     */
    default int maxKeyBytes() {
        return 1024;
    }

    /**
     * Whether keys must be printable ASCII without a space. Larder hashes others.
     *
     * @return false unless overridden
     */
    default boolean asciiKeys() {
        return false;
    }

    /**
     * What the store tells of its size, for statistics. It is called rarely, and must not wait for a network or a disk.
     *
     * @return {@link StoreSize#UNKNOWN} unless overridden
     */
    default StoreSize size() {
        return StoreSize.UNKNOWN;
    }

    /** Releases every connection and thread. Called once, at undeployment. */
    @Override
    void close();
}
