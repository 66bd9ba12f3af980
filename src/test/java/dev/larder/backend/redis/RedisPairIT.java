package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A leader with a replica, all operations at the leader. */
class RedisPairIT extends RedisContract {

    private static RedisServer leader;
    private static RedisServer replica;

    @BeforeAll
    static void startServers() {
        leader = RedisServer.start("proto-max-bulk-len 1mb", "repl-diskless-sync-delay 0");
        replica = RedisServer.start("proto-max-bulk-len 1mb", "replicaof 127.0.0.1 " + leader.port());
        replica.awaitReplication();
    }

    @AfterAll
    static void stopServers() {
        replica.close();
        leader.close();
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis(leader.address(), replica.address()).option("read-from", "leader");
    }
}
