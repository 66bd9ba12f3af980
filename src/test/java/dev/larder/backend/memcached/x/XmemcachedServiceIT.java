package dev.larder.backend.memcached.x;

import dev.larder.CacheSettings;
import dev.larder.service.StoreServiceContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class XmemcachedServiceIT extends StoreServiceContract {

    private final AtomicLong moved = new AtomicLong();

    @Override
    protected CacheSettings store() {
        return CacheSettings.of("xmemcached").servers(MemcachedServer.shared().address());
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new XmemcachedBackendFactory(() -> System.currentTimeMillis() + moved.get()).create(name, settings);
    }

    @Override
    protected Duration counterLateness() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected void move(Duration time) {
        moved.addAndGet(time.toMillis());
    }
}
