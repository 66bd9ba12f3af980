package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.service.StoreFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;
import dev.larder.testing.StoreServer;

class MemcachedServiceFaultsIT extends StoreFaults {

    @Override
    protected StoreServer startBounded() {
        return MemcachedServer.start("-m", "64");
    }

    @Override
    protected CacheSettings settings(String address) {
        return CacheSettings.of("memcached").servers(address);
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new MemcachedBackendFactory().create(name, settings);
    }

    @Override
    protected String storeMemory(StoreServer server) {
        return "memcached: "
                + ((MemcachedServer) server).ask("stats").replaceAll("(?s).*STAT bytes (\\d+).*", "$1 bytes of 64 MiB");
    }
}
