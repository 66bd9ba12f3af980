package dev.larder.backend.memcached.x;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

/** All but the result of a value that is too large for the server: the set has returned before the reply. */
class XmemcachedNoReplyIT extends MemcachedContract {

    @Override
    protected CacheBackend create() {
        return new XmemcachedBackendFactory(this::now)
                .create(
                        "default",
                        patient(CacheSettings.of("xmemcached")
                                .servers(MemcachedServer.shared().address())
                                .option("default-noreply", "true")));
    }

    @Override
    protected boolean setAnswersBeforeTheServer() {
        return true;
    }
}
