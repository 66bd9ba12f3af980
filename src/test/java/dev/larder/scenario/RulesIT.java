package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be stored is not, and what the application's other filters do is done to every answer. */
@ExtendWith(ArquillianExtension.class)
class RulesIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("rules", RulesApp.class, SecuredResource.class);
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache-control/no-store",
                "cache-control/private",
                "cache-control/no-cache",
                "new-cookie",
                "servlet-cookie",
                "session",
                "status/201",
                "status/404",
                "status/500",
                "secret-pair",
                "mapped/200",
                "mapped/409",
                "too-large"
            })
    void such_a_response_is_not_stored(String path) throws Exception {
        Answer first = site.get("api/" + path);
        Answer second = site.get("api/" + path);

        assertThat(second.status()).as("%s", first).isEqualTo(first.status());
        assertThat(second.fromCache()).isFalse();
        assertThat(site.runs(path)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"half-written", "wrong-length"})
    void an_incomplete_response_is_not_stored(String path) throws Exception {
        for (int i = 0; i < 2; i++) {
            try {
                // Payara and TomEE wait for the rest of the body
                assertThat(site.within(Duration.ofSeconds(3)).get("api/" + path).fromCache())
                        .isFalse();
            } catch (IOException closed) {
                assertThat(closed).isNotNull(); // the server may cut the connection
            }
        }
        assertThat(site.runs(path)).isEqualTo(2);
    }

    @Test
    void a_body_as_large_as_allowed_is_stored() throws Exception {
        site.get("api/large");

        Answer hit = site.get("api/large");
        assertThat(hit.fromCache()).isTrue();
        assertThat(hit.body()).hasSize(1 << 20);
    }

    @Test
    void a_request_with_authorization_bypasses_the_cache() throws Exception {
        String path = Site.fresh("api/ordinary");
        String cached = site.get(path).text();

        Answer personal = site.get(path, "Authorization", "Bearer me");
        assertThat(personal.fromCache()).isFalse();
        assertThat(personal.text()).isNotEqualTo(cached);
        assertThat(site.get(path).text()).isEqualTo(cached);
    }

    @Test
    void a_request_with_a_principal_bypasses_the_cache() throws Exception {
        String path = Site.fresh("api/ordinary");
        String personal = site.get(path, "X-User", "me").text();

        Answer first = site.get(path);
        assertThat(first.fromCache()).isFalse();
        assertThat(first.text()).isNotEqualTo(personal);
        assertThat(site.get(path, "X-User", "me").fromCache()).isFalse();
    }

    @Test
    void security_stands_before_the_cache() throws Exception {
        Answer refused = site.get("api/secured");
        Answer again = site.get("api/secured");

        assertThat(refused.status()).isIn(401, 403, 500);
        assertThat(again.status()).isEqualTo(refused.status());
        assertThat(site.runs("secured")).isZero();
    }

    @Test
    void security_stands_before_a_warm_cache() throws Exception {
        assertThat(site.get("api/shared").text()).isEqualTo("run 1");
        assertThat(site.get("api/shared").fromCache()).isTrue();

        Answer refused = site.get("api/secured/sharing");
        assertThat(refused.status()).as("%s", refused).isIn(401, 403, 500);
        assertThat(refused.text()).doesNotContain("run 1");
        assertThat(site.get("api/shared").fromCache()).isTrue();
    }

    @Test
    void head_is_answered_from_the_entry_of_get() throws Exception {
        String path = Site.fresh("api/header");
        site.get(path);
        int runs = site.runs("header");

        Answer head = site.head(path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.fromCache()).isTrue();
        assertThat(head.header("X-Resource")).isEqualTo("said so");
        assertThat(site.runs("header")).isEqualTo(runs);
    }

    @Test
    void the_answer_to_head_is_not_stored() throws Exception {
        String path = Site.fresh("api/header");
        assertThat(site.head(path).fromCache()).isFalse();

        Answer get = site.get(path);
        assertThat(get.fromCache()).isFalse();
        assertThat(get.text()).startsWith("run ");
    }

    @Test
    void a_writer_that_takes_everything_does_not_write_a_hit() throws Exception {
        Answer first = site.get("api/pair");
        Answer hit = site.get("api/pair");

        assertThat(first.text()).isEqualTo("<Pair[name=a, value=run 1]>");
        assertThat(hit.fromCache()).isTrue();
        assertThat(hit.text()).isEqualTo(first.text());
        assertThat(hit.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(first.header("X-Writer")).isEqualTo("said so");
        assertThat(hit.header("X-Writer")).isEqualTo("said so");
    }

    @Test
    void a_content_coding_is_applied_to_each_answer() throws Exception {
        Answer first = site.get("api/zipped");
        Answer hit = site.get("api/zipped");

        assertThat(hit.fromCache()).isTrue();
        for (Answer answer : new Answer[] {first, hit}) {
            assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
            assertThat(unzipped(answer.body())).startsWith("run ").isEqualTo(unzipped(first.body()));
        }
    }

    @Test
    void a_content_coding_hides_neither_tag_nor_condition_and_a_range_gets_the_whole() throws Exception {
        String path = Site.fresh("api/zipped");
        Answer first = site.get(path);
        Answer whole = site.get(path, "Range", "bytes=0-3");
        Answer known = site.get(path, "If-None-Match", first.header("ETag"));

        assertThat(first.header("ETag")).startsWith("W/");
        // a part must be a part of what goes out, and that is coded
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.fromCache()).isTrue();
        assertThat(whole.header("Content-Encoding")).as("%s", whole).isEqualTo("gzip");
        assertThat(unzipped(whole.body())).isEqualTo(unzipped(first.body()));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void requests_to_different_hosts_share_nothing() throws Exception {
        String path = Site.fresh("api/host");
        String here = site.get(path).text();
        Site named = site.by(here.startsWith("localhost") ? "127.0.0.1" : "localhost");

        assertThat(named.get(path).text()).isNotEqualTo(here);
        assertThat(site.get(path).text()).isEqualTo(here);
    }

    @Test
    void what_filters_add_is_neither_stored_nor_doubled() throws Exception {
        String path = Site.fresh("api/header");
        Answer first = site.get(path, "Origin", "https://one.example");
        Answer hit = site.get(path, "Origin", "https://two.example");

        assertThat(hit.fromCache()).isTrue();
        assertThat(hit.headers().allValues("X-Resource")).containsExactly("said so");
        assertThat(hit.headers().allValues("X-Trace"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(first.headers().allValues("X-Trace"));
        assertThat(hit.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://two.example");
    }

    @Test
    void a_tag_that_a_filter_adds_is_the_only_one() throws Exception {
        String path = Site.fresh("api/ordinary");
        Answer miss = site.get(path, "X-Tagged", "yes");
        Answer hit = site.get(path, "X-Tagged", "yes");

        assertThat(hit.fromCache()).isTrue();
        assertThat(miss.headers().allValues("ETag")).containsExactly("\"by-a-filter\"");
        assertThat(hit.headers().allValues("ETag")).containsExactly("\"by-a-filter\"");
    }

    @Test
    void what_a_filter_makes_of_an_entity_is_not_stored() throws Exception {
        String path = Site.fresh("api/ordinary");

        assertThat(site.get(path, "X-Name", "ann").text()).endsWith(" for ann");
        assertThat(site.get(path, "X-Name", "bob").text()).endsWith(" for bob");
        assertThat(site.get(path).text()).doesNotContain("for");
        assertThat(site.get(path).fromCache()).isTrue();
    }

    @Test
    void the_query_is_part_of_the_key() throws Exception {
        String one = site.get("api/ordinary?q=1").text();

        assertThat(site.get("api/ordinary?q=2").text()).isNotEqualTo(one);
        assertThat(site.get("api/ordinary?q=1").text()).isEqualTo(one);
    }

    private static String unzipped(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
