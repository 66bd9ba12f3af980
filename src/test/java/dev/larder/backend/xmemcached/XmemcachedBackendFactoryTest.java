package dev.larder.backend.xmemcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackendFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class XmemcachedBackendFactoryTest {

    @Test
    void it_is_found_by_its_type() {
        assertThat(ServiceLoader.load(CacheBackendFactory.class)).anySatisfy(factory -> {
            assertThat(factory.type()).isEqualTo("xmemcached");
            assertThat(factory.options())
                    .containsExactlyInAnyOrder(
                            "timeout", "default-noreply", "queue-size", "max-value-bytes", "user", "password");
        });
    }

    @Test
    void it_is_found_without_its_client_and_says_what_to_add() throws Exception {
        CacheBackendFactory factory = (CacheBackendFactory) new WithoutClient()
                .loadClass(XmemcachedBackendFactory.class.getName())
                .getConstructor()
                .newInstance();

        assertThat(factory.type()).isEqualTo("xmemcached");
        assertThatThrownBy(() ->
                        factory.create("default", CacheSettings.of("xmemcached").servers("127.0.0.1:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add com.googlecode.xmemcached:xmemcached:2.4.9 to the application");
    }

    @Test
    void a_unix_socket_is_for_the_other_binding() {
        assertThatThrownBy(() -> new XmemcachedBackendFactory()
                        .create("a", CacheSettings.of("xmemcached").servers("unix:///run/m.sock")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/run/m.sock")
                .hasMessageContaining("caches.a.backend=memcached");
    }

    /** Defines Larder's backends itself and has never heard of their client. */
    private static final class WithoutClient extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("net.rubyeye.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.larder.backend") && !name.startsWith("dev.larder.memcached")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
