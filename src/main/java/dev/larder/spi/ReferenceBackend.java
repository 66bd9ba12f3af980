package dev.larder.spi;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import org.jspecify.annotations.Nullable;

/**
 * A backend in the memory of this process that stores the values themselves in place of their bytes. Counters are boxed
 * whole numbers from 0 to 2^63-1, or decimal digits. {@link #get} returns null for a value that is neither bytes nor a
 * counter.
 */
public interface ReferenceBackend extends CacheBackend {

    /**
     * Reads the value of a live entry.
     *
     * @param key the key
     * @return the value that was set, or null if there is no live entry
     */
    @Nullable
    Object getReference(String key);

    /**
     * Stores a value, replacing an older entry and its expiry.
     *
     * @param key the key
     * @param value the value
     * @param bytes the size of the value for the backend's bound, 0 or more: its bytes if it is a text (in UTF-8),
     *     bytes or a response, and 256 for any other; the backend adds the size of the key
     * @param ttl how long the entry lives
     * @return false if the value is larger than the bound; an older value is removed then
     */
    boolean setReference(String key, Object value, long bytes, Ttl ttl);

    /**
     * {@inheritDoc}
     *
     * @throws NoSuchKeyException if there is no live entry
     * @throws CacheValueException if the entry is no Byte, Short, Integer or Long of 0 or more, or the result is above
     *     2^63-1; it is unchanged then
     */
    @Override
    long add(String key, long delta);
}
