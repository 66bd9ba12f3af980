package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The members of the annotation that speak of HTTP, and what a client gets on a miss, a hit and a condition. */
@ExtendWith(ArquillianExtension.class)
class HttpIT {

    private static final String PROPERTIES = """
            cache.cache-status=true
            cache."dev.larder.scenario.HttpApp$Responses/configured".query-params=a
            cache."dev.larder.scenario.HttpApp$Responses/configured".vary-by=X-One,X-Two
            cache."dev.larder.scenario.HttpApp$Responses/configured".scope=user
            """;

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("http", HttpApp.class)
                .addAsResource(new StringAsset(PROPERTIES), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    // --- scope

    @Test
    void a_personal_response_is_for_its_caller_alone() throws Exception {
        String path = Site.fresh("api/user");
        Answer ann = site.get(path, "X-User", "ann");
        Answer bob = site.get(path, "X-User", "bob");

        assertThat(ann.text()).endsWith("for ann");
        assertThat(bob.text()).endsWith("for bob");
        assertThat(site.hit(path, "X-User", "ann").text()).isEqualTo(ann.text());
        assertThat(site.hit(path, "X-User", "bob").text()).isEqualTo(bob.text());
        assertThat(site.get(path, "X-User", "ann bob").text()).endsWith("for ann bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "authenticated"})
    void without_a_principal_such_a_request_bypasses_the_cache(String method) throws Exception {
        String path = Site.fresh("api/" + method);
        site.get(path, "X-User", "ann");

        for (int i = 0; i < 2; i++) {
            Answer stranger = site.get(path);
            assertThat(stranger.fromCache()).isFalse();
            assertThat(stranger.cacheStatus()).isEqualTo("larder; fwd=bypass; detail=no-principal");
        }
        assertThat(site.get(path, "Authorization", "Bearer x").fromCache()).isFalse();
    }

    @Test
    void all_callers_that_got_past_security_share_one_response_where_that_is_said() throws Exception {
        String path = Site.fresh("api/authenticated");
        String ann = site.get(path, "X-User", "ann").text();

        assertThat(site.hit(path, "X-User", "bob", "Authorization", "Bearer x").text())
                .isEqualTo(ann);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "s-maxage=60", "must-revalidate"})
    void a_public_response_may_say_that_callers_with_credentials_share_it(String control) throws Exception {
        String path = Site.fresh("api/plain?h.Cache-Control=" + control);
        String first = site.get(path, "Authorization", "Bearer a").text();

        assertThat(site.hit(path, "Authorization", "Bearer b").text()).isEqualTo(first);
        assertThat(site.hit(path).text()).isEqualTo(first);
    }

    @Test
    void otherwise_a_public_response_is_not_for_callers_with_credentials() throws Exception {
        String path = Site.fresh("api/plain?h.Cache-Control=max-age=60");
        for (int i = 0; i < 2; i++) {
            Answer personal = site.get(path, "Authorization", "Bearer a");
            assertThat(personal.fromCache()).isFalse();
            assertThat(personal.cacheStatus()).isEqualTo("larder; fwd=bypass; detail=authorization");
        }
        site.get(path);
        site.hit(path);
        assertThat(site.get(path, "X-User", "ann").cacheStatus()).isEqualTo("larder; fwd=bypass; detail=authorization");
    }

    // --- statuses

    @Test
    void a_listed_status_is_stored_and_replayed() throws Exception {
        String path = Site.fresh("api/statuses?status=404&h.X-Why=gone");
        Answer first = site.get(path);
        Answer hit = site.hit(path);

        assertThat(first.status()).isEqualTo(404);
        assertThat(hit.status()).isEqualTo(404);
        assertThat(hit.text()).isEqualTo(first.text());
        assertThat(hit.header("X-Why")).isEqualTo("gone");
        site.neverStored(Site.fresh("api/statuses?status=410"), "status");
        site.neverStored(Site.fresh("api/thrown"), "exception");
    }

    @Test
    void the_servers_answer_for_a_method_that_does_not_resume_in_time_is_not_stored() throws Exception {
        String path = Site.fresh("api/late");
        for (int i = 1; i <= 2; i++) {
            Answer answer = site.get(path);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.fromCache()).isFalse();
            assertThat(site.runs("late")).isEqualTo(i);
        }
    }

    @Test
    void a_response_without_a_body_is_stored() throws Exception {
        String path = Site.fresh("api/none");
        Answer first = site.get(path);
        Answer hit = site.hit(path);

        assertThat(first.status()).isEqualTo(204);
        assertThat(first.cacheStatus()).isEqualTo("larder; fwd=uri-miss; stored");
        assertThat(hit.status()).isEqualTo(204);
        assertThat(hit.header("X-Run")).isEqualTo(first.header("X-Run"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 404, 410, 500})
    void any_status_is_stored_if_its_response_says_how_long(int status) throws Exception {
        String path = Site.fresh("api/any?h.Cache-Control=max-age=60&status=" + status);
        site.get(path);
        assertThat(site.hit(path).status()).isEqualTo(status);
        site.neverStored(Site.fresh("api/any?status=" + status), "no-lifetime");
    }

    @ParameterizedTest
    @ValueSource(ints = {206, 401, 407})
    void some_statuses_are_never_stored(int status) throws Exception {
        site.neverStored(Site.fresh("api/any?h.Cache-Control=max-age=60&status=" + status), "status");
    }

    // --- the lifetime from the response

    @ParameterizedTest
    @CsvSource({
        "max-age=60, 60",
        "MAX-AGE=0060, 60",
        "'max-age=60, s-maxage=90', 90",
        "'max-age=60, max-age=30', 30",
        "'max-age=99999999999', 2147483648"
    })
    void a_response_says_how_long_it_is_fresh(String control, long seconds) throws Exception {
        String path = Site.fresh("api/fresh?h.Cache-Control=" + Site.encoded(control));
        site.get(path);
        long left = Long.parseLong(site.hit(path).cacheStatus().replace("larder; hit; ttl=", ""));
        assertThat(left).isBetween(seconds - 10, seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "Cache-Control, max-age=0, expired",
        "Cache-Control, max-age=-5, expired",
        "Cache-Control, max-age='60', expired",
        "Cache-Control, max-age=1.5, expired",
        "Cache-Control, public, no-lifetime",
        "Expires, 0, expired",
        "Expires, 'Thu, 01 Jan 1970 00:00:00 GMT', expired"
    })
    void a_stale_response_is_not_stored(String name, String value, String reason) throws Exception {
        site.neverStored(Site.fresh("api/fresh?h." + name + "=" + Site.encoded(value)), reason);
    }

    @Test
    void the_age_it_comes_with_counts() throws Exception {
        String path = Site.fresh("api/fresh?h.Cache-Control=max-age=100&h.Age=60");
        site.get(path);
        Answer hit = site.hit(path);

        assertThat(Long.parseLong(hit.header("Age"))).isBetween(60L, 90L);
        assertThat(hit.cacheStatus()).matches("larder; hit; ttl=(40|3\\d)");
        site.neverStored(Site.fresh("api/fresh?h.Cache-Control=max-age=100&h.Age=100"), "expired");
    }

    // --- the key

    @Test
    void listed_request_fields_are_part_of_the_key_and_of_vary() throws Exception {
        String path = Site.fresh("api/varied?h.Vary=X-Other");
        Answer one = site.get(path, "X-Tenant", "one");
        Answer two = site.get(path, "X-Tenant", "two");
        Answer absent = site.get(path);
        Answer language = site.get(path, "X-Tenant", "one", "Accept-Language", "de");

        assertThat(List.of(one.text(), two.text(), absent.text(), language.text()))
                .doesNotHaveDuplicates();
        Answer hit = site.hit(path, "X-Tenant", "one");
        assertThat(hit.text()).isEqualTo(one.text());
        for (Answer answer : List.of(one, two, hit)) {
            assertThat(answer.elements("Vary")).contains("x-other", "x-tenant", "accept-language");
        }
        assertThat(site.hit(path, "X-Tenant", "one", "ACCEPT-LANGUAGE", "DE ").text())
                .isEqualTo(language.text());
    }

    @Test
    void a_vary_that_a_filter_adds_is_kept_beside_ours() throws Exception {
        String path = Site.fresh("api/varied");
        Answer first = site.get(path, "Origin", "https://a.example");
        Answer hit = site.hit(path, "Origin", "https://b.example");

        for (Answer answer : List.of(first, hit)) {
            assertThat(answer.elements("Vary")).containsExactlyInAnyOrder("x-tenant", "accept-language", "origin");
        }
        assertThat(site.get(path).elements("Vary")).containsExactlyInAnyOrder("x-tenant", "accept-language");
    }

    @Test
    void only_listed_query_parameters_are_part_of_the_key() throws Exception {
        String path = "api/query?author=" + Site.fresh("A").replace('?', '-').replace('=', '-');
        String first = site.get(path).text();

        assertThat(site.hit(path + "&utm=1").text()).isEqualTo(first);
        assertThat(site.hit(path.replace("author", "x=1&%61uthor")).text()).isEqualTo(first);
        assertThat(site.get(path + "B").text()).isNotEqualTo(first);
        assertThat(site.get(path + "&gr%C3%B6%C3%9Fe=1").text()).isNotEqualTo(first);
        assertThat(site.hit(path + "&gr%c3%b6%c3%9fe=1&b=2").text()).isNotEqualTo(first);
        assertThat(site.get("api/query").text()).endsWith("of null");
        assertThat(site.hit("api/query?utm=1").text()).endsWith("of null");
    }

    @Test
    void the_type_that_negotiation_selects_is_part_of_the_key() throws Exception {
        String path = Site.fresh("api/typed");
        Answer html = site.get(path, "Accept", "text/html");
        Answer plain = site.get(path, "Accept", "text/plain");

        assertThat(html.header("Content-Type")).startsWith("text/html");
        assertThat(plain.header("Content-Type")).startsWith("text/plain");
        assertThat(html.elements("Vary")).containsExactly("accept");
        assertThat(site.hit(path, "Accept", "text/html").text()).isEqualTo(html.text());
        assertThat(site.hit(path, "Accept", "TEXT/HTML").text()).isEqualTo(html.text());
        assertThat(site.hit(path, "Accept", "text/plain").text()).isEqualTo(plain.text());
        assertThat(site.hit(path, "Accept", "image/png, text/html, text/plain;q=0.5")
                        .text())
                .isEqualTo(html.text());
        assertThat(site.hit(path, "Accept", "text/plain ;q=0.7, text/html;q=0.5")
                        .text())
                .isEqualTo(plain.text());
    }

    @Test
    void methods_of_one_path_that_differ_in_their_type_say_so() throws Exception {
        String path = Site.fresh("api/two");
        Answer html = site.get(path, "Accept", "text/html");
        Answer plain = site.get(path, "Accept", "text/plain");

        assertThat(site.hit(path, "Accept", "text/html, text/plain;q=0.5").text())
                .isEqualTo(html.text());
        assertThat(site.hit(path, "Accept", "text/plain").text()).isEqualTo(plain.text());
        assertThat(html.elements("Vary")).containsExactly("accept");
        assertThat(site.hit(path, "Accept", "text/plain").elements("Vary")).containsExactly("accept");
    }

    @Test
    void a_method_that_chooses_its_type_by_itself_is_cached_for_each_accept() throws Exception {
        String path = Site.fresh("api/chosen");
        String[] wide = {"Accept", "text/html, text/plain;q=0.5"};
        assertThat(site.get(path, wide).cacheStatus()).isEqualTo("larder; fwd=uri-miss; detail=media-type");
        site.get(path, wide);
        assertThat(site.hit(path, wide).header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void the_members_can_be_configured() throws Exception {
        String path = "api/configured?a=" + Site.fresh("1").replace('?', '-').replace('=', '-');
        String first = site.get(path, "X-User", "ann", "X-One", "1").text();

        assertThat(site.hit(path + "&b=2", "X-User", "ann", "X-One", "1").text())
                .isEqualTo(first);
        assertThat(site.get(path, "X-User", "bob", "X-One", "1").text()).isNotEqualTo(first);
        assertThat(site.get(path, "X-User", "ann", "X-Two", "1").text()).isNotEqualTo(first);
        assertThat(site.get(path).fromCache()).isFalse();
    }

    // --- validators

    @Test
    void a_response_without_a_tag_gets_a_weak_one_of_its_body() throws Exception {
        String path = Site.fresh("api/plain");
        Answer first = site.get(path);
        Answer hit = site.hit(path);

        assertThat(first.header("ETag")).matches("W/\"[A-Za-z0-9_-]+\"");
        assertThat(hit.headers().allValues("ETag")).containsExactly(first.header("ETag"));
        assertThat(site.head(path).header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(site.get(Site.fresh("api/plain")).header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void the_applications_tag_stays() throws Exception {
        String path = Site.fresh("api/plain?h.ETag=%22mine%22");
        assertThat(site.get(path).headers().allValues("ETag")).containsExactly("\"mine\"");
        assertThat(site.hit(path).headers().allValues("ETag")).containsExactly("\"mine\"");
    }

    @Test
    void who_has_the_response_already_gets_304() throws Exception {
        String path = Site.fresh("api/plain?h.Cache-Control=max-age=60&h.X-Other=1");
        String tag = site.get(path).header("ETag");
        Answer known = site.get(path, "If-None-Match", "\"other\", " + tag);

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(tag);
        assertThat(known.header("Cache-Control")).isEqualTo("max-age=60");
        assertThat(known.fromCache()).isTrue();
        assertThat(known.header("X-Other")).isNull();
        assertThat(known.header("Content-Type")).isNull();
        assertThat(known.cacheStatus()).isEqualTo("larder; hit");
        assertThat(site.get(path, "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(site.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(site.get(path, "If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(site.send("HEAD", path, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void who_has_the_response_of_a_miss_already_gets_304_and_it_is_stored() throws Exception {
        String path = Site.fresh("api/plain?h.ETag=%22mine%22&h.X-Other=1&h.Cache-Control=max-age=60");
        Answer known = site.get(path, "If-None-Match", "W/\"mine\"");

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo("\"mine\"");
        assertThat(known.header("Cache-Control")).isEqualTo("max-age=60");
        assertThat(known.header("Content-Type")).isNull();
        assertThat(known.header("X-Other")).isNull();
        assertThat(known.cacheStatus()).isEqualTo("larder; fwd=uri-miss; fwd-status=200; stored");
        assertThat(site.hit(path).status()).isEqualTo(200);
        assertThat(site.hit(path).text()).startsWith("run ");
    }

    @Test
    void one_range_of_a_stored_response_is_answered_alone() throws Exception {
        String path = Site.fresh("api/plain");
        String whole = site.get(path).text();
        Answer part = site.get(path, "Range", "bytes=1-2");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo(whole.substring(1, 3));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1-2/" + whole.length());
        assertThat(site.get(path, "Range", "bytes=0-0,2-2").status()).isEqualTo(200);
        assertThat(site.get(path, "Range", "bytes=x").status()).isEqualTo(200);
    }

    @Test
    void a_range_of_a_miss_stores_the_whole() throws Exception {
        String path = Site.fresh("api/plain");
        site.get(path, "Range", "bytes=1-2");
        assertThat(site.hit(path).text()).startsWith("run ");
    }

    @Test
    void a_streamed_body_is_stored_if_it_is_not_too_large() throws Exception {
        Answer first = site.get("api/streamed/1600");
        assertThat(first.header("ETag")).startsWith("W/");
        assertThat(site.hit("api/streamed/1600").body()).isEqualTo(first.body()).hasSize(1600);

        Answer large = site.get("api/streamed/1600000");
        assertThat(large.body()).hasSize(1_600_000);
        assertThat(large.header("ETag")).isNull();
        assertThat(large.cacheStatus()).isEqualTo("larder; fwd=uri-miss; detail=body-size");
        assertThat(site.get("api/streamed/1600000").fromCache()).isFalse();
    }

    // --- Cache-Status

    @Test
    void cache_status_says_what_became_of_a_request() throws Exception {
        String path = Site.fresh("api/plain");
        assertThat(site.get(path).cacheStatus()).isEqualTo("larder; fwd=uri-miss; stored");
        assertThat(site.get(path).cacheStatus()).matches("larder; hit; ttl=(300|29\\d)");
        assertThat(site.head(path).cacheStatus()).matches("larder; hit; ttl=(300|29\\d)");
        assertThat(site.get(path, "Accept", "text/event-stream, text/plain").cacheStatus())
                .isEqualTo("larder; fwd=request; detail=event-stream");

        String varying = Site.fresh("api/plain?h.Vary=X-Tenant");
        site.get(varying, "X-Tenant", "one");
        assertThat(site.get(varying, "X-Tenant", "two").cacheStatus()).isEqualTo("larder; fwd=vary-miss; stored");
    }

    @ParameterizedTest
    @CsvSource({
        "Cache-Control, No-Store, no-store",
        "Cache-Control, PRIVATE, private",
        "Cache-Control, no-cache, no-cache",
        "Cache-Control, s-maxage=0, s-maxage",
        "Vary, 'Accept, *', vary",
        "Vary, Cookie, vary-cookie",
        "Set-Cookie, a=b, set-cookie",
        "WWW-Authenticate, Basic, authentication",
        "status, 404, status"
    })
    void cache_status_says_why_a_response_is_not_stored(String name, String value, String reason) throws Exception {
        String field = name.equals("status") ? "status" : "h." + name;
        site.neverStored(Site.fresh("api/plain?" + field + "=" + Site.encoded(value)), reason);
    }

    @Test
    void cache_status_comes_behind_what_is_there() throws Exception {
        String path = Site.fresh("api/plain?h.Cache-Status=" + Site.encoded("origin; hit"));
        assertThat(site.get(path).cacheStatus()).isEqualTo("origin; hit, larder; fwd=uri-miss; stored");
        assertThat(site.get(path).cacheStatus()).matches("origin; hit, larder; hit; ttl=\\d+");
    }
}
