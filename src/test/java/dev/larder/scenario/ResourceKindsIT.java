package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.time.Duration;
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

/** The annotation works on every kind of resource class, in an archive with an empty {@code beans.xml}. */
@ExtendWith(ArquillianExtension.class)
class ResourceKindsIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("kinds", ResourceKindsApp.class, StatelessResource.class, SingletonResource.class)
                .addAsResource(new StringAsset("cache.cache-status=true"), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "request-scoped",
                "stateless",
                "singleton",
                "class-level",
                "by-stereotype",
                "from-interface",
                "from-superclass",
                "from-superclass/cached-above"
            })
    void the_second_answer_comes_from_the_cache(String path) throws Exception {
        isCached(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"injected", "new"})
    void a_sub_resource_is_cached_for_its_path(String located) throws Exception {
        for (String shelf : new String[] {"a", "b"}) {
            String path = "api/shelves/" + shelf + "/" + located;
            assertThat(site.get(path).text()).isEqualTo(shelf + " 1");

            Answer second = site.get(path);
            assertThat(second.fromCache()).as("%s", second).isTrue();
            assertThat(second.text()).isEqualTo(shelf + " 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response",
                "stage",
                "stage-of-response",
                "completed-stage-of-response",
                "suspended",
                "suspended-response",
                "resumed-at-once"
            })
    void whatever_a_sub_resource_that_was_made_answers_is_cached(String kind) throws Exception {
        String path = "api/shelves/" + kind + "/new/" + kind;
        Answer first = site.get(path);
        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.text()).isEqualTo(kind + " 1");

        Answer second = site.get(path);
        // CXF does not tell such an answer from that of an exception mapper, which must not be stored
        boolean told =
                kind.equals("response") || !System.getProperty("larder.server").equals("tomee");
        assertThat(second.fromCache()).as("%s", second).isEqualTo(told);
        assertThat(second.text()).isEqualTo(kind + (told ? " 1" : " 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused-stage", "refused-completed-stage", "refused-suspended", "refused-call"})
    void what_a_mapper_answers_for_a_sub_resource_that_was_made_is_not_stored(String kind) throws Exception {
        String path = "api/shelves/" + kind + "/new/" + kind;
        for (int i = 1; i <= 3; i++) {
            Answer answer = site.get(path);
            assertThat(answer.fromCache()).as("%s", answer).isFalse();
            assertThat(answer.text()).isEqualTo(kind + " " + i);
        }
    }

    @Test
    void what_no_writer_can_write_is_neither_stored_nor_waited_for() throws Exception {
        int runs = site.runs("unwritable");
        for (int i = 1; i <= 3; i++) {
            long before = System.nanoTime();
            Answer answer = site.get("api/unwritable");
            assertThat(answer.status()).as("%s", answer).isEqualTo(500);
            assertThat(answer.header("Cache-Status"))
                    .as("%s", answer)
                    .isIn(null, "larder; fwd=uri-miss; detail=incomplete");
            assertThat(site.runs("unwritable")).isEqualTo(runs + i);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void the_annotation_of_a_type_lets_other_methods_than_get_pass() throws Exception {
        assertThat(site.send("POST", "api/class-level").text()).isEqualTo("post 1");
        assertThat(site.send("POST", "api/class-level").text()).isEqualTo("post 2");
    }

    @Test
    void the_annotation_of_a_method_replaces_that_of_its_type() throws Exception {
        assertThat(site.get("api/class-level/replaced").text()).isEqualTo("replaced 1");
        assertThat(site.get("api/class-level/replaced").text()).isEqualTo("replaced 2");
    }

    @Test
    void a_resource_method_called_as_a_method_is_cached_as_one() throws Exception {
        isCached("application-scoped");
        String first = site.get("api/calling/resource").text();

        assertThat(site.get("api/calling/resource").text()).isEqualTo(first);
        assertThat(site.get("api/calling/resource").fromCache()).isFalse();
        assertThat(site.runs("application-scoped")).isEqualTo(2);
    }

    @Test
    void a_method_of_a_bean_is_cached_by_its_arguments() throws Exception {
        assertThat(site.get("api/calling/bean").text()).isEqualTo("1 EUR1");
        assertThat(site.get("api/calling/bean").text()).isEqualTo("2 EUR1");
    }

    @Test
    void a_method_of_what_a_producer_makes_is_cached_if_that_puts_the_interceptors_before_it() throws Exception {
        assertThat(site.get("api/calling/produced").text()).isEqualTo("1 own CHF1");
        assertThat(site.get("api/calling/produced").text()).isEqualTo("2 own CHF1");
    }

    @Test
    void a_cached_method_called_during_a_cached_request_is_cached_by_itself() throws Exception {
        assertThat(site.get("api/calling/bean-while-cached/1").text()).isEqualTo("1 1 USD1");
        assertThat(site.get("api/calling/bean-while-cached/2").text()).isEqualTo("2 2 USD1");
        assertThat(site.get("api/calling/bean-while-cached/1").text()).isEqualTo("1 1 USD1");
        assertThat(site.get("api/calling/bean-while-cached/1").fromCache()).isTrue();
    }

    private void isCached(String path) throws Exception {
        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.text()).endsWith(" 1");
    }
}
