package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.response.TwoProcesses;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;

class RedisTwoProcessesIT extends TwoProcesses {

    @Override
    protected CacheBackend open() {
        return new RedisBackendFactory()
                .create("default", CacheSettings.redis(RedisServer.shared()).option("timeout", "PT5S"));
    }
}
