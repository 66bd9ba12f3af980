package dev.larder.backend.memcached.spy;

import dev.larder.CacheSettings;
import dev.larder.service.StoreServiceContract;
import dev.larder.spi.CacheBackend;
import dev.larder.testing.MemcachedServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class MemcachedServiceIT extends StoreServiceContract {

    private final AtomicLong moved = new AtomicLong();

    @Override
    protected CacheSettings store() {
        return CacheSettings.memcached(MemcachedServer.shared().address());
    }

    @Override
    protected CacheBackend make(String name, CacheSettings settings) {
        return new MemcachedBackendFactory(() -> System.currentTimeMillis() + moved.get()).create(name, settings);
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
