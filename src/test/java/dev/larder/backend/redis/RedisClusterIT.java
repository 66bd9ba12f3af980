package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Cluster of three nodes, of which two are named. */
class RedisClusterIT extends RedisContract {

    private static List<RedisServer> nodes;

    @BeforeAll
    static void startServers() {
        nodes = List.of(startNode(), startNode(), startNode());
        RedisServer.join(nodes);
    }

    private static RedisServer startNode() {
        return RedisServer.start("proto-max-bulk-len 1mb", "cluster-enabled yes");
    }

    @AfterAll
    static void stopServers() {
        nodes.forEach(RedisServer::close);
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis(nodes.get(0).address(), nodes.get(1).address())
                .option("cluster", "true");
    }
}
