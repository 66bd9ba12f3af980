package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.response.TwoProcesses;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

class MemcachedTwoProcessesIT extends TwoProcesses {

    @Override
    protected CacheBackend open() {
        return new MemcachedBackendFactory()
                .create(
                        "default",
                        CacheSettings.of("memcached")
                                .servers(MemcachedServer.shared().address())
                                .option("timeout", "PT5S"));
    }
}
