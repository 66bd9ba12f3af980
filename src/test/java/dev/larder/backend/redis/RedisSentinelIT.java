package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A leader that a sentinel names. */
class RedisSentinelIT extends RedisContract {

    private static RedisServer leader;
    private static RedisServer sentinel;

    @BeforeAll
    static void startServers() {
        leader = RedisServer.start("proto-max-bulk-len 1mb");
        sentinel = RedisServer.startSentinel(leader);
    }

    @AfterAll
    static void stopServers() {
        sentinel.close();
        leader.close();
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis(sentinel.address()).option("sentinel-master", "larder");
    }
}
