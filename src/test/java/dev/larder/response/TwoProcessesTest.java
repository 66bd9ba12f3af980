package dev.larder.response;

import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;

/** On a store of bytes that is waited for, in memory. */
class TwoProcessesTest extends TwoProcesses {

    private final MapBackend map = new MapBackend(() -> 0);

    @Override
    protected CacheBackend open() {
        return new ForwardingBackend() {
            @Override
            protected CacheBackend to() {
                return map;
            }
        };
    }
}
