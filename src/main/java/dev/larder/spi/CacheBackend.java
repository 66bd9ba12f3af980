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
 * A store of opaque bytes under a string key, with expiry, that can count. One instance serves one configured name, is
 * used by many threads at once, and is closed at undeployment.
 *
 * <p>A backend fails by throwing any {@link RuntimeException}: the failure policy above it turns that into a miss. It does
 * not retry and does not log. The contract is held by one test, {@code CacheBackendContract}, in the test jar.
 */
public interface CacheBackend extends AutoCloseable {

    /**
     * Reads the bytes of a live entry.
     *
     * @param key the key
     * @return the bytes as they were set, or null if there is no live entry; the caller does not change them. A counter
     *     answers its decimal digits, maybe with spaces behind them
     */
    byte @Nullable [] get(String key);

    /**
     * Reads several entries, in one round trip if the store can. If the backend has several servers, an
     * entry whose server fails is left out. It throws if all servers that it called fail.
     *
     * @param keys the keys
     * @return the bytes of the live ones by key, each as {@link #get} answers; the default asks one after the other
     */
    default Map<String, byte[]> getMany(Collection<String> keys) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] value = get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    /**
     * Stores bytes, replacing an older entry and its expiry.
     *
     * <p>Bytes that are nothing but decimal digits, of a number from 0 to 2^63-1 without leading zeros, are a counter.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return false if the store does not take a value of this size; no older value is left then
     */
    boolean set(String key, byte[] value, Ttl ttl);

    /**
     * {@link #set}, if there is no live entry. If several callers do this at once, in any process, one of them stores.
     *
     * @param key the key
     * @param value the bytes; the caller does not change them afterwards
     * @param ttl how long the entry lives
     * @return true if it was stored; false if there is a live entry, or the store does not take a value of this size.
     *     The default asks and sets. That is atomic in this process only: of two processes maybe both store, and the
     *     later value stays
     */
    default boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        synchronized (this) {
            return !hasKey(key) && set(key, value, ttl);
        }
    }

    /**
     * {@link #set} of several entries with one ttl. A store of several servers throws only if all servers that it called
     * fail.
     *
     * @param entries the bytes by key; the caller does not change them afterwards
     * @param ttl how long the entries live
     * @return the keys that were not stored, because the store does not take a value of this size or a server failed. The
     *     default sets one after the other. A backend that sends several commands at once limits their number
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
     * {@link #delete} of several entries. A store of several servers throws only if all servers that it called fail.
     *
     * @param keys the keys; one that is there twice counts once
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
     * Removes an entry if it still has these bytes. If several callers do this at once, in any process, one of them gets
     * true.
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
     * Asks for an entry.
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
     * @param delta what to add; negative: subtracts; 0: answers the number
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
     * Whether other processes see the same entries. If true, Larder looks for their invalidations in the store, otherwise
     * it keeps the state of invalidations in this process.
     *
     * @return true unless overridden
     */
    default boolean shared() {
        return true;
    }

    /**
     * Accepts a failure policy for each of its servers. Called once, before the first operation.
     *
     * @param servers the policy, to be called before and after each call of a server
     * @return true if the backend calls the policy; false, the default, if the failure policy has to treat the store as
     *     a whole
     */
    default boolean guard(Servers servers) {
        return false;
    }

    /**
     * The longest key this store takes, in bytes of UTF-8 (or of ASCII, where {@link #asciiKeys()}). Longer ones are
     * hashed before they get here.
     *
     * @return 1024 unless overridden; {@link Integer#MAX_VALUE} without {@link #asciiKeys()} means that any string is
     *     taken as it is, valid UTF-16 or not, and none is hashed
     */
    default int maxKeyBytes() {
        return 1024;
    }

    /**
     * Whether keys must be printable ASCII without a space. Others are hashed before they get here.
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
