package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** TLS both ways, with a self-made authority. */
class RedisTlsIT extends RedisContract {

    private static java.nio.file.Path certificates;
    private static RedisServer server;
    private static int port;

    @BeforeAll
    static void startServer() throws java.io.IOException {
        certificates = RedisServer.certificates();
        port = RedisServer.freePort();
        server = RedisServer.start(
                "proto-max-bulk-len 1mb",
                "tls-port " + port,
                "tls-cert-file " + certificates.resolve("redis.crt"),
                "tls-key-file " + certificates.resolve("redis.key"),
                "tls-ca-cert-file " + certificates.resolve("ca.crt"),
                "tls-auth-clients yes");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected CacheSettings settings() {
        return CacheSettings.redis("rediss://127.0.0.1:" + port)
                .option("trust-store", certificates.resolve("ca.crt").toString())
                .option("key-store", certificates.resolve("client.p12").toString())
                .option("key-store-password", "changeit");
    }
}
