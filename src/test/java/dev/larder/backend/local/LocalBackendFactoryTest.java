package dev.larder.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.WithoutLibrary;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBackendFactoryTest {

    private final LocalBackendFactory factory = new LocalBackendFactory();

    @Test
    void it_is_found_by_the_service_loader_as_local() {
        assertThat(ServiceLoader.load(CacheBackendFactory.class))
                .filteredOn(found -> found.type().equals("local"))
                .hasExactlyElementsOfTypes(LocalBackendFactory.class);
    }

    @Test
    void it_stores_by_reference_unless_configured_to_copy() {
        assertThat(factory.create("default", CacheSettings.local())).isInstanceOf(LocalBackend.class);
        assertThat(factory.create("default", CacheSettings.local().option("isolation", "reference")))
                .isInstanceOf(LocalBackend.class);
        assertThat(factory.create("default", CacheSettings.local().option("isolation", "copy")))
                .isInstanceOf(CopyBackend.class);
    }

    @Test
    void servers_are_refused_since_it_has_none() {
        assertThatThrownBy(() -> factory.create("default", CacheSettings.local().servers("redis://10.0.0.5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caches.default.servers is set, but 'local'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "64MiB", "1.5", "9223372036854775808", ""})
    void a_bad_bound_is_refused_with_key_value_and_expectation(String bad) {
        assertThatThrownBy(() -> factory.create("default", CacheSettings.local().option("max-bytes", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caches.default.options.max-bytes is '" + bad
                        + "', expected a whole number of bytes from 1 to 2^63-1");
    }

    @Test
    void without_caffeine_it_loads_and_names_what_to_add() throws Exception {
        CacheBackendFactory lonely = new WithoutLibrary("com.github.benmanes.").factory(LocalBackendFactory.class);

        assertThat(lonely.type()).isEqualTo("local");
        assertThatThrownBy(() -> lonely.create("default", CacheSettings.local()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add the dependency com.github.ben-manes.caffeine:caffeine");
    }

    @Test
    void all_problems_are_reported_together() {
        CacheSettings settings =
                CacheSettings.local().option("max-entries", "many").option("isolation", "none");

        assertThatThrownBy(() -> factory.create("second", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caches.second.options.max-entries is 'many', expected a whole number of entries from 1 to"
                        + " 2^63-1; caches.second.options.isolation is 'none', expected 'reference' or 'copy'");
    }
}
