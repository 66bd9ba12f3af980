package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
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

/** Configuration says other than the annotation and the module. */
@ExtendWith(ArquillianExtension.class)
class OverridesIT {

    private static final String HERE = "dev.larder.scenario.OverridesApp$";

    private static final String PROPERTIES = """
            cache.enabled=false
            cache."HEREOff".enabled=false
            cache."HEREOff/on".enabled=true
            cache."HEREOverloads".enabled=true
            cache."HEREOverloads/list".enabled=true
            cache."HEREOne".enabled=true
            cache."HERETwo/inherited".enabled=true
            cache."HEREOfCachedBase".enabled=true
            cache."HEREForms".enabled=true
            cache."HEREForms/never".ttl=never
            cache."HEREForms/iso".ttl=PT1H
            cache."HEREForms/keyed".key-generator=HEREOneKey
            cache."HERECalled".enabled=true
            cache.of-somebody-else=5
            caches.counted.backend=local
            caches.counted.ttl=PT1H
            caches.made.ttl=0
            """.replace("HERE", HERE);

    private static final int CALLS = 25;

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("overrides", OverridesApp.class)
                .addAsResource(new StringAsset(PROPERTIES), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "off/on",
                "overloads",
                "overloads/x",
                "inheriting/one",
                "inheriting/two",
                "of-cached-base",
                "of-cached-base/above",
                "forms/never",
                "forms/iso",
                "forms/for-ever-in-days",
                "forms/of-module"
            })
    void what_is_on_at_the_most_specific_level_is_cached(String path) throws Exception {
        String first = site.run("api/" + path).text();

        assertThat(site.hit("api/" + path).text()).isEqualTo(first);
    }

    @Test
    void what_is_off_for_its_class_runs_each_time() throws Exception {
        assertThat(site.run("api/off").text()).isEqualTo("run 1");
        assertThat(site.run("api/off").text()).isEqualTo("run 2");
    }

    @Test
    void a_key_generator_may_be_configured() throws Exception {
        site.run("api/forms/keyed?id=1");

        assertThat(site.hit("api/forms/keyed?id=2").text()).isEqualTo("run 1");
    }

    /** With the JSON-B of the server. */
    @Test
    void arguments_of_all_forms_tell_calls_apart() throws Exception {
        List<String> twice = site.get("api/calls").text().lines().toList();

        assertThat(twice).hasSize(CALLS).doesNotHaveDuplicates().allSatisfy(answers -> {
            String[] each = answers.split(" \\| ", -1);
            assertThat(each[1]).isEqualTo(each[0]);
        });
    }

    @Test
    void configuration_overrides_the_module() throws Exception {
        assertThat(site.get("api/calls/module").text())
                .isEqualTo("counted true, in version 7 true, in version 8 false, made true, kept false");
    }
}
