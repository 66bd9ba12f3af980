package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.service.LostServerFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;
import dev.larder.testing.StoreServer;
import java.util.List;

/** One of two replicas is lost: the other serves every read. */
class RedisReplicaFaultsIT extends LostServerFaults {

    @Override
    protected List<RedisServer> startServers() {
        RedisServer leader = RedisServer.start("repl-diskless-sync-delay 0");
        List<RedisServer> all = List.of(leader, replica(leader), replica(leader));
        all.subList(1, 3).forEach(RedisServer::awaitReplication);
        return all;
    }

    static RedisServer replica(RedisServer leader) {
        return RedisServer.start("replicaof 127.0.0.1 " + leader.port());
    }

    @Override
    protected CacheSettings settings(List<? extends StoreServer> servers) {
        return CacheSettings.redis(servers.stream().map(StoreServer::address).toArray(String[]::new));
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new RedisBackendFactory().create(name, settings);
    }

    @Override
    protected boolean isAlone(StoreServer server, String storeKey) {
        return false;
    }

    @Override
    protected boolean isUsedAgain(ICacheService cache, StoreServer server, List<String> its) {
        return ((RedisServer) server).ask("INFO", "commandstats").contains("cmdstat_get:");
    }
}
