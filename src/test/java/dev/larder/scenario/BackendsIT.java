package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.cdi.OwnBackend;
import dev.larder.scenario.Site.Answer;
import dev.larder.service.ForwardingBackend;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackendFactory;
import java.net.URI;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application's own backends: by a factory, a class, a bean, and the one that its {@code CacheModule} names. */
@ExtendWith(ArquillianExtension.class)
class BackendsIT {

    private static final String PROPERTIES = """
            caches.by-factory.backend=of-the-application
            caches.by-class.backend=dev.larder.scenario.BackendsApp$OfClass
            caches.by-bean.backend=dev.larder.scenario.BackendsApp$OfBean
            caches.of-module.key-prefix=configured
            """;

    private static final String ANNOTATED = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="3.0" bean-discovery-mode="annotated"/>
            """;

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.warWithoutBeansXml("backends", BackendsApp.class, ScanningApplication.class)
                .addClasses(OwnBackend.class, ForwardingBackend.class, MapBackend.class)
                .addAsWebInfResource(new StringAsset(ANNOTATED), "beans.xml")
                .addAsResource(
                        new StringAsset("dev.larder.scenario.BackendsApp$Factory"),
                        "META-INF/services/" + CacheBackendFactory.class.getName())
                .addAsResource(new StringAsset(PROPERTIES), "META-INF/microprofile-config.properties");
    }

    /** Configuration replaces the module's prefix only. */
    @ParameterizedTest
    @CsvSource({
        "by-factory, factory :1 300000",
        "by-class, class :1 300000",
        "by-bean, bean :1 300000",
        "of-module, factory configured:7 600000"
    })
    void responses_are_stored_in_it(String path, String stored) throws Exception {
        Site site = new Site(base);
        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(first.text()).as("%s", first).isEqualTo("run 1");
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.text()).isEqualTo("run 1");
        // it is stored behind the answer
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(site.runs(stored.replace(" ", "%20")))
                        .as(stored)
                        .isOne());
    }

    @Test
    void a_bean_is_the_one_that_the_application_injects() throws Exception {
        Site site = new Site(base);
        site.get("api/by-bean");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(site.get("api/taken-by-bean").text()).isEqualTo("1"));
    }
}
