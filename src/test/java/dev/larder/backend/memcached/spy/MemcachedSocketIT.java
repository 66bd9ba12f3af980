package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

class MemcachedSocketIT extends MemcachedContract {

    @Override
    protected CacheBackend create() {
        return new MemcachedBackendFactory(this::now)
                .create(
                        "default",
                        patient(CacheSettings.memcached(
                                MemcachedServer.sharedSocket().address())));
    }
}
