package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
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
        return Wars.war("invalidates", InvalidatesApp.class, InvalidatesSessionBean.class, Spoil.class)
                // on TomEE, for the application that lists no providers
                .addAsWebInfResource(new StringAsset("openejb.jaxrs.providers.auto=true"), "application.properties");
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

    @ParameterizedTest
    @ValueSource(
            strings = {"api/bean", "api/no-scope", "api/located/by-hand", "api/located/bean-by-hand", "made/no-scope"})
    void a_tag_has_an_argument_whoever_created_the_resource(String path) throws Exception {
        assertThat(site.put(path + "/body/any", id).status()).isEqualTo(204);
        invalidated();

        long number = ThreadLocalRandom.current().nextLong();
        assertThat(text("read/" + number)).isEqualTo("v1");
        assertThat(site.send("PUT", path + "/number/" + number).status()).isEqualTo(204);
        assertThat(text("read/" + number)).isEqualTo("v2");
    }

    /** No server shows that the method has begun a transaction. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback"})
    void a_transaction_that_the_method_itself_ends_does_not_matter(String how) throws Exception {
        assertThat(post("call/inside/" + how + "/" + id)).isEqualTo(" done");

        invalidated();
    }

    @ParameterizedTest
    @CsvSource({"commit,true", "rollback,false"})
    void an_unsafe_request_within_a_transaction_invalidates_after_its_commit(String how, boolean invalidates)
            throws Exception {
        String path = "api/open/" + id;
        assertThat(site.run(path).text()).isEqualTo("v1");
        assertThat(site.hit(path).text()).isEqualTo("v1");
        assertThat(site.send("PUT", path, "X-Transaction", how).status()).isEqualTo(204);

        assertThat(site.get(path).text()).isEqualTo(invalidates ? "v2" : "v1");
        if (invalidates) {
            invalidated();
        } else {
            kept();
        }
    }

    @ParameterizedTest
    @CsvSource({"commit,true", "rollback,false"})
    void a_method_within_the_transaction_of_its_request_invalidates_after_the_commit(String how, boolean invalidates)
            throws Exception {
        site.send("PUT", "api/bean/status/" + id + "/204", "X-Transaction", how);

        if (invalidates) {
            invalidated();
        } else {
            kept();
        }
    }

    @Test
    void groups_that_are_set_by_the_servlet_api_count_and_are_hidden() throws Exception {
        String path = "api/servlet/" + id;
        assertThat(site.run(path).all("Cache-Groups")).isSubsetOf("");
        assertThat(site.hit(path).all("Cache-Groups")).isSubsetOf("");
        send("PUT", "bean/status/" + id + "/204", 204);
        assertThat(site.run(path).text()).isEqualTo("v2");

        String other = "api/read/" + id + "-2";
        assertThat(site.get(other).text()).isEqualTo("v1");
        Site.Answer put = site.send("PUT", path + "-2");
        assertThat(put.all("Cache-Group-Invalidation")).isSubsetOf("");
        assertThat(site.get(other).text()).isEqualTo("v2");
    }

    @Test
    void groups_of_an_uncached_response_are_hidden() throws Exception {
        Site.Answer uncached = site.get("api/servlet/" + id + "/uncached");

        assertThat(uncached.text()).isEqualTo("uncached");
        assertThat(uncached.all("Cache-Groups")).isSubsetOf("");
        assertThat(uncached.all("Cache-Group-Invalidation")).isEmpty();
    }

    @Test
    void an_event_has_the_tags_and_the_uris_of_an_unsafe_request() throws Exception {
        site.send("PUT", "api/bean/status/" + id + "/204?any=1");

        invalidated();
        assertThat(text("uris?tag=thing:" + id))
                .isEqualTo(site.uri("api/bean/status/" + id + "/204").toString());
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
