package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedFactoryContract;

class MemcachedBackendFactoryTest extends MemcachedFactoryContract {

    MemcachedBackendFactoryTest() {
        super(MemcachedBackendFactory.class, "memcached", "net.spy.", "net.spy:spymemcached:2.12.3");
    }
}
