package dev.larder.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The smallest backend that keeps the contract: bytes in a map, with a short limit of keys and of values. */
public final class MapBackend implements CacheBackend {

    /** The largest value. */
    public static final int MAX_VALUE = 1_000_000;

    private record Stored(byte[] bytes, long until) {}

    private final LongSupplier nanos;
    private final Map<String, Stored> entries = new HashMap<>();

    public MapBackend(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private Stored live(String key) {
        Stored stored = entries.get(key);
        return stored != null && stored.until > nanos.getAsLong() ? stored : null;
    }

    private long until(Ttl ttl) {
        return ttl.isForever() ? Long.MAX_VALUE : nanos.getAsLong() + ttl.toNanos();
    }

    @Override
    public synchronized byte[] get(String key) {
        Stored stored = live(key);
        return stored == null ? null : stored.bytes;
    }

    @Override
    public synchronized boolean set(String key, byte[] value, Ttl ttl) {
        if (value.length > MAX_VALUE) {
            entries.remove(key);
            return false;
        }
        entries.put(key, new Stored(value, until(ttl)));
        return true;
    }

    @Override
    public synchronized boolean delete(String key) {
        boolean lived = live(key) != null;
        entries.remove(key);
        return lived;
    }

    @Override
    public synchronized boolean hasKey(String key) {
        return live(key) != null;
    }

    @Override
    public synchronized boolean touch(String key, Ttl ttl) {
        Stored stored = live(key);
        if (stored != null) {
            entries.put(key, new Stored(stored.bytes, until(ttl)));
        }
        return stored != null;
    }

    @Override
    public synchronized long add(String key, long delta) {
        Stored stored = live(key);
        if (stored == null) {
            throw new NoSuchKeyException("no entry '" + key + "'");
        }
        String digits = new String(stored.bytes, ISO_8859_1);
        if (!digits.matches("\\d+")) {
            throw new CacheValueException("'" + key + "' is no counter");
        }
        long number = Long.parseLong(digits);
        if (delta > 0 && number > Long.MAX_VALUE - delta) {
            throw new CacheValueException("'" + key + "' would be above 2^63-1");
        }
        long sum = Math.max(0, number + delta);
        entries.put(key, new Stored(Long.toString(sum).getBytes(ISO_8859_1), stored.until));
        return sum;
    }

    @Override
    public int maxKeyBytes() {
        return 250;
    }

    @Override
    public boolean asciiKeys() {
        return true;
    }

    public synchronized Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    synchronized void corrupt() {
        entries.replaceAll((key, stored) -> new Stored(new byte[] {1, 2, 3}, stored.until));
    }

    synchronized Map<String, byte[]> content() {
        Map<String, byte[]> content = new HashMap<>();
        entries.forEach((key, stored) -> content.put(key, stored.bytes));
        return content;
    }

    @Override
    public void close() {}
}
