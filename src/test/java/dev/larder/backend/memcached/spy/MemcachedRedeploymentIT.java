package dev.larder.backend.memcached.spy;

import dev.larder.service.Redeployments;
import dev.larder.testing.MemcachedServer;
import dev.larder.testing.StoreServer;

class MemcachedRedeploymentIT extends Redeployments {

    @Override
    protected String type() {
        return "memcached";
    }

    @Override
    protected StoreServer startServer() {
        return MemcachedServer.start();
    }
}
