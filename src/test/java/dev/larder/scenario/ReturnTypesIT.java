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
                "double",
                "char",
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
                "stage-of-bytes",
                "stage-of-integer",
                "future-of-string",
                "stage-of-optional",
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
        assertThat(second.headers().allValues("X-StoredResponses"))
                .isEqualTo(first.headers().allValues("X-StoredResponses"));
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

    /** Some make a 200 of it, with the text null or without a body, the others a 204. */
    @ParameterizedTest
    @ValueSource(strings = {"optional-empty", "stage-of-optional-empty", "stage-of-nothing", "suspended-nothing"})
    void an_answer_of_nothing_is_what_the_server_makes_of_it(String path) throws Exception {
        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.fromCache()).isEqualTo(first.status() == 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mapped",
                "mapped-from-response",
                "mapped-from-stage",
                "mapped-from-failed-stage",
                "mapped-from-suspended",
                "mapped-from-suspended-at-once",
                "thrown-response",
                "thrown-response-of-stage",
                "thrown-response-of-suspended"
            })
    void an_exception_is_not_stored_though_its_answer_is_200(String path) throws Exception {
        for (int run = 1; run <= 2; run++) {
            Answer answer = site.run("api/" + path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("run " + run);
        }
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
