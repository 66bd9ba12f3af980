package dev.larder.service;

import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;

/** A backend that asks another one. */
public abstract class ForwardingBackend implements CacheBackend {

    /** Whom to ask this time. */
    protected abstract CacheBackend to();

    @Override
    public byte[] get(String key) {
        return to().get(key);
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return to().set(key, value, ttl);
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        return to().setIfAbsent(key, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return to().delete(key);
    }

    @Override
    public boolean hasKey(String key) {
        return to().hasKey(key);
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return to().touch(key, ttl);
    }

    @Override
    public long add(String key, long delta) {
        return to().add(key, delta);
    }

    @Override
    public void close() {}
}
