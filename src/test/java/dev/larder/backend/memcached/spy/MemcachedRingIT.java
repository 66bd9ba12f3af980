package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

/** A ring of a TCP server and one on a socket. */
class MemcachedRingIT extends MemcachedContract {

    @Override
    protected CacheBackend create() {
        return new MemcachedBackendFactory(this::now)
                .create(
                        "default",
                        patient(CacheSettings.memcached(
                                MemcachedServer.shared().address(),
                                MemcachedServer.sharedSocket().address())));
    }
}
