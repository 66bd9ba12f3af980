package dev.larder.backend.memcached.x;

import dev.larder.CacheSettings;
import dev.larder.service.LostServerFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;
import dev.larder.testing.StoreServer;
import java.util.List;

/** One server of a ring of two is lost. */
class XmemcachedRingFaultsIT extends LostServerFaults {

    @Override
    protected List<MemcachedServer> startServers() {
        return List.of(MemcachedServer.start(), MemcachedServer.start());
    }

    @Override
    protected CacheSettings settings(List<? extends StoreServer> servers) {
        return CacheSettings.of("xmemcached")
                .servers(servers.stream().map(StoreServer::address).toArray(String[]::new));
    }

    @Override
    protected boolean dividesKeys() {
        return true;
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new XmemcachedBackendFactory().create(name, settings);
    }

    @Override
    protected boolean isAlone(StoreServer server, String storeKey) {
        return ((MemcachedServer) server).ask("get " + storeKey).contains("VALUE");
    }
}
