package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
                .addAsLibraries(ShrinkWrap.create(JavaArchive.class, "settings.jar")
                        .addAsResource(
                                new StringAsset(ConsoleApp.CONFIGURATION), "META-INF/microprofile-config.properties"))
                .addAsModule(war("ear-one", "0.3"))
                .addAsModule(war("ear-two", "600"));
    }

    private static WebArchive war(String name, String ttl) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Runs.class, EarApp.class, ScanningApplication.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .setWebXML(new StringAsset(ConsoleApp.WEB_XML))
                .addAsResource(
                        new StringAsset("caches.default.ttl=" + ttl + "\n"), "META-INF/microprofile-config.properties");
    }

    @Test
    void each_war_has_its_own_entries() throws Exception {
        Site two = new Site(base).beside("ear-two");

        assertThat(two.run("api/page").text()).isEqualTo("page 1");
        assertThat(two.hit("api/page").text()).isEqualTo("page 1");
        assertThat(new Site(base).beside("ear-one").run("api/page").text()).isEqualTo("page 1");
    }

    /** Payara's MicroProfile Config does not look into a WAR of an EAR, which the deployment says. */
    @Test
    void each_war_has_its_own_configuration_or_the_deployment_says_that_it_is_not_read() throws Exception {
        if (System.getProperty("larder.server").equals("payara")) {
            try (Stream<Path> files = Files.walk(Path.of(System.getProperty("larder.server.home")))) {
                assertThat(files.filter(file -> file.endsWith("server.log")).map(EarIT::text))
                        .anyMatch(log -> log.contains("The configuration keys caches.default.ttl in ")
                                && log.contains("are not read"));
            }
            return;
        }
        Site one = new Site(base).beside("ear-one");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            one.get("api/page");
            assertThat(one.runs("page")).isGreaterThan(1);
        });
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    void each_war_has_its_own_console() throws Exception {
        for (String war : new String[] {"ear-one", "ear-two"}) {
            Site site = new Site(base).beside(war);
            Site.Answer data = site.get("larder/data.json", "Authorization", ServerUser.ANN.authorization());

            assertThat(data.status()).as("%s", data).isEqualTo(200);
            assertThat(data.text()).contains("\"application\":\"larder-ear/" + war + "\"");
            assertThat(site.get("larder/data.json").status()).isEqualTo(401);
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
