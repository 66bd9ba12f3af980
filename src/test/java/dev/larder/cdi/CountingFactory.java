package dev.larder.cdi;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** A factory as an application may bring one by META-INF/services: counts what is open. */
public class CountingFactory implements CacheBackendFactory {

    static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public String type() {
        return "counting";
    }

    @Override
    public CacheBackend create(String name, CacheSettings settings) {
        OPEN.incrementAndGet();
        return new OwnBackend() {
            @Override
            public void close() {
                OPEN.decrementAndGet();
            }
        };
    }

    /** One that is picky. */
    public static class NeedsServers implements CacheBackendFactory {

        @Override
        public String type() {
            return "needs-servers";
        }

        @Override
        public CacheBackend create(String name, CacheSettings settings) {
            if (settings.servers().isEmpty()) {
                throw new IllegalArgumentException("it needs servers, caches." + name + ".servers");
            }
            throw new IllegalStateException("cannot parse " + settings.servers());
        }
    }
}
