package dev.larder.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.service.Backends;
import dev.larder.service.MapBackend;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Statistics;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementBeansTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Backends backends = new Backends(
            Map.of("default", CacheSettings.of("map"), "second", CacheSettings.of("map")),
            (name, its) -> new MapBackend(() -> 0),
            new ValueCodec(JsonbBuilder::create),
            System::nanoTime,
            any -> CacheEvents.NONE);
    private final Statistics statistics = backends.statistics();
    private final ICacheService cache = backends.service();
    private final ManagementBeans beans = new ManagementBeans(server, statistics, cache);

    @AfterEach
    void close() {
        beans.close();
        backends.close();
    }

    private Set<String> names() {
        return server.queryNames(null, null).stream()
                .map(ObjectName::toString)
                .filter(name -> name.startsWith("dev.larder"))
                .collect(Collectors.toSet());
    }

    @Test
    void each_backend_and_method_is_there_until_it_is_closed() {
        statistics.addMethod("com.acme.Books/list", "default", Duration.ofMinutes(5));
        beans.register("shop");
        statistics.addMethod("com.acme.Late/get", "second", null);

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "dev.larder:type=Backend,application=shop,name=default",
                        "dev.larder:type=Backend,application=shop,name=second",
                        "dev.larder:type=Method,application=shop,name=\"com.acme.Books/list\"",
                        "dev.larder:type=Method,application=shop,name=\"com.acme.Late/get\"");
        beans.close();
        statistics.addMethod("com.acme.TooLate/get", "second", null);
        assertThat(names()).isEmpty();
    }

    @Test
    void two_deployments_of_one_name_are_told_apart() {
        ManagementBeans second = new ManagementBeans(server, statistics, cache);
        ManagementBeans third = new ManagementBeans(server, statistics, cache);
        beans.register("shop");
        second.register("shop");
        assertThat(names())
                .contains(
                        "dev.larder:type=Backend,application=shop#2,name=default",
                        "dev.larder:type=Backend,application=shop#2,name=second");
        beans.close();
        third.register("shop");
        second.close();
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "dev.larder:type=Backend,application=shop,name=default",
                        "dev.larder:type=Backend,application=shop,name=second");
        third.close();
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"shop|shop", "shop/web|shop/web", "a=b|\"a=b\"", "a*|\"a\\*\"", "a b|a b"})
    void a_value_that_cannot_be_plain_is_quoted(String value, String shown) {
        beans.register(value);
        assertThat(names()).contains("dev.larder:type=Backend,application=" + shown + ",name=default");
    }

    @Test
    void attributes_are_those_of_the_statistics() throws Exception {
        statistics.addMethod("A/a", "default", Duration.ofMinutes(5)).hit();
        statistics.addMethod("B/b", "default", null).notStored("no-store");
        beans.register("shop");
        cache.set("k", "v");
        cache.get("k", String.class);
        cache.get("none", String.class);
        cache.delete("k");

        assertThat(backend("CacheHits")).isEqualTo(1L);
        assertThat(backend("CacheMisses")).isEqualTo(1L);
        assertThat(backend("CacheGets")).isEqualTo(2L);
        assertThat(backend("CacheHitPercentage")).isEqualTo(50f);
        assertThat(backend("CacheMissPercentage")).isEqualTo(50f);
        assertThat(backend("CachePuts")).isEqualTo(1L);
        assertThat(backend("CacheRemovals")).isEqualTo(1L);
        assertThat(backend("CacheEvictions")).isEqualTo(-1L);
        assertThat(backend("Entries")).isEqualTo(-1L);
        assertThat(backend("Bytes")).isEqualTo(-1L);
        assertThat(backend("Failures")).isEqualTo(0L);
        assertThat(backend("Breaker")).isEqualTo("closed");
        assertThat(backend("Type")).isEqualTo("map");
        assertThat(method("A/a", "CacheHits")).isEqualTo(1L);
        assertThat(method("A/a", "Ttl")).isEqualTo("PT5M");
        assertThat(method("A/a", "Backend")).isEqualTo("default");
        assertThat(method("B/b", "Ttl")).isEqualTo("from-response");
        assertThat(method("B/b", "NotStored").toString()).contains("no-store");
    }

    @Test
    void operations_act_on_the_backend_and_a_reset_only_on_the_bean_itself() throws Exception {
        beans.register("shop");
        cache.tags("t").set("k", "v");
        assertThat(invoke("invalidate", "t")).isEqualTo(true);
        assertThat(cache.hasKey("k")).isFalse();
        cache.set("k", "v");
        assertThat(invoke("clear")).isEqualTo(true);
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(backend("Invalidations")).isEqualTo(2L);

        invoke("resetStatistics");
        assertThat(backend("Invalidations")).isEqualTo(0L);
        assertThat(backend("CachePuts")).isEqualTo(0L);
        assertThat(backend("CacheEvictions")).isEqualTo(-1L);
        assertThat(cache.statistics().puts()).isEqualTo(2);
        cache.set("k", "v");
        assertThat(backend("CachePuts")).isEqualTo(1L);
    }

    private Object backend(String attribute) throws Exception {
        return server.getAttribute(new ObjectName("dev.larder:type=Backend,application=shop,name=default"), attribute);
    }

    private Object method(String name, String attribute) throws Exception {
        return server.getAttribute(
                new ObjectName("dev.larder:type=Method,application=shop,name=\"" + name + "\""), attribute);
    }

    private Object invoke(String operation, String... arguments) throws Exception {
        String[] types = arguments.length == 0 ? new String[0] : new String[] {String.class.getName()};
        return server.invoke(
                new ObjectName("dev.larder:type=Backend,application=shop,name=default"), operation, arguments, types);
    }
}
