package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.service.StoreServiceContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;

class RedisServiceIT extends StoreServiceContract {

    @Override
    protected CacheSettings store() {
        return CacheSettings.redis(RedisServer.shared());
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new RedisBackendFactory().create(name, settings);
    }
}
