package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedFaults;
import dev.larder.spi.CacheBackendFactory;

class MemcachedFaultsIT extends MemcachedFaults {

    @Override
    protected CacheBackendFactory factory() {
        return new MemcachedBackendFactory();
    }
}
