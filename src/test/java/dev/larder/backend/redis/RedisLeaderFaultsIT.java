package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.service.LostServerFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;
import dev.larder.testing.StoreServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The leader is lost: its replicas serve every read, and writes fail at once. */
class RedisLeaderFaultsIT extends LostServerFaults {

    @Override
    protected List<RedisServer> startServers() {
        // it comes back with what it had: its replicas would forget theirs after it
        RedisServer leader = RedisServer.start("repl-diskless-sync-delay 0", "appendonly yes");
        List<RedisServer> all =
                List.of(RedisReplicaFaultsIT.replica(leader), RedisReplicaFaultsIT.replica(leader), leader);
        all.subList(0, 2).forEach(RedisServer::awaitReplication);
        return all;
    }

    @Override
    protected CacheSettings settings(List<? extends StoreServer> servers) {
        List<String> leaderFirst =
                new ArrayList<>(servers.stream().map(StoreServer::address).toList());
        Collections.rotate(leaderFirst, 1);
        return CacheSettings.redis(leaderFirst.toArray(String[]::new));
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new RedisBackendFactory().create(name, settings);
    }

    /** Half of the keys are written, the others read. */
    @Override
    protected boolean isAlone(StoreServer server, String storeKey) {
        return storeKey.hashCode() % 2 == 0;
    }

    @Override
    protected void askLost(ICacheService cache, String key) {
        cache.set(key, key);
    }
}
