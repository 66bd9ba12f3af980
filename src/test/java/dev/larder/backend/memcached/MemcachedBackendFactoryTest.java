package dev.larder.backend.memcached;

import dev.larder.memcached.MemcachedFactoryContract;

class MemcachedBackendFactoryTest extends MemcachedFactoryContract {

    MemcachedBackendFactoryTest() {
        super(MemcachedBackendFactory.class, "memcached", "net.spy.", "net.spy:spymemcached:2.12.3");
    }
}
