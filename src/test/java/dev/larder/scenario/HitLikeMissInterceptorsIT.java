package dev.larder.scenario;

import dev.larder.scenario.Twins.Case;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application's interceptors decide around a method stands, on a hit as on a miss. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissInterceptorsIT {

    private static final List<String> RESPONSES =
            List.of("added", "replaced", "status-203", "status-503", "entity", "other");

    private static final List<String> STAGES = List.of("later", "later-same", "failing-later", "failed", "other");

    private static final List<String> PRIORITIES = List.of("i100", "i1000", "i3000", "i4010", "i4750", "i5000");

    @ArquillianResource
    private URI base;

    private Twins twins;

    @Deployment(testable = false)
    static WebArchive application() {
        return HitLikeMissKinds.war("interceptors");
    }

    @BeforeEach
    void visit() {
        if (twins == null) {
            twins = new Twins(new Site(base));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"cases", "together", "nothing"})
    void a_hit_is_like_a_miss(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void the_plain_answer_is_stored(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    static Stream<Case> plain() {
        return Stream.concat(
                Case.each(HitLikeMissKinds.all("request"), List.of("")),
                HitLikeMissKinds.RESOURCES.stream()
                        .filter(resource -> !resource.equals("request"))
                        .flatMap(resource -> Case.each(
                                HitLikeMissKinds.of(
                                        resource, "string", "books", "response", "stage-of-books", "async-later"),
                                List.of(""))));
    }

    /** Each kind of method with some interceptors, and each interceptor around some kinds. */
    static Stream<Case> cases() {
        return Stream.of(
                        at("i2000", HitLikeMissKinds.all("request"), List.of("refuse", "field")),
                        at("i2000", HitLikeMissKinds.notLater("request"), List.of("refuse-after")),
                        at(
                                "i2000",
                                HitLikeMissKinds.of("request", "string", "response", "stage", "async-later"),
                                List.of("instead")),
                        at(
                                "i2000",
                                HitLikeMissKinds.of("request", "string", "response", "stage", "async-at-once"),
                                List.of("excuse-200", "thrown-ok")),
                        at(
                                "i2000",
                                HitLikeMissKinds.of("request", "string", "response"),
                                List.of(
                                        "two-fields",
                                        "no-store",
                                        "cookie",
                                        "twice",
                                        "excuse-403",
                                        "excuse-503",
                                        "checked",
                                        "thrown-nothing",
                                        "thrown-403")),
                        at("i2000", HitLikeMissKinds.values("request"), List.of("other")),
                        at("i2000", HitLikeMissKinds.of("request", "string", "books"), List.of("field-after")),
                        at("i2000", HitLikeMissKinds.of("request", "response", "stage-of-response"), RESPONSES),
                        at(
                                "i2000",
                                HitLikeMissKinds.of("request", "response-of-book", "response-tagged"),
                                List.of("added", "other")),
                        at("i2000", HitLikeMissKinds.of("request", "stage", "stage-of-books"), STAGES),
                        at(
                                "i2000",
                                HitLikeMissKinds.of("request", "stage-of-response", "stage-at-once"),
                                List.of("later")),
                        PRIORITIES.stream().flatMap(HitLikeMissInterceptorsIT::someAt),
                        Stream.of("application", "bare", "stateless", "sub/injected")
                                .flatMap(HitLikeMissInterceptorsIT::someOf))
                .flatMap(each -> each)
                .distinct();
    }

    /** Which a hit's own empty answer cannot be told from: on a hit this is the documented limit. */
    static Stream<Case> nothing() {
        return at("i2000", HitLikeMissKinds.of("request", "string", "book", "books", "response"), List.of("null"));
    }

    private static Stream<Case> someAt(String priority) {
        return Stream.of(
                        at(
                                priority,
                                HitLikeMissKinds.of("request", "string"),
                                List.of("refuse", "refuse-after", "other")),
                        at(priority, HitLikeMissKinds.of("request", "response"), List.of("refuse-after")),
                        at(priority, HitLikeMissKinds.of("request", "stage-of-books"), List.of("other")),
                        at(priority, HitLikeMissKinds.of("request", "async-at-once"), List.of("instead")))
                .flatMap(each -> each);
    }

    private static Stream<Case> someOf(String resource) {
        return Stream.concat(
                Case.each(
                        HitLikeMissKinds.of(resource, "string"),
                        List.of("i100:refuse-after", "i2000:refuse", "i2000:refuse-after", "i5000:refuse")),
                at("i2000", HitLikeMissKinds.of(resource, "stage-of-books"), List.of("other")));
    }

    static Stream<Case> together() {
        return Case.each(
                HitLikeMissKinds.of("request", "string", "response"),
                List.of(
                        "f5000:ran",
                        "i2000:twice f5000:ran",
                        "i100:fallback i2000:refuse",
                        "i100:fallback i4010:refuse-after",
                        "i2000:fallback i5000:refuse",
                        "i2000:other f5000:read",
                        "i2000:other f5000:status-503",
                        "i2000:excuse-403 f5000:field",
                        "i100:field i2000:refuse-after"));
    }

    private static Stream<Case> at(String who, List<String> resources, List<String> whats) {
        return Case.each(resources, whats.stream().map(what -> who + ":" + what).toList());
    }
}
