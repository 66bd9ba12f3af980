package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A user that may do what Larder does, on its own keys, and not even name the connection. */
class RedisAclIT extends RedisContract {

    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.startWithPassword(
                "the-default-users",
                "proto-max-bulk-len 1mb",
                "user larder on >p@ss:w/rd ~contract:* +get +set +del +exists +pexpire +persist +incrby +decrby +eval"
                        + " +evalsha");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis("redis://larder:p%40ss%3Aw%2Frd@127.0.0.1:" + server.port());
    }
}
