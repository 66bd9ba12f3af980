package dev.larder.backend.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CounterDigits;
import dev.larder.spi.ReferenceBackend;
import dev.larder.spi.StoreSize;
import dev.larder.spi.Ttl;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of this process, with a bound on bytes and one on entries. To stay within them, it evicts the
 * entries that are read least, and never the one that was just written.
 *
 * <p>It has no thread of its own. Operations release expired entries, on the thread of the caller.
 */
final class LocalBackend implements ReferenceBackend {

    private final long maxBytes;
    private final long maxEntries;
    private final LongSupplier nanos;
    private volatile @Nullable Cache<String, Entry> created;
    // Caffeine bounds the entries, this class bounds the bytes. One weight for both bounds breaks the contract
    // (measured): if a full cache is read, Caffeine at once evicts a new entry of more than 1 % of the weight; and it
    // evicts small entries beside large ones while both bounds hold
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder evictions = new LongAdder();
    private final ReentrantLock trimming = new ReentrantLock();

    /**
     * Creates an empty store.
     *
     * @param maxBytes the most bytes of keys and values, positive
     * @param maxEntries the most entries, positive
     * @param nanos the time, in nanoseconds
     */
    LocalBackend(long maxBytes, long maxEntries, LongSupplier nanos) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
        this.nanos = nanos;
    }

    /** Caffeine's cache, created by the first operation, so that a deployment does not wait for its hundred classes. */
    private Cache<String, Entry> entries() {
        Cache<String, Entry> cache = created;
        return cache == null ? create() : cache;
    }

    private synchronized Cache<String, Entry> create() {
        Cache<String, Entry> cache = created;
        if (cache == null) {
            cache = Caffeine.newBuilder()
                    .maximumSize(maxEntries)
                    .expireAfter(new EntryExpiry())
                    .ticker(nanos::getAsLong)
                    .executor(Runnable::run)
                    .removalListener(
                            (@Nullable String key, @Nullable Entry entry, RemovalCause cause) -> released(entry, cause))
                    .build();
            created = cache;
        }
        return cache;
    }

    @Override
    public @Nullable Object getReference(String key) {
        Entry entry = entries().getIfPresent(key);
        return entry == null ? null : entry.value;
    }

    @Override
    public byte @Nullable [] get(String key) {
        Entry entry = entries().getIfPresent(key);
        return entry == null ? null : Counter.bytes(entry.value);
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        long number = CounterDigits.number(value);
        return setReference(key, number < 0 ? value : (Object) number, value.length, ttl);
    }

    @Override
    public boolean setReference(String key, Object value, long size, Ttl ttl) {
        if (size < 0) {
            throw new IllegalArgumentException("The size of a value is 0 bytes or more, but was " + size);
        }
        long keySize = utf8Length(key);
        if (size > Math.min(maxBytes, Integer.MAX_VALUE) - keySize) {
            entries().invalidate(key);
            return false;
        }
        long weight = keySize + size;
        makeRoom(key, weight);
        entries().put(key, new Entry(value, (int) weight, ttl.toNanos()));
        written(weight);
        return true;
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        long number = CounterDigits.number(value);
        long weight = utf8Length(key) + value.length;
        if (weight > Math.min(maxBytes, Integer.MAX_VALUE) || hasKey(key)) {
            return false;
        }
        makeRoom(key, weight);
        Entry entry = new Entry(number < 0 ? value : (Object) number, (int) weight, ttl.toNanos());
        if (entries().asMap().putIfAbsent(key, entry) != null) {
            return false;
        }
        written(weight);
        return true;
    }

    @Override
    public boolean delete(String key) {
        return entries().asMap().remove(key) != null;
    }

    @Override
    public boolean deleteIf(String key, byte[] value) {
        Entry entry = entries().getIfPresent(key);
        return entry != null
                && Arrays.equals(Counter.bytes(entry.value), value)
                && entries().asMap().remove(key, entry);
    }

    @Override
    public boolean hasKey(String key) {
        return entries().asMap().containsKey(key);
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return replace(key, entry -> new Entry(entry.value, entry.weight, ttl.toNanos())) != null;
    }

    @Override
    public long add(String key, long delta) {
        Entry counted =
                replace(key, entry -> new Entry(Counter.plus(key, entry.value, delta), entry.weight, Entry.KEEP));
        if (counted == null) {
            throw new NoSuchKeyException("There is no entry '" + Counter.shown(key) + "' to count");
        }
        return (Long) counted.value;
    }

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public boolean shared() {
        return false;
    }

    /** Accepts any key unchanged. */
    @Override
    public int maxKeyBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {
        Cache<String, Entry> cache = created;
        if (cache != null) {
            cache.invalidateAll();
        }
    }

    @Override
    public StoreSize size() {
        Cache<String, Entry> cache = created;
        if (cache == null) {
            return new StoreSize(0, 0, 0);
        }
        cache.cleanUp(); // releases expired entries
        return new StoreSize(cache.estimatedSize(), bytes.get(), evictions.sum());
    }

    /** The number of entries, including expired ones that are not yet released. */
    long estimatedSize() {
        return entries().estimatedSize();
    }

    /** The weight of all entries, in bytes. */
    long bytes() {
        return bytes.get();
    }

    private @Nullable Entry replace(String key, UnaryOperator<Entry> change) {
        Entry changed = entries().asMap().computeIfPresent(key, (same, entry) -> change.apply(entry));
        if (changed != null) {
            // the listener has subtracted the replaced entry
            written(changed.weight);
        }
        return changed;
    }

    private void released(@Nullable Entry entry, RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
        }
        if (entry != null) {
            bytes.addAndGet(-entry.weight);
        }
    }

    // Makes room before the write: after it, the new entry would be the first to be evicted
    private void makeRoom(String key, long weight) {
        if (bytes.get() + weight > maxBytes) {
            evictWhile(() -> bytes.get() + weight - weightOf(key) > maxBytes);
        }
    }

    // Every writer adds its own weight and then checks the bounds, so that they hold when the last has finished
    private void written(long weight) {
        if (bytes.addAndGet(weight) > maxBytes) {
            evictWhile(() -> bytes.get() > maxBytes);
        }
        if (entries().estimatedSize() > maxEntries) {
            // while another thread has Caffeine's lock, a write does no maintenance
            entries().cleanUp();
        }
    }

    // A bound just below the number of entries makes Caffeine choose which one to evict. The order of Policy.coldest
    // does not work: it lists the newest entries first, so old entries that were read once would stay
    private void evictWhile(BooleanSupplier tooLarge) {
        Eviction<String, Entry> eviction = entries().policy().eviction().orElseThrow();
        trimming.lock();
        try {
            entries().cleanUp();
            while (tooLarge.getAsBoolean()) {
                eviction.setMaximum(Math.max(0, Math.min(maxEntries, entries().estimatedSize()) - 1));
            }
        } finally {
            eviction.setMaximum(maxEntries);
            trimming.unlock();
        }
    }

    private int weightOf(String key) {
        Entry entry = entries().policy().getIfPresentQuietly(key);
        return entry == null ? 0 : entry.weight;
    }

    private static long utf8Length(String key) {
        long length = key.length();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            // a surrogate is half of four bytes
            length += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }
}
