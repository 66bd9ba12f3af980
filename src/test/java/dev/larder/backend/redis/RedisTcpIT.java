package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One server over TCP; LARDER_TEST_REDIS may name another than the one started here. */
class RedisTcpIT extends RedisContract {

    private static final String GIVEN = System.getenv("LARDER_TEST_REDIS");
    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = GIVEN == null ? RedisServer.start("proto-max-bulk-len 1mb") : null;
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis(GIVEN == null ? server.address() : GIVEN);
    }
}
