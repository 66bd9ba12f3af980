package dev.larder.backend.memcached.x;

import dev.larder.service.Redeployments;
import dev.larder.testing.MemcachedServer;
import dev.larder.testing.StoreServer;

class XmemcachedRedeploymentIT extends Redeployments {

    @Override
    protected String type() {
        return "xmemcached";
    }

    @Override
    protected StoreServer startServer() {
        return MemcachedServer.start();
    }
}
