package dev.larder.backend.memcached.x;

import dev.larder.CacheSettings;
import dev.larder.response.TwoProcesses;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;

class XmemcachedTwoProcessesIT extends TwoProcesses {

    @Override
    protected CacheBackend open() {
        return new XmemcachedBackendFactory()
                .create(
                        "default",
                        CacheSettings.of("xmemcached")
                                .servers(MemcachedServer.shared().address())
                                .option("timeout", "PT5S"));
    }
}
