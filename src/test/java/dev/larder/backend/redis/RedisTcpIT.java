package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;

/** One server over TCP. */
class RedisTcpIT extends RedisContract {

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis(RedisServer.shared());
    }
}
