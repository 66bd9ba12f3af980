package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar in the {@code lib} of an EAR works for all its WARs, each with its own configuration and entries. */
@ExtendWith(ArquillianExtension.class)
class EarIT {

    @ArquillianResource
    @OperateOnDeployment("ear")
    private URI base;

    @Deployment(testable = false, name = "ear")
    static EnterpriseArchive application() {
        return ShrinkWrap.create(EnterpriseArchive.class, "larder-ear.ear")
                .addAsLibraries(Wars.libraries())
                .addAsModule(war("ear-one", "0.3", "600"))
                .addAsModule(war("ear-two", "600", "0.3"));
    }

    private static WebArchive war(String name, String ttl, String ttlOfNamed) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Runs.class, EarApp.class, ScanningApplication.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(
                        new StringAsset("caches.default.ttl=" + ttl + "\ncaches.named.ttl=" + ttlOfNamed + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ear-one page/short named", "ear-two page page"})
    void each_war_has_its_own_configuration_and_entries(String line) throws Exception {
        String[] of = line.split(" ");
        Site site = new Site(base).beside(of[0]);

        assertThat(site.run("api/" + of[1]).text()).isEqualTo(of[2] + " 1");
        assertThat(site.hit("api/" + of[1]).text()).isEqualTo(of[2] + " 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ear-one page page", "ear-two page/short named"})
    void a_ttl_of_one_war_is_not_the_other_s(String line) throws Exception {
        String[] of = line.split(" ");
        Site site = new Site(base).beside(of[0]);
        site.get("api/" + of[1]);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            site.get("api/" + of[1]);
            assertThat(site.runs(of[2])).isGreaterThan(1);
        });
    }

    @Test
    void values_of_classes_of_one_name_are_kept_apart() throws Exception {
        for (String war : new String[] {"ear-one", "ear-two"}) {
            Site site = new Site(base).beside(war);
            assertThat(site.get("api/page/value?of=" + war).text()).isEqualTo(war + " 1");
            assertThat(site.get("api/page/value?of=" + war).text()).isEqualTo(war + " 1");
        }
    }

    @Test
    void each_war_has_its_own_service() throws Exception {
        Site two = new Site(base).beside("ear-two");
        two.get("api/page/service?set=two");

        assertThat(new Site(base).beside("ear-one").get("api/page/service").text())
                .isEqualTo("nothing");
        assertThat(two.get("api/page/service").text()).isEqualTo("two");
    }
}
