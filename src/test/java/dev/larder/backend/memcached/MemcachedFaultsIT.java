package dev.larder.backend.memcached;

import dev.larder.memcached.MemcachedFaults;
import dev.larder.spi.CacheBackendFactory;

class MemcachedFaultsIT extends MemcachedFaults {

    @Override
    protected CacheBackendFactory factory() {
        return new MemcachedBackendFactory();
    }
}
