package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The success of an unsafe method evicts its URI, and what is read next is new (RFC 9111 §4.4). */
@ExtendWith(ArquillianExtension.class)
class InvalidationIT {

    @ArquillianResource
    private URI base;

    private final String id = UUID.randomUUID().toString();

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("invalidation", InvalidationApp.class)
                .addAsResource(
                        new StringAsset("caches.second.backend=local"), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,200",
        "PUT,204",
        "POST,201",
        "POST,303",
        "PATCH,200",
        "PATCH,204",
        "DELETE,204",
        "DELETE,302",
        "BORROW,200",
        "BORROW,307"
    })
    void success_evicts_all_queries_and_types(String method, int status) throws Exception {
        String thing = "api/things/" + id;
        String[] queries = {"", "?q=1", "?q=2&r"};
        for (String query : queries) {
            runsOnce(thing + query, "Accept", "text/plain");
            runsOnce(thing + query, "Accept", "text/html");
        }
        change(method, thing + "?status=" + status, status);

        for (String query : queries) {
            runsOnce(thing + query, "Accept", "text/plain");
            runsOnce(thing + query, "Accept", "text/html");
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT,400", "PUT,409", "POST,404", "PATCH,422", "DELETE,403", "BORROW,500", "PUT,503"})
    void failure_keeps(String method, int status) throws Exception {
        String thing = "api/things/" + id;
        runsOnce(thing);
        change(method, thing + "?status=" + status, status);

        site.hit(thing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throwing", "web-exception"})
    void an_exception_keeps_if_it_is_mapped_to_a_failure(String how) throws Exception {
        String thing = "api/things/" + id + "/" + how;
        runsOnce(thing);
        change("PUT", thing + "?status=409", 409);
        site.hit(thing);

        change("PUT", thing + "?status=303", 303);
        runsOnce(thing);
    }

    @Test
    void a_method_that_is_not_there_keeps() throws Exception {
        String thing = "api/things/" + id + "/second";
        runsOnce(thing);
        assertThat(site.send("DELETE", thing).status()).isEqualTo(405);

        site.hit(thing);
    }

    @Test
    void safe_methods_keep() throws Exception {
        String thing = "api/things/" + id;
        runsOnce(thing);
        site.head(thing);
        site.send("OPTIONS", thing);

        site.hit(thing);
    }

    @Test
    void other_paths_are_kept() throws Exception {
        runsOnce("api/things/" + id + "b");
        runsOnce("api/things/" + id + ";m=1");
        change("PUT", "api/things/" + id + "?status=204", 204);

        site.hit("api/things/" + id + "b");
        site.hit("api/things/" + id + ";m=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void locations_of_the_same_origin_are_evicted(String method) throws Exception {
        String absolute = "api/things/absolute-" + id;
        String rooted = "api/things/rooted-" + id;
        String foreign = "api/things/foreign-" + id;
        for (String each : new String[] {absolute, rooted, foreign}) {
            runsOnce(each);
            runsOnce(each + "?q");
        }
        changeAnd(method, site.uri(absolute).toString());
        changeAnd(method, site.uri(rooted).getRawPath() + "?any");
        changeAnd(method, "http://other.example" + site.uri(foreign).getRawPath());

        runsOnce(absolute);
        runsOnce(absolute + "?q");
        runsOnce(rooted);
        runsOnce(rooted + "?q");
        site.hit(foreign);
        site.hit(foreign + "?q");
    }

    @Test
    void a_relative_location_is_one_of_the_request() throws Exception {
        String sibling = "api/things/sibling-" + id;
        runsOnce(sibling);
        changeAnd("POST", "sibling-" + id);

        runsOnce(sibling);
    }

    @Test
    void a_failure_keeps_its_locations() throws Exception {
        String thing = "api/things/" + id;
        runsOnce(thing);
        change(
                "PUT",
                "api/things/x?status=409&location="
                        + Site.encoded(site.uri(thing).toString()),
                409);

        site.hit(thing);
    }

    @Test
    void what_began_before_is_not_stored_after() throws Exception {
        String slow = "api/slow/" + id;
        ExecutorService clients = Executors.newSingleThreadExecutor();
        try {
            Future<Answer> early = clients.submit(() -> site.get(slow, "X-Wait", "yes"));
            site.get(slow + "/begun");
            assertThat(site.send("PUT", slow).status()).isEqualTo(204);
            // does not wait for the early one either
            assertThat(site.get(slow).text()).isEqualTo("new");
            site.get(slow + "/leave");
            assertThat(early.get(20, TimeUnit.SECONDS).text()).isEqualTo("old");
        } finally {
            clients.shutdownNow();
        }

        Answer after = site.get(slow);
        assertThat(after.text()).isEqualTo("new");
        assertThat(after.fromCache()).isTrue();
    }

    /** Of a backend and a version of its own; by a method that is asynchronous, or of a class without the annotation. */
    @ParameterizedTest
    @ValueSource(strings = {"second", "suspended", "stage", "elsewhere"})
    void every_backend_is_told_by_every_kind_of_method(String path) throws Exception {
        String thing = "api/things/" + id + "/" + path;
        runsOnce(thing);
        change("PUT", thing, 204);

        runsOnce(thing);
    }

    @Test
    void entries_under_a_generated_key_are_left() throws Exception {
        String thing = "api/things/" + id + "/generated";
        runsOnce(thing);
        change("PUT", thing, 204);

        site.hit(thing);
    }

    @Test
    void a_sub_resource_evicts() throws Exception {
        String read = "api/located/" + id + "/of/sub";
        runsOnce(read);
        change("POST", "api/located/" + id + "/sub", 204);

        runsOnce(read);
    }

    /** Nothing was stored under the path, or not any more; now it is. */
    private void runsOnce(String path, String... headers) throws Exception {
        site.run(path, headers);
        site.hit(path, headers);
    }

    private void change(String method, String path, int status) throws Exception {
        Answer answer = site.send(method, path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    }

    private void changeAnd(String method, String location) throws Exception {
        change(method, "api/things/changed?status=201&location=" + Site.encoded(location), 201);
    }
}
