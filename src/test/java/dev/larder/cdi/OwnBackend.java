package dev.larder.cdi;

import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend class as an application may bring one, no bean. */
public class OwnBackend extends ForwardingBackend {

    static final AtomicInteger CLOSED = new AtomicInteger();

    private final CacheBackend map = new MapBackend(() -> 0);

    @Override
    protected CacheBackend to() {
        return map;
    }

    @Override
    public void close() {
        CLOSED.incrementAndGet();
    }
}
