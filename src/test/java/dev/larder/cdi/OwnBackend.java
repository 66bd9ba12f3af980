package dev.larder.cdi;

import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend class as an application may bring one, no bean. */
public class OwnBackend implements CacheBackend {

    static final AtomicInteger CLOSED = new AtomicInteger();

    private final CacheBackend map = new MapBackend(() -> 0);

    @Override
    public byte[] get(String key) {
        return map.get(key);
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return map.set(key, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return map.delete(key);
    }

    @Override
    public boolean hasKey(String key) {
        return map.hasKey(key);
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return map.touch(key, ttl);
    }

    @Override
    public long add(String key, long delta) {
        return map.add(key, delta);
    }

    @Override
    public void close() {
        CLOSED.incrementAndGet();
    }
}
