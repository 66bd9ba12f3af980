package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.service.LostServerFaults;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.RedisServer;
import dev.larder.testing.StoreServer;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** One node of a Cluster of three is lost, and has no replica. */
class RedisClusterFaultsIT extends LostServerFaults {

    @Override
    protected List<RedisServer> startServers() {
        List<RedisServer> nodes = Stream.generate(
                        () -> RedisServer.start("cluster-enabled yes", "cluster-require-full-coverage no"))
                .limit(3)
                .toList();
        RedisServer.join(nodes);
        return nodes;
    }

    @Override
    protected CacheSettings settings(List<? extends StoreServer> servers) {
        return CacheSettings.redis(servers.stream().map(StoreServer::address).toArray(String[]::new))
                .option("cluster", "true");
    }

    @Override
    protected boolean dividesKeys() {
        return true;
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new RedisBackendFactory().create(name, settings);
    }

    @Override
    protected boolean isAlone(StoreServer server, String storeKey) {
        try {
            ((RedisServer) server).ask("EXISTS", storeKey);
            return true;
        } catch (JedisMovedDataException e) {
            return false;
        }
    }
}
