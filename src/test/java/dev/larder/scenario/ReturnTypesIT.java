package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a resource method returns, its second answer is its first one. */
@ExtendWith(ArquillianExtension.class)
class ReturnTypesIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("returns", ReturnTypesApp.class, Book.class);
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pojo",
                "list",
                "string",
                "bytes",
                "int",
                "long",
                "boolean",
                "optional",
                "response",
                "response-of-another-type",
                "generic-entity",
                "response-without-entity",
                "streaming",
                "suspended",
                "suspended-response",
                "suspended-resumed-at-once",
                "suspended-response-resumed-at-once",
                "stage",
                "stage-of-list",
                "stage-of-response",
                "future-of-string",
                "completed-stage"
            })
    void the_second_answer_is_the_first_without_a_run(String path) throws Exception {
        int runs = site.runs(path);

        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.fromCache()).isFalse();
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().allValues("Content-Type"))
                .isEqualTo(first.headers().allValues("Content-Type"));
        assertThat(second.headers().allValues("X-Shelf"))
                .isEqualTo(first.headers().allValues("X-Shelf"));
        assertThat(second.header("X-Run")).isEqualTo(first.header("X-Run"));
        assertThat(site.runs(path)).isEqualTo(runs + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not-found",
                "nothing",
                "failing",
                "suspended-failing",
                "suspended-timing-out",
                "suspended-timeout-handled",
                "stage-failing"
            })
    void what_is_no_200_runs_each_time(String path) throws Exception {
        int runs = site.runs(path);

        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(second.status()).as("%s", second).isEqualTo(first.status()).isNotEqualTo(200);
        assertThat(second.fromCache()).isFalse();
        assertThat(site.runs(path)).isEqualTo(runs + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pojo", "int", "streaming", "suspended", "stage"})
    void a_client_that_has_the_answer_is_told_so(String path) throws Exception {
        String known = Site.fresh("api/" + path);
        site.get(known);
        Answer notModified = site.get(known, "If-None-Match", "*");

        assertThat(notModified.status()).as("%s", notModified).isEqualTo(304);
        assertThat(notModified.body()).isEmpty();
        assertThat(notModified.fromCache()).isTrue();
    }

    @Test
    void text_keeps_its_charset() throws Exception {
        String path = Site.fresh("api/charset");
        site.get(path);
        Answer hit = site.get(path);

        assertThat(hit.text()).isEqualTo("Füchse");
        assertThat(hit.fromCache()).isTrue();
        assertThat(hit.header("Content-Type").toLowerCase().replace(" ", "")).isEqualTo("text/plain;charset=utf-8");
    }
}
