package dev.larder.backend.memcached.x;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.MemcachedFactoryContract;
import org.junit.jupiter.api.Test;

class XmemcachedBackendFactoryTest extends MemcachedFactoryContract {

    XmemcachedBackendFactoryTest() {
        super(
                XmemcachedBackendFactory.class,
                "xmemcached",
                "net.rubyeye.",
                "com.googlecode.xmemcached:xmemcached:2.4.9");
    }

    @Test
    void a_unix_socket_is_for_the_other_binding() {
        assertThatThrownBy(() -> new XmemcachedBackendFactory()
                        .create("a", CacheSettings.of("xmemcached").servers("unix:///run/m.sock")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/run/m.sock")
                .hasMessageContaining("caches.a.backend=memcached");
    }
}
