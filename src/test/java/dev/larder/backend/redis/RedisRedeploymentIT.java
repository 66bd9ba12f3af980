package dev.larder.backend.redis;

import dev.larder.service.Redeployments;
import dev.larder.testing.RedisServer;
import dev.larder.testing.StoreServer;

class RedisRedeploymentIT extends Redeployments {

    @Override
    protected String type() {
        return "redis";
    }

    @Override
    protected StoreServer startServer() {
        return RedisServer.start();
    }
}
