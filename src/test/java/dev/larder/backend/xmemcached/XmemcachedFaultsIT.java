package dev.larder.backend.xmemcached;

import dev.larder.memcached.MemcachedFaults;
import dev.larder.spi.CacheBackendFactory;

class XmemcachedFaultsIT extends MemcachedFaults {

    @Override
    protected CacheBackendFactory factory() {
        return new XmemcachedBackendFactory();
    }
}
