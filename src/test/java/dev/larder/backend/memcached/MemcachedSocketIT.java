package dev.larder.backend.memcached;

import dev.larder.CacheSettings;
import dev.larder.memcached.MemcachedContract;
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
