package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A method with {@code @CacheInvalidate} invalidates after its success and after the commit, and never without. */
@ExtendWith(ArquillianExtension.class)
class InvalidatesIT {

    @ArquillianResource
    private URI base;

    private final String id = UUID.randomUUID().toString();

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("invalidates", InvalidatesApp.class, InvalidatesSessionBean.class, Spoil.class);
    }

    @BeforeEach
    void read() throws Exception {
        site = new Site(base);
        assertThat(text("read/" + id)).isEqualTo("v1");
        assertThat(text("read/" + id)).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "own", "session-bean", "new-in-failing"})
    void success_invalidates(String by) throws Exception {
        assertThat(post("call/" + by + "/commit/" + id)).isEqualTo(" done");

        invalidated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactional", "hand"})
    void a_commit_invalidates_and_the_transaction_reads_what_was_cached(String by) throws Exception {
        assertThat(post("call/" + by + "/commit/" + id)).isEqualTo("v1 done");

        invalidated();
    }

    static Stream<Arguments> failures() {
        return Stream.concat(
                Stream.of(
                        Arguments.of("plain", "exception"),
                        Arguments.of("session-bean", "context-rollback-only"),
                        Arguments.of("new-in-failing", "rollback-only")),
                Stream.of("own", "transactional", "hand", "session-bean")
                        .flatMap(by -> Stream.of("exception", "rollback-only", "failing-commit")
                                .map(how -> Arguments.of(by, how))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_keeps_what_is_cached(String by, String how) throws Exception {
        post("call/" + by + "/" + how + "/" + id);

        kept();
    }

    @Test
    void a_tag_has_the_id_that_the_method_has_set() throws Exception {
        post("create/" + id);

        invalidated();
    }

    @Test
    void a_stage_invalidates_when_it_completes() throws Exception {
        assertThat(post("later/success/" + id)).isEqualTo("v1 done");

        invalidated();
    }

    @Test
    void a_stage_that_fails_keeps_what_is_cached() throws Exception {
        assertThat(post("later/exception/" + id)).isEqualTo("v1 on purpose");

        kept();
    }

    @ParameterizedTest
    @CsvSource({
        "bean/status, 200",
        "bean/status, 303",
        "bean/stage, 204",
        "bean/suspended, 204",
        "no-scope/status, 204",
        "no-scope/stage, 204",
        "no-scope/suspended, 200",
        "located/by-hand/status, 204",
        "located/by-hand/stage, 204",
        "located/by-hand/suspended, 204"
    })
    void the_success_of_a_resource_method_invalidates(String path, int status) throws Exception {
        send("PUT", path + "/" + id + "/" + status, status);

        invalidated();
    }

    @ParameterizedTest
    @CsvSource({
        "bean/status, 404",
        "bean/status, 503",
        "bean/stage, 409",
        "bean/suspended, 500",
        "no-scope/status, 400",
        "no-scope/stage, 409",
        "no-scope/suspended, 409",
        "located/by-hand/status, 409",
        "located/by-hand/stage, 500",
        "located/by-hand/suspended, 500"
    })
    void the_failure_of_a_resource_method_keeps_what_is_cached(String path, int status) throws Exception {
        send("PUT", path + "/" + id + "/" + status, status);

        kept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean/throwing/", "no-scope/throwing/"})
    void an_exception_that_is_mapped_to_a_success_keeps_what_is_cached(String path) throws Exception {
        send("PUT", path + id, 200);

        kept();
    }

    @Test
    void a_suspended_response_resumed_with_an_exception_keeps_what_is_cached() throws Exception {
        send("PUT", "bean/suspended/" + id + "/0", 200);

        kept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean/query", "no-scope/query", "located/by-hand/query"})
    void a_tag_has_a_parameter_of_the_query(String path) throws Exception {
        send("DELETE", path + "?of=" + id, 204);

        invalidated();
    }

    @Test
    void a_transaction_of_a_resource_method_decides() throws Exception {
        site.send("PUT", "api/bean/transactional/" + id + "/rollback-only");
        site.send("PUT", "api/bean/transactional/" + id + "/failing-commit");
        kept();
        send("PUT", "bean/transactional/" + id + "/commit", 204);

        invalidated();
    }

    private void invalidated() throws Exception {
        assertThat(text("read/" + id)).isEqualTo("v2");
        await().untilAsserted(() -> assertThat(events()).isEqualTo("1"));
        assertThat(text("read/" + id)).isEqualTo("v2");
        assertThat(events()).isEqualTo("1");
    }

    private void kept() throws Exception {
        assertThat(text("read/" + id)).isEqualTo("v1");
        assertThat(events()).isEqualTo("0");
    }

    private String events() throws Exception {
        return text("events?tag=thing:" + id);
    }

    private String text(String path) throws Exception {
        return site.get("api/" + path).text();
    }

    private String post(String path) throws Exception {
        return site.send("POST", "api/" + path).text();
    }

    private void send(String method, String path, int status) throws Exception {
        Site.Answer answer = site.send(method, "api/" + path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    }
}
