package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

/** All but the result of a value that is too large for the server: the set has returned before the reply. */
class MemcachedNoReplyIT extends MemcachedContract {

    @Override
    protected CacheBackend create() {
        return new MemcachedBackendFactory(this::now)
                .create(
                        "default",
                        patient(CacheSettings.of("memcached")
                                .servers(MemcachedServer.shared().address())
                                .option("default-noreply", "true")));
    }

    @Override
    protected boolean setAnswersBeforeTheServer() {
        return true;
    }
}
