package dev.larder.backend.memcached.x;

import dev.larder.backend.memcached.MemcachedFaults;
import dev.larder.spi.CacheBackendFactory;

class XmemcachedFaultsIT extends MemcachedFaults {

    @Override
    protected CacheBackendFactory factory() {
        return new XmemcachedBackendFactory();
    }
}
