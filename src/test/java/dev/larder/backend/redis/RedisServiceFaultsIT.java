package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.service.StoreFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;
import dev.larder.testing.StoreServer;

class RedisServiceFaultsIT extends StoreFaults {

    @Override
    protected StoreServer startBounded() {
        return RedisServer.start("maxmemory 64mb", "maxmemory-policy allkeys-lru");
    }

    @Override
    protected CacheSettings settings(String address) {
        return CacheSettings.redis(address);
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new RedisBackendFactory().create(name, settings);
    }

    @Override
    protected String storeMemory(StoreServer server) {
        return "redis: "
                + ((RedisServer) server)
                        .ask("INFO", "memory")
                        .replaceAll("(?s).*used_memory_human:(\\S+).*maxmemory_human:(\\S+).*", "$1 of $2");
    }
}
