package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One server over a UNIX socket. */
class RedisUnixSocketIT extends RedisContract {

    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start("proto-max-bulk-len 1mb", "unixsocket {dir}/redis.sock");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis("unix://" + server.folder().resolve("redis.sock") + "?db=3");
    }
}
