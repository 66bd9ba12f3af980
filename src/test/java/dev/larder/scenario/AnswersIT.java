package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

/** What of a response is stored, and what the client gets on a stored miss, a hit, a 304 and a 206. */
@ExtendWith(ArquillianExtension.class)
class AnswersIT {

    private static final String LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String FAR_AHEAD = "Sun, 06 Nov 2094 08:49:37 GMT";

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("answers", HttpApp.class)
                .addAsResource(new StringAsset("cache.cache-status=true"), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    /** A path whose response has these fields: name, value, name, value … */
    private static String saying(String... fields) {
        StringBuilder path = new StringBuilder(Site.fresh("api/plain"));
        for (int i = 0; i < fields.length; i += 2) {
            path.append("&h.").append(fields[i]).append('=').append(Site.encoded(fields[i + 1]));
        }
        return path.toString();
    }

    // --- Cache-Control and Vary

    @ParameterizedTest
    @CsvSource({
        "max-age=60, 'foo, No-Store', no-store",
        "'ext=\"a, b\"', PRIVATE, private",
        "'ext=\"a\\\", b\", no-cache', foo, no-cache",
        "'private=\"\"', foo, private",
        "'max-age=60', S-MaxAge=0, s-maxage",
        "'s-maxage=10', s-maxage=x, s-maxage",
        "'foo', 'ext=\"open', malformed-field"
    })
    void a_directive_counts_on_any_line_in_any_case(String one, String other, String reason) throws Exception {
        site.neverStored(saying("Cache-Control", one, "Cache-Control", other), reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext=\"no-store, private\"",
                "no-storeX",
                "x-private",
                "max-age=0",
                "must-understand, no-store",
                "must-revalidate, proxy-revalidate, no-transform, immutable",
                "stale-while-revalidate=60, stale-if-error=60"
            })
    void what_is_no_such_directive_hinders_nothing(String control) throws Exception {
        String path = saying("Cache-Control", control, "Expires", LONG_AGO, "Pragma", "no-cache");
        Answer first = site.run(path);
        Answer hit = site.hit(path);

        for (Answer answer : List.of(first, hit)) {
            assertThat(answer.all("Cache-Control")).containsExactly(control);
            assertThat(answer.all("Expires")).containsExactly(LONG_AGO);
            assertThat(answer.all("Pragma")).containsExactly("no-cache");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "private", "NO-CACHE", "Private"})
    void a_directive_with_names_keeps_their_fields_out(String directive) throws Exception {
        String path = saying(
                "Cache-Control", directive + "=\"x-secret, X-Other\"", "X-Secret", "1", "X-Other", "2", "X-C", "3");
        assertThat(site.run(path).header("X-Secret")).isEqualTo("1");

        Answer hit = site.hit(path);
        assertThat(hit.header("X-Secret")).isNull();
        assertThat(hit.header("X-Other")).isNull();
        assertThat(hit.header("X-C")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({"'Accept-Language', '*', vary", "'X-A', 'x-b, COOKIE', vary-cookie", "'no name', X-A, vary"})
    void a_vary_counts_on_any_line(String one, String other, String reason) throws Exception {
        site.neverStored(saying("Vary", one, "Vary", other), reason);
    }

    @Test
    void an_authentication_of_the_server_is_not_stored() throws Exception {
        site.neverStored(saying("Authentication-Info", "nextnonce=\"a\""), "authentication");
    }

    // --- what is not part of the entry

    @Test
    void fields_of_one_connection_or_proxy_are_not_replayed() throws Exception {
        String path = saying(
                "Connection", "X-Hop",
                "X-Hop", "1",
                "Proxy-Authenticate", "Basic",
                "Proxy-Authentication-Info", "a=b",
                "Proxy-Authorization", "Basic x",
                "X-Stays", "1");
        site.run(path);

        Answer hit = site.hit(path);
        assertThat(hit.header("X-Stays")).isEqualTo("1");
        for (String name : List.of("X-Hop", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization")) {
            assertThat(hit.header(name)).as(name).isNull();
        }
    }

    @Test
    void an_allowed_origin_is_replayed_only_if_it_is_for_all_who_get_it() throws Exception {
        String one = "Access-Control-Allow-Origin";
        String alone = saying(one, "https://a.example");
        String all = saying(one, "*");
        String varied = saying(one, "https://a.example", "Vary", "origin");

        assertThat(site.run(alone).header(one)).isEqualTo("https://a.example");
        assertThat(site.hit(alone).header(one)).isNull();
        site.run(all);
        assertThat(site.hit(all).header(one)).isEqualTo("*");
        site.run(varied, "Origin", "https://a.example");
        assertThat(site.hit(varied, "Origin", "https://a.example").header(one)).isEqualTo("https://a.example");
        site.run(varied, "Origin", "https://b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Set-Cookie", "X-Trace", "Cache-Control", "WWW-Authenticate", "Content-Language", "Expires"})
    void what_a_filter_adds_is_on_each_answer_and_in_no_entry(String name) throws Exception {
        String path = saying();
        Answer first = site.run(path, "X-Add", name);
        Answer hit = site.hit(path, "X-Add", name);

        assertThat(first.all(name)).hasSize(1);
        assertThat(hit.all(name)).hasSize(1).doesNotContainAnyElementsOf(first.all(name));
        assertThat(site.hit(path).header(name)).isNull();
    }

    @Test
    void cache_status_comes_behind_what_a_filter_said() throws Exception {
        String path = saying();
        assertThat(site.run(path, "X-Add", "Cache-Status").cacheStatus())
                .matches("added=[-0-9a-f]+, larder; fwd=uri-miss; stored");
        assertThat(site.hit(path, "X-Add", "Cache-Status").cacheStatus())
                .matches("added=[-0-9a-f]+, larder; hit; ttl=\\d+");
    }

    // --- what is

    @Test
    void lines_of_one_name_stay_several_in_their_order() throws Exception {
        String path = saying("X-Many", "b, c", "X-Many", "a", "Link", "<a>; rel=\"x, y\"");
        Answer first = site.run(path);
        Answer hit = site.hit(path);

        assertThat(first.elements("X-Many")).containsExactly("b", "c", "a"); // TomEE makes one line of them
        assertThat(hit.all("X-Many")).isEqualTo(first.all("X-Many"));
        assertThat(hit.all("Link")).containsExactly("<a>; rel=\"x, y\"");
    }

    @Test
    void what_a_response_builder_takes_is_replayed_as_it_was_sent() throws Exception {
        String path = Site.fresh("api/built");
        Answer first = site.run(path);
        Answer hit = site.hit(path);

        for (String name : List.of(
                "Allow",
                "Cache-Control",
                "Content-Language",
                "Content-Location",
                "Content-Type",
                "ETag",
                "Expires",
                "Last-Modified",
                "Link",
                "Location",
                "Vary",
                "X-Number")) {
            assertThat(hit.all(name)).as(name).isEqualTo(first.all(name)).isNotEmpty();
        }
        assertThat(hit.header("X-Secret")).isNull();
        assertThat(site.hit(path, "If-None-Match", first.header("ETag")).status())
                .isEqualTo(304);
        assertThat(site.run(Site.fresh("api/built"), "If-None-Match", "\"built\"")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void a_coding_of_the_resource_makes_the_response_vary() throws Exception {
        String path = saying("Content-Encoding", "x-own", "Vary", "X-A");
        Answer first = site.run(path, "Accept-Encoding", "x-own");
        Answer hit = site.hit(path, "Accept-Encoding", "X-Own ; q=1");

        assertThat(hit.text()).isEqualTo(first.text());
        for (Answer answer : List.of(first, hit)) {
            assertThat(answer.elements("Vary")).containsExactlyInAnyOrder("x-a", "accept-encoding");
            assertThat(answer.all("Content-Encoding")).containsExactly("x-own");
        }
        site.run(path, "Accept-Encoding", "gzip");
        site.run(path);
    }

    @Test
    void the_date_is_the_servers() throws Exception {
        String path = saying("Date", LONG_AGO);
        site.run(path);

        assertThat(site.hit(path).all("Date")).hasSize(datesOfTheServer()).doesNotContain(LONG_AGO);
    }

    /** Payara sends none. */
    private int datesOfTheServer() throws Exception {
        return site.get("api/uncached").all("Date").size();
    }

    @Test
    void the_age_is_on_what_the_cache_answers_alone() throws Exception {
        String path = saying("Last-Modified", LONG_AGO);
        String tag = site.run(path).header("ETag");

        for (Answer answer : List.of(
                site.get(path),
                site.head(path),
                site.get(path, "Range", "bytes=0-1"),
                site.get(path, "If-None-Match", tag))) {
            assertThat(answer.all("Age")).as("%s", answer).hasSize(1);
            assertThat(Long.parseLong(answer.header("Age"))).isBetween(0L, 60L);
            assertThat(answer.all("Date")).as("%s", answer).hasSize(datesOfTheServer());
            assertThat(answer.all("ETag")).containsExactly(tag);
        }
    }

    @Test
    void a_head_has_the_fields_of_the_get() throws Exception {
        String path = saying("Cache-Control", "max-age=60", "Last-Modified", LONG_AGO, "X-A", "1", "Vary", "X-B");
        site.run(path);
        Answer get = site.hit(path);
        Answer head = site.head(path);

        assertThat(head.body()).isEmpty();
        for (String name : List.of("Cache-Control", "Content-Type", "ETag", "Last-Modified", "Vary", "X-A")) {
            assertThat(head.all(name)).as(name).isEqualTo(get.all(name)).hasSize(1);
        }
        String length = head.header("Content-Length");
        assertThat(length == null || length.equals(String.valueOf(get.body().length)))
                .as(length)
                .isTrue();
    }

    // --- 304

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_304_says_what_caches_need_and_nothing_of_the_representation(boolean hit) throws Exception {
        String path = saying(
                "ETag", "\"mine\"",
                "Cache-Control", "max-age=60",
                "Content-Location", "/a",
                "Expires", FAR_AHEAD,
                "Vary", "X-A",
                "Last-Modified", LONG_AGO,
                "Content-Language", "de",
                "Content-Disposition", "inline",
                "X-Other", "1");
        if (hit) {
            site.run(path);
        }
        Answer known = site.get(path, "If-None-Match", "W/\"mine\"", "X-Add", "X-Trace");

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        Set<String> names = names(known);
        names.removeAll(namesOfTheServer());
        List<String> expected = new ArrayList<>(
                List.of("cache-control", "cache-status", "content-location", "etag", "expires", "vary", "x-trace"));
        if (hit) {
            expected.add("age");
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(known.all("Date")).hasSize(datesOfTheServer());
        assertThat(known.header("ETag")).isEqualTo("\"mine\"");
        assertThat(known.elements("Vary")).containsExactly("x-a");
        assertThat(known.cacheStatus()).isEqualTo(hit ? "larder; hit" : "larder; fwd=uri-miss; fwd-status=200; stored");
        assertThat(site.hit(path).header("X-Other")).isEqualTo("1");
    }

    /** What it adds to any message. */
    private Set<String> namesOfTheServer() throws Exception {
        Set<String> names = names(site.get("api/uncached"));
        names.removeAll(Set.of("content-type", "content-length"));
        return names;
    }

    /** Without what is of the connection: Payara closes each after some requests, and says so. */
    private static Set<String> names(Answer answer) {
        return answer.headers().map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("connection"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void if_none_match_wins_over_if_modified_since() throws Exception {
        String path = saying("ETag", "\"mine\"", "Last-Modified", LONG_AGO);
        site.run(path);

        assertThat(site.hit(path, "If-Modified-Since", LONG_AGO).status()).isEqualTo(304);
        assertThat(site.hit(path, "If-Modified-Since", "Sunday, 06-Nov-94 08:49:37 GMT")
                        .status())
                .isEqualTo(304);
        assertThat(site.hit(path, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(site.hit(path, "If-Modified-Since", LONG_AGO, "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(site.hit(path, "If-None-Match", "\"a\", W/\"mine\" ,\"b\"").status())
                .isEqualTo(304);
        assertThat(site.hit(path, "If-None-Match", "mine").status()).isEqualTo(200);
    }

    @Test
    void who_knows_the_date_of_a_miss_gets_304() throws Exception {
        String path = saying("Last-Modified", LONG_AGO);
        assertThat(site.run(path, "If-Modified-Since", LONG_AGO).status()).isEqualTo(304);
        assertThat(site.hit(path).text()).startsWith("run ");
    }

    @Test
    void a_304_that_the_resource_answers_is_not_stored() throws Exception {
        String path = Site.fresh("api/evaluating");
        Answer known = site.run(path, "If-None-Match", "\"evaluated\"");
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.cacheStatus()).isEqualTo("larder; fwd=uri-miss; detail=status");

        assertThat(site.run(path).status()).isEqualTo(200);
        assertThat(site.hit(path).text()).startsWith("run ");
        assertThat(site.hit(path, "If-None-Match", "\"evaluated\"").status()).isEqualTo(304);
    }

    // --- ranges

    @Test
    void a_part_that_the_resource_answers_is_not_stored() throws Exception {
        String path = Site.fresh("api/plain?status=206");
        site.neverStored(path, "status", "Range", "bytes=0-1");
        site.neverStored(Site.fresh("api/any?status=404&h.Cache-Control=max-age=60"), "status", "Range", "bytes=0-1");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "BYTES=1-2, 1, 3", "bytes=2-, 2, -1", "bytes=-2, -2, -1", "bytes=1-9999, 1, -1"})
    void one_range_is_answered_alone(String range, int from, int to) throws Exception {
        String path = saying("ETag", "\"mine\"", "X-A", "1");
        String whole = site.run(path).text();
        Answer part = site.get(path, "Range", range);
        int first = from < 0 ? whole.length() + from : from;
        int end = to < 0 ? whole.length() : to;

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo(whole.substring(first, end));
        assertThat(part.all("Content-Range"))
                .containsExactly("bytes " + first + "-" + (end - 1) + "/" + whole.length());
        assertThat(part.header("Content-Type")).startsWith("text/plain");
        assertThat(part.header("X-A")).isEqualTo("1");
        assertThat(part.cacheStatus()).matches("larder; hit; ttl=\\d+");
        assertThat(site.hit(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999-", "bytes=2-1", "bytes=-0", "bytes=0-0,2-3", "items=0-1", "bytes=a-b", "0-1"})
    void any_other_is_ignored(String range) throws Exception {
        String path = saying();
        String whole = site.run(path).text();
        Answer all = site.hit(path, "Range", range);

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.text()).isEqualTo(whole);
        assertThat(all.header("Content-Range")).isNull();
    }

    @Test
    void if_range_holds_by_a_strong_tag_or_date() throws Exception {
        String own = saying("ETag", "\"mine\"", "Last-Modified", LONG_AGO);
        String made = saying();
        site.run(own);
        String weak = site.run(made).header("ETag");
        String[] range = {"Range", "bytes=0-1", "If-Range", null};

        for (String holds : List.of("\"mine\"", LONG_AGO)) {
            range[3] = holds;
            assertThat(site.hit(own, range).status()).as(holds).isEqualTo(206);
        }
        for (String fails : List.of("\"other\"", "W/\"mine\"", FAR_AHEAD, "rubbish")) {
            range[3] = fails;
            assertThat(site.hit(own, range).status()).as(fails).isEqualTo(200);
        }
        range[3] = weak;
        assertThat(site.hit(made, range).status()).isEqualTo(200);
    }

    @Test
    void a_head_knows_no_range() throws Exception {
        String path = saying();
        site.run(path);
        assertThat(site.send("HEAD", path, "Range", "bytes=0-1").status()).isEqualTo(200);
    }

    // --- the lifetime from the response

    @Test
    void expires_counts_from_the_date_of_the_response() throws Exception {
        String path = Site.fresh("api/fresh?h.Date=" + Site.encoded(LONG_AGO) + "&h.Expires="
                + Site.encoded("Sun, 06 Nov 1994 08:50:37 GMT"));
        site.run(path);
        assertThat(site.hit(path).cacheStatus()).matches("larder; hit; ttl=(60|[45]\\d)");
    }

    @ParameterizedTest
    @CsvSource({
        "'h.Expires=a&h.Expires=b', expired",
        "'h.Cache-Control=ext=%22max-age=60%22', no-lifetime",
        "'h.Cache-Control=max-age', expired",
        "'h.Cache-Control=max-age=%2260%22&h.Age=60', expired",
        "'h.Cache-Control=s-maxage=0,max-age=60', s-maxage"
    })
    void what_says_it_is_stale_is_not_stored(String fields, String reason) throws Exception {
        site.neverStored(Site.fresh("api/fresh?" + fields), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "60;a"})
    void an_age_that_is_none_does_not_count(String age) throws Exception {
        String path = Site.fresh("api/fresh?h.Cache-Control=max-age=60&h.Age=" + Site.encoded(age));
        site.get(path);

        Answer hit = site.get(path);
        assertThat(hit.cacheStatus()).matches("larder; hit; ttl=(60|[45]\\d)");
        assertThat(hit.all("Age")).hasSize(1);
        assertThat(Long.parseLong(hit.header("Age"))).isBetween(0L, 60L);
    }
}
