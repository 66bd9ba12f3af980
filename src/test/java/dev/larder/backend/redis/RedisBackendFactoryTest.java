package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.WithoutLibrary;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBackendFactoryTest {

    private static final CacheSettings HERE = CacheSettings.redis("redis://127.0.0.1:1");

    private final RedisBackendFactory factory = new RedisBackendFactory();

    @Test
    void it_is_found_by_the_service_loader_as_redis() {
        assertThat(ServiceLoader.load(CacheBackendFactory.class))
                .filteredOn(found -> found.type().equals("redis"))
                .hasExactlyElementsOfTypes(RedisBackendFactory.class);
    }

    @Test
    void a_server_that_is_down_is_no_error_at_deployment() {
        assertThatCode(() -> factory.create("default", HERE).close()).doesNotThrowAnyException();
    }

    @Test
    void missing_servers_are_an_error() {
        assertThatThrownBy(() -> factory.create("default", CacheSettings.redis()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caches.default.servers is missing: the backend redis needs at least one, as in"
                        + " redis://127.0.0.1:6379");
    }

    @Test
    void a_timeout_is_written_as_every_time() {
        for (String text : new String[] {"0.5", "PT0.5S", " .5 "}) {
            assertThat(RedisOptions.of("default", HERE.option("timeout", text)).timeout())
                    .isEqualTo(Duration.ofMillis(500));
        }
    }

    @Test
    void the_defaults_are_as_documented() {
        RedisOptions options = RedisOptions.of("default", HERE);

        assertThat(options.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.poolSize()).isEqualTo(8);
        assertThat(options.readFromReplicas()).isTrue();
        assertThat(options.cluster()).isFalse();
        assertThat(options.clientName()).isEqualTo("larder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout         | 3601     | a time from 0.001 to 3600 seconds, as in 0.25 or PT0.25S",
                "timeout         | PT0S     | a time from 0.001 to 3600 seconds, as in 0.25 or PT0.25S",
                "timeout         | -PT1S    | a time from 0.001 to 3600 seconds, as in 0.25 or PT0.25S",
                "timeout         | P300D    | a time from 0.001 to 3600 seconds, as in 0.25 or PT0.25S",
                "pool-size       | 0        | a whole number of connections from 1 to 10000",
                "pool-size       | many     | a whole number of connections from 1 to 10000",
                "read-from       | follower | 'replica' or 'leader'",
                "cluster         | yes      | 'false' or 'true'",
                "client-name     | my app   | printable ASCII without a space",
                "sentinel-user   | me       | sentinel-password beside it",
            })
    void a_bad_option_is_refused_with_key_value_and_expectation(String option, String bad, String expected) {
        assertThatThrownBy(() -> factory.create("default", HERE.option(option, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caches.default.options." + option + " is '" + bad + "', expected " + expected);
    }

    @Test
    void a_trust_store_that_cannot_be_read_is_refused_without_its_password() {
        CacheSettings settings = CacheSettings.redis("rediss://user:secret@127.0.0.1")
                .option("trust-store", "/nowhere/trust.p12")
                .option("trust-store-password", "changeit");

        assertThatThrownBy(() -> factory.create("default", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caches.default.options.trust-store is '/nowhere/trust.p12', expected a PKCS#12")
                .hasMessageNotContaining("changeit")
                .hasMessageNotContaining("secret");
    }

    @Test
    void all_problems_are_reported_together() {
        CacheSettings settings = CacheSettings.redis("redis://u:secret@cache:x", "cache")
                .option("cluster", "true")
                .option("sentinel-master", "larder")
                .option("read-from", "replica");

        assertThatThrownBy(() -> factory.create("second", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'***@cache:x'")
                .hasMessageContaining("'cache' is no server's address: it has no scheme")
                .hasMessageContaining("it is either Cluster or Sentinel")
                .hasMessageContaining("their leaders are read")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nodes_of_a_cluster_are_come_to_in_one_way() {
        CacheSettings settings = CacheSettings.redis("redis://a/1", "rediss://b", "/run/redis.sock")
                .option("cluster", "true");

        assertThatThrownBy(() -> factory.create("default", settings))
                .hasMessageContaining("'b:6379' has another scheme, user, password or database than the first")
                .hasMessageContaining("'/run/redis.sock' is a UNIX socket")
                .hasMessageContaining("a Cluster has no database but 0");
    }

    @Test
    void without_jedis_it_loads_and_names_what_to_add() throws Exception {
        CacheBackendFactory lonely = new WithoutLibrary("redis.clients.").factory(RedisBackendFactory.class);

        assertThat(lonely.type()).isEqualTo("redis");
        assertThat(lonely.options()).contains("timeout");
        assertThatThrownBy(() -> lonely.create("default", HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add the dependency redis.clients:jedis");
    }
}
