package dev.larder.backend.memcached.x;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

class XmemcachedBackendIT extends MemcachedContract {

    @Override
    protected CacheBackend create() {
        return new XmemcachedBackendFactory(this::now)
                .create(
                        "default",
                        patient(CacheSettings.of("xmemcached")
                                .servers(MemcachedServer.shared().address())));
    }
}
