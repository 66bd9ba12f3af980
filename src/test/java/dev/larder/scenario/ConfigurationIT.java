package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's own {@code microprofile-config.properties}, and the service injected everywhere. */
@ExtendWith(ArquillianExtension.class)
class ConfigurationIT {

    private static final String PROPERTIES = """
            caches.default.ttl=PT5M
            caches.second.backend=local
            caches.second.key-prefix=second
            cache."dev.larder.scenario.ConfigurationApp$Configured/shortLived".ttl=0.3
            cache."dev.larder.scenario.ConfigurationApp$Configured/disabled".enabled=false
            cache."dev.larder.scenario.ConfigurationApp$Configured/smallOnly".max-body-bytes=4
            cache."dev.larder.scenario.ConfigurationApp$Configured/elsewhere".backend=second
            cache."dev.larder.scenario.ConfigurationApp$Configured/impatient".lock-timeout=PT0S
            """;

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("configuration", ConfigurationApp.class, ServiceSessionBean.class)
                .addAsResource(new StringAsset(PROPERTIES), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "elsewhere"})
    void an_annotation_without_members_caches(String path) throws Exception {
        site.get("api/" + path);

        Answer second = site.get("api/" + path);
        assertThat(second.fromCache()).isTrue();
        assertThat(second.text()).isEqualTo("run 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "small-only"})
    void configuration_switches_off(String path) throws Exception {
        assertThat(site.get("api/" + path).text()).isEqualTo("run 1");

        Answer second = site.get("api/" + path);
        assertThat(second.fromCache()).isFalse();
        assertThat(second.text()).isEqualTo("run 2");
    }

    @Test
    void configuration_overrides_the_time_to_live() throws Exception {
        site.get("api/short-lived");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(site.get("api/short-lived").text()).isEqualTo("run 2"));
    }

    @Test
    void without_patience_nobody_waits() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<Answer> one = clients.submit(() -> site.get("api/impatient"));
            Future<Answer> other = clients.submit(() -> site.get("api/impatient"));

            assertThat(one.get().text()).isNotEqualTo(other.get().text());
        } finally {
            clients.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "api/service", "api/service/session-bean"})
    void the_service_works_wherever_it_is_injected(String path) throws Exception {
        assertThat(site.get(path).text())
                .isEqualTo("[false, true, value, true, true, false, false, true, [1, 2], true, true, 8, 0, unknown]");
    }

    @Test
    void asynchronous_operations_answer_the_same() throws Exception {
        assertThat(site.get("api/service/async").text())
                .isEqualTo("[true, Optional[5], true, true, 7, 6, true, Optional.empty]");
    }
}
