package dev.larder.backend.local;

import dev.larder.spi.CacheBackend;
import dev.larder.spi.StoreSize;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/** The local store by value: Larder encodes values to bytes, exactly as for a remote store. */
final class CopyBackend implements CacheBackend {

    private final LocalBackend store;

    CopyBackend(LocalBackend store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return store.get(key);
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return store.set(key, value, ttl);
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        return store.setIfAbsent(key, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return store.delete(key);
    }

    @Override
    public boolean deleteIf(String key, byte[] value) {
        return store.deleteIf(key, value);
    }

    @Override
    public boolean hasKey(String key) {
        return store.hasKey(key);
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return store.touch(key, ttl);
    }

    @Override
    public long add(String key, long delta) {
        return store.add(key, delta);
    }

    @Override
    public boolean waits() {
        return store.waits();
    }

    @Override
    public boolean shared() {
        return store.shared();
    }

    @Override
    public int maxKeyBytes() {
        return store.maxKeyBytes();
    }

    @Override
    public StoreSize size() {
        return store.size();
    }

    @Override
    public void close() {
        store.close();
    }
}
