package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import dev.larder.scenario.Twins.Case;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a method says by the servlet API, by the variant it selects and by its writer is judged, stored and replayed. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissAnswersIT {

    private static final boolean PARTS = !HitLikeMissKinds.SERVER.equals("tomee");

    private static final List<String> FORMS =
            List.of("servlet", "servlet-parameter", "servlet-response", "servlet-stage", "servlet-async");

    @ArquillianResource
    private URI base;

    private Site site;

    private Twins twins;

    @Deployment(testable = false)
    static WebArchive application() {
        WebArchive war = HitLikeMissKinds.war("answers").addClass(HitLikeMissAnswersApp.class);
        return PARTS ? war.addClass(HitLikeMissParts.class) : war;
    }

    @BeforeEach
    void visit() {
        if (twins == null) {
            site = new Site(base);
            twins = new Twins(site);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void a_field_of_the_servlet_api_is_the_resources_own(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    static Stream<Case> stored() {
        return Stream.concat(
                        servlet(List.of("none", "max-age", "two", "tag")),
                        Stream.of("int", "date", "language", "link").map("answers/servlet/"::concat))
                .map(resource -> new Case(resource, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unstored")
    void a_field_of_the_servlet_api_is_judged(String resource) throws Exception {
        String path = Site.fresh("api/cached/" + resource);
        for (int i = 0; i < 2; i++) {
            Answer answer = site.get(path);
            Answer expected = site.get(Site.fresh("api/direct/" + resource));
            String both = resource + ": " + answer + ", and the twin " + expected;
            assertThat(expected.status()).as(both).isEqualTo(200);
            assertThat(answer.fromCache()).as(both).isFalse();
            assertThat(answer.status()).as(both).isEqualTo(200);
            assertThat(answer.all("Cache-Control")).as(both).isEqualTo(expected.all("Cache-Control"));
            assertThat(answer.all("Vary")).as(both).isEqualTo(expected.all("Vary"));
            assertThat(answer.all("Set-Cookie")).as(both).hasSameSizeAs(expected.all("Set-Cookie"));
            assertThat(answer.text()).as(both).isEqualTo(expected.text());
        }
    }

    static Stream<String> unstored() {
        return Stream.concat(
                servlet(List.of("no-store", "cookie", "session", "vary-all")),
                Stream.of(
                        "answers/servlet/no-store-second",
                        "answers/servlet/private",
                        "answers/servlet/set-cookie",
                        "answers/cookie"));
    }

    /** What the servlet API says of the body by other means than fields cannot be replayed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("content")
    void what_the_servlet_api_says_of_the_body_is_never_lost(String resource) throws Exception {
        String path = Site.fresh("api/cached/" + resource);
        Answer expected = site.get(Site.fresh("api/direct/" + resource));
        for (int i = 0; i < 3; i++) {
            Answer answer = site.get(path);
            String both = resource + ": " + answer + ", and the twin " + expected;
            assertThat(answer.all("Content-Type")).as(both).isEqualTo(expected.all("Content-Type"));
            assertThat(answer.all("Content-Language")).as(both).isEqualTo(expected.all("Content-Language"));
            assertThat(answer.text()).as(both).isEqualTo(expected.text());
        }
    }

    static Stream<String> content() {
        return servlet(
                HitLikeMissKinds.SERVER.equals("payara") // where nobody can see the locale: a documented limit
                        ? List.of("charset", "content-type")
                        : List.of("charset", "content-type", "locale"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("varying")
    void vary_selects(String resource) throws Exception {
        each(resource, "X-Tenant", List.of("a", "b", "c"));
    }

    static Stream<String> varying() {
        return Stream.concat(servlet(List.of("vary")), Stream.of("answers/servlet/vary-two", "answers/header"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "language",
                "language-and-type",
                "language-of-text",
                "language-of-stage",
                "language-of-async",
                "variants"
            })
    void the_variant_of_a_language_is_selected(String kind) throws Exception {
        each("answers/" + kind, "Accept-Language", List.of("de", "en", "de;q=0.5, en", "en;q=0.1, de"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"type", "language-and-type"})
    void the_variant_of_a_type_is_selected(String kind) throws Exception {
        each("answers/" + kind, "Accept", List.of("text/plain", "text/html"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"coding"})
    void the_variant_of_a_coding_is_selected(String kind) throws Exception {
        each("answers/" + kind, "Accept-Encoding", List.of("x-coded", "identity"));
    }

    /** Each of them gets what the twin answers it, and then from the cache. */
    private void each(String resource, String field, List<String> values) throws Exception {
        String path = Site.fresh("api/cached/" + resource);
        for (boolean stored : new boolean[] {false, true}) {
            for (String value : values) {
                Answer expected = site.get(Site.fresh("api/direct/" + resource), field, value);
                Answer answer = site.get(path, field, value);

                Twins.likeWithMoreVary(resource + " " + field + ": " + value, expected, answer);
                if (stored) {
                    assertThat(answer.fromCache())
                            .as("%s %s is a hit: %s", resource, value, answer)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"list", "response"})
    void the_parts_of_a_hit_can_be_read(String kind) throws Exception {
        Assumptions.assumeTrue(PARTS, "Jakarta REST 3.0 has no EntityPart");
        String path = Site.fresh("api/cached/parts/" + kind);
        Answer first = site.run(path);
        assertThat(first.status()).as("%s", first).isEqualTo(200);

        Answer hit = site.hit(path);

        assertThat(hit.all("Content-Type")).as("%s", hit).isEqualTo(first.all("Content-Type"));
        assertThat(hit.body()).isEqualTo(first.body());
        String boundary = hit.header("Content-Type").replaceFirst(".*boundary=\"?([^\";]*).*", "$1");
        assertThat(hit.text()).as("%s", hit).startsWith("--" + boundary);
    }

    private static Stream<String> servlet(List<String> whats) {
        return FORMS.stream().flatMap(form -> whats.stream().map(what -> "answers/" + form + '/' + what));
    }
}
