package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

/** Keys that the application makes itself. */
@ExtendWith(ArquillianExtension.class)
class GeneratorsIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("generators", GeneratorsApp.class)
                .addAsResource(
                        new StringAsset("caches.default.key-prefix=project\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    /** RESTEasy warns of the second one (RESTEASY002160). */
    @Test
    void no_filter_is_registered_twice() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("larder.server.home")))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                        .as("%s", log)
                        .doesNotContain("RESTEASY002160", "RESTEASY002155");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request-scoped",
                "dependent",
                "injected-by-constructor",
                "no-bean",
                "private-constructor",
                "suspended",
                "without-scope"
            })
    void a_generator_may_be_a_bean_of_any_scope_or_none(String path) throws Exception {
        Answer one = site.run("api/" + path + "?id=one");
        Answer other = site.run("api/" + path + "?id=other");

        assertThat(one.text()).isEqualTo("one 1");
        assertThat(other.text()).isEqualTo("other 2");
        assertThat(site.hit("api/" + path + "?id=one&noise=1").text()).isEqualTo("one 1");
        assertThat(site.hit("api/" + path + "?noise=2&id=other").text()).isEqualTo("other 2");
    }

    @Test
    void two_methods_may_share_an_entry() throws Exception {
        assertThat(site.run("api/shared/one").text()).isEqualTo("\"one 1\"");

        Answer other = site.hit("api/shared/other");
        assertThat(other.text()).isEqualTo("\"one 1\"");
        assertThat(other.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void the_service_deletes_the_entry_of_a_generated_key() throws Exception {
        site.run("api/deleted?id=7");
        site.run("api/deleted?id=8");

        assertThat(site.get("outside?delete=books:7").text()).isEqualTo("true");
        assertThat(site.get("outside?delete=books:7").text()).isEqualTo("false");
        assertThat(site.run("api/deleted?id=7").text()).isEqualTo("7 3");
        assertThat(site.hit("api/deleted?id=8").text()).isEqualTo("8 2");
    }

    @Test
    void a_generator_that_throws_leaves_the_request_uncached() throws Exception {
        assertThat(site.run("api/throwing").text()).isEqualTo("run 1");
        assertThat(site.run("api/throwing").text()).isEqualTo("run 2");
    }

    @Test
    void no_key_and_an_empty_key_bypass_the_cache() throws Exception {
        int run = 0;
        for (String path : new String[] {"api/without-key", "api/without-key?key="}) {
            assertThat(site.run(path).text()).isEqualTo("run " + ++run);
            assertThat(site.run(path).text()).isEqualTo("run " + ++run);
        }
    }

    @Test
    void a_generator_sees_the_request_as_it_was_matched() throws Exception {
        site.get("api/seen/7?q=a&q=b", "X-Asked", "yes");

        assertThat(site.get("outside?seen").text()).isEqualTo("Keyed.seen of Keyed [7, [a, b]] mine 7 yes GET false");
        assertThat(site.hit("api/seen/7?q=a&q=b").text()).isEqualTo("7 1");

        site.get("api/seen-backend/7", "X-Asked", "yes");
        assertThat(site.get("outside?seen").text())
                .isEqualTo("Keyed.seenOfBackend of Keyed [7] project 7 yes GET false");

        site.get("api/session-bean/5");
        assertThat(site.get("outside?seen").text()).isEqualTo("Session.get of Session [5] project 5 null GET false");
        assertThat(site.hit("api/session-bean/5").text()).isEqualTo("5 1");
    }

    @Test
    void the_generator_of_a_bean_sees_the_request_if_there_is_one() throws Exception {
        assertThat(site.get("api/bean?id=x", "X-Asked", "yes").text()).isEqualTo("x 1");
        assertThat(site.get("outside?seen").text()).isEqualTo("Prices.of of Prices [x] project null yes GET false");

        assertThat(site.get("outside?id=x").text()).isEqualTo("x 1");
        assertThat(site.get("outside?seen").text()).isEqualTo("Prices.of of Prices [x] project outside");
    }
}
