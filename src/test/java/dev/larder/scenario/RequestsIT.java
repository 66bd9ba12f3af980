package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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

/** What of a request matters to the cache, and what does not, as it comes over the wire. */
@ExtendWith(ArquillianExtension.class)
class RequestsIT {

    @ArquillianResource
    private URI base;

    private final String id = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);

    private Site site;
    private Wire wire;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("requests", HttpApp.class)
                .addAsResource(new StringAsset("cache.cache-status=true"), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
        wire = new Wire(base);
    }

    // --- neither looked up nor stored

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 2\r\n\r\nab', request-body",
        "'Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n', request-body",
        "'Upgrade: other\r\nConnection: Upgrade, close', upgrade",
        "'Accept: text/html;q=0.1, Text/Event-Stream, */*', event-stream"
    })
    void a_request_that_is_more_than_a_get_bypasses(String lines, String reason) throws Exception {
        String path = Site.fresh("api/plain");
        bypasses(path, lines, reason);
        String stored = site.run(path).text();
        bypasses(path, lines, reason);

        assertThat(site.hit(path).text()).isEqualTo(stored);
    }

    private void bypasses(String path, String lines, String reason) throws Exception {
        Answer answer = wire.get(path, lines);
        assertThat(answer.fromCache()).as("%s", answer).isFalse();
        if (answer.status() == 400) { // Payara takes no body with a GET
            assertThat(wire.get("api/uncached", lines).status()).isEqualTo(400);
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cacheStatus()).isEqualTo("larder; fwd=request; detail=" + reason);
        }
    }

    @Test
    void a_body_of_no_length_is_none() throws Exception {
        String path = Site.fresh("api/plain");
        site.run(path);
        assertThat(wire.get(path, "Content-Length: 0").fromCache()).isTrue();
    }

    @Test
    void a_method_that_a_filter_made_a_get_bypasses() throws Exception {
        String path = "api/echo/overridden-" + id;
        String[] override = {"X-HTTP-Method-Override", "GET"};
        String first = site.send("POST", path, override).text();
        String stored = site.run(path).text();
        Answer second = site.send("POST", path, override);

        assertThat(List.of(first, stored, second.text())).doesNotHaveDuplicates();
        assertThat(second.cacheStatus()).isEqualTo("larder; fwd=method; detail=method-override");
        assertThat(site.run(path).text()).as("evicted by the POST").isNotEqualTo(second.text());
    }

    @Test
    void server_sent_events_pass() throws Exception {
        for (String[] accept : new String[][] {{}, {"Accept", "text/event-stream"}}) {
            int runs = site.runs("events");
            for (int i = 1; i <= 2; i++) {
                Answer events = site.run("api/events", accept);
                assertThat(events.status()).as("%s", events).isEqualTo(200);
                assertThat(events.text()).contains("data: one");
                assertThat(site.runs("events")).isEqualTo(runs + i);
            }
        }
    }

    @Test
    void a_cancelled_call_is_not_stored() throws Exception {
        for (int i = 1; i <= 2; i++) {
            assertThat(site.run("api/cancelled").status()).isEqualTo(503);
            assertThat(site.runs("cancelled")).isEqualTo(i);
        }
    }

    // --- looked up, and not stored

    @Test
    void a_head_that_finds_nothing_runs_the_method_and_is_not_stored() throws Exception {
        String path = Site.fresh("api/plain");
        Answer head = site.head(path);

        assertThat(head.body()).isEmpty();
        assertThat(head.cacheStatus()).isEqualTo("larder; fwd=uri-miss; detail=method");
        site.run(path);
    }

    @Test
    void a_precondition_is_evaluated_or_left_to_the_resource() throws Exception {
        String modified = Site.encoded("Sun, 06 Nov 1994 08:49:37 GMT");
        String path = Site.fresh("api/plain?h.ETag=%22mine%22&h.Last-Modified=" + modified);
        String[] holds = {"If-Match", "\"other\", \"mine\""};

        assertThat(site.run(path, holds).cacheStatus()).isEqualTo("larder; fwd=uri-miss; detail=precondition");
        String stored = site.run(path).text();
        Answer run = site.run(path, holds);
        assertThat(run.status()).isEqualTo(200);
        assertThat(run.text()).isNotEqualTo(stored);
        assertThat(run.cacheStatus()).isEqualTo("larder; fwd=request; detail=precondition");
        for (String[] fails : new String[][] {
            {"If-Match", "\"other\""},
            {"If-Match", "W/\"mine\""},
            {"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"}
        }) {
            Answer refused = site.get(path, fails);
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.text()).doesNotContain("run "); // Payara adds a page of its own
            assertThat(refused.cacheStatus()).isEqualTo("larder; hit");
        }
        site.run(path, "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(site.hit(path).text()).isEqualTo(stored);
    }

    // --- the key

    @ParameterizedTest
    @CsvSource({
        "api/echo/a, api/echo/A",
        "api/echo/b, api/echo/b;m=1",
        "api/echo/b;m=1, api/echo/b;m=2",
        "api/echo/c, api/echo/%63",
        "api/plain?c=1&d=2, api/plain?d=2&c=1",
        "api/plain?e=1, api/plain?e=%31",
        "api/plain?f, api/plain?f=",
        "api/plain?g=a+b, api/plain?g=a%20b"
    })
    void path_and_query_count_as_they_were_sent(String one, String other) throws Exception {
        String first = site.get(one).text();
        String second = site.get(other).text();

        assertThat(second).isNotEqualTo(first);
        assertThat(site.hit(one).text()).isEqualTo(first);
        assertThat(site.hit(other).text()).isEqualTo(second);
    }

    @Test
    void the_case_of_the_host_does_not_count_and_another_host_does() throws Exception {
        String path = "api/echo/host-" + id;
        String stored = wire.getOf("Shop.Example:8080", path).text();

        assertThat(wire.getOf("sHOP.eXAMPLE:8080", path).text()).isEqualTo(stored);
        for (String other : new String[] {"shop.example:8081", "shop.example", "evil.example:8080"}) {
            Answer answer = wire.getOf(other, path);
            assertThat(answer.fromCache()).as("%s", answer).isFalse();
        }
    }

    @Test
    void the_default_port_does_not_count() throws Exception {
        String path = "api/echo/port-" + id;
        String stored = wire.getOf("shop.example", path).text();
        assertThat(wire.getOf("shop.example:80", path).text()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "Cookie, who=me",
        "Cache-Control, no-cache",
        "Cache-Control, 'no-store, max-age=0'",
        "Pragma, no-cache",
        "X-Forwarded-Host, evil.example",
        "X-Forwarded-Proto, https",
        "X-Forwarded-For, 10.0.0.1",
        "Forwarded, host=evil.example;proto=https",
        "X-Original-URL, /elsewhere",
        "X-Rewrite-URL, /elsewhere",
        "Accept-Encoding, gzip",
        "Accept, 'text/plain, */*;q=0.1'",
        "Origin, https://a.example",
        "Content-Type, text/plain",
        "If-None-Match, '\"none of these\"'",
        "If-Modified-Since, 'Sun, 06 Nov 1994 08:49:37 GMT'",
        "If-Range, '\"any\"'"
    })
    void this_field_makes_no_difference(String name, String value) throws Exception {
        String path = "api/echo/" + id;
        String first = site.run(path + "1", name, value).text();
        assertThat(site.hit(path + "1").text()).isEqualTo(first);

        String second = site.run(path + "2").text();
        assertThat(site.hit(path + "2", name, value).text()).isEqualTo(second);
    }

    @Test
    void a_long_query_counts_to_its_end() throws Exception {
        String path = Site.fresh("api/plain") + "&long=" + "x".repeat(3_000);
        String stored = site.run(path + "1").text();

        assertThat(site.run(path + "2").text()).isNotEqualTo(stored);
        assertThat(site.hit(path + "1").text()).isEqualTo(stored);
    }

    // --- Vary

    @Test
    void an_absent_field_is_not_an_empty_one() throws Exception {
        String path = Site.fresh("api/plain?h.Vary=X-Tenant");
        String absent = Wire.run(wire.get(path));
        Answer empty = wire.get(path, "X-Tenant:");

        assertThat(empty.fromCache()).as("%s", empty).isFalse();
        assertThat(Wire.run(wire.get(path))).isEqualTo(absent);
        assertThat(Wire.run(wire.get(path, "X-Tenant: "))).isEqualTo(Wire.run(empty));
    }

    @Test
    void lines_are_combined_and_white_space_around_commas_is_ignored() throws Exception {
        String path = Site.fresh("api/plain?h.Vary=" + Site.encoded("X-Other ,\t x-TENANT"));
        String stored = Wire.run(wire.get(path, "X-Tenant: a, b"));

        for (String[] same :
                new String[][] {{"X-Tenant:a,b"}, {"x-tenant: \ta ,  b\t"}, {"X-Tenant: a", "X-TENANT: b"}}) {
            assertThat(Wire.run(wire.get(path, same))).isEqualTo(stored);
        }
        for (String[] other : new String[][] {{"X-Tenant: b, a"}, {"X-Tenant: A, b"}, {"X-Tenant: a b"}}) {
            assertThat(wire.get(path, other).fromCache()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept-Language", "Accept-Charset", "Accept-Encoding", "Accept"})
    void preferences_are_sets_without_order_and_case(String name) throws Exception {
        String path = Site.fresh("api/plain?h.Vary=" + name);
        String any = name.equals("Accept") ? "*/*" : "x-b";
        String stored = site.run(path, name, any + ", text/plain;q=0.5").text();

        assertThat(site.hit(path, name, "TEXT/plain ; q=0.50," + any).text()).isEqualTo(stored);
        assertThat(site.run(path, name, any + ", text/plain;q=0.4").text()).isNotEqualTo(stored);
        assertThat(site.run(path, name, any).text()).isNotEqualTo(stored);
    }

    @Test
    void of_many_variants_the_last_64_are_kept() throws Exception {
        String path = Site.fresh("api/plain?h.Vary=X-Tenant");
        for (int i = 0; i < 70; i++) {
            site.run(path, "X-Tenant", String.valueOf(i));
        }
        for (int i = 69; i >= 6; i--) {
            site.hit(path, "X-Tenant", String.valueOf(i));
        }
        assertThat(site.run(path, "X-Tenant", "5").cacheStatus()).isEqualTo("larder; fwd=vary-miss; stored");
    }
}
