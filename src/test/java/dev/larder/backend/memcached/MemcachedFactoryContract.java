package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.WithoutLibrary;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the factories of both bindings do; each extends it with what is its client's. */
public abstract class MemcachedFactoryContract {

    private final Class<? extends CacheBackendFactory> factory;
    private final String type;
    private final String clientPackage;
    private final String coordinates;

    protected MemcachedFactoryContract(
            Class<? extends CacheBackendFactory> factory, String type, String clientPackage, String coordinates) {
        this.factory = factory;
        this.type = type;
        this.clientPackage = clientPackage;
        this.coordinates = coordinates;
    }

    @Test
    void it_is_found_by_its_type() {
        assertThat(ServiceLoader.load(CacheBackendFactory.class)).anySatisfy(found -> {
            assertThat(found.type()).isEqualTo(type);
            assertThat(found.options())
                    .containsExactlyInAnyOrder(
                            "timeout", "default-noreply", "queue-size", "max-value-bytes", "user", "password");
        });
    }

    @Test
    void without_its_client_it_is_loaded_and_its_error_names_the_dependency() throws Exception {
        CacheBackendFactory lonely = new WithoutLibrary(clientPackage).factory(factory);

        assertThat(lonely.type()).isEqualTo(type);
        assertThatThrownBy(() -> lonely.create("default", CacheSettings.of(type).servers("127.0.0.1:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add " + coordinates + " to the application");
    }
}
