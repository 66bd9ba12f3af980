package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Twins.Case;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What the application's filters and writer interceptors see and change, on a hit as on a miss. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissFiltersIT {

    private static final List<String> FILTERS = List.of(
            "read",
            "read-type",
            "entity",
            "entity-only",
            "entity-if-any",
            "null",
            "status-201",
            "status-203",
            "status-404",
            "status-503",
            "field",
            "annotations",
            "null-field",
            "add-field",
            "replace-field",
            "remove-field",
            "type",
            "type-by-entity",
            "cookie",
            "no-store",
            "private",
            "vary",
            "vary-all",
            "tag",
            "language",
            "link");

    private static final List<String> THROWING = List.of("refuse", "excuse-200");

    private static final List<String> SOME = List.of("read", "entity", "null", "status-503", "replace-field", "type");

    private static final List<String> THROWING_WRITERS = List.of("refuse", "excuse-503");

    private static final List<String> WRITERS = List.of(
            "entity",
            "entity-and-type",
            "prefix",
            "suffix",
            "gzip",
            "own",
            "type",
            "field",
            "add-field",
            "replace-field",
            "remove-field",
            "cookie",
            "no-store",
            "read-type");

    @ArquillianResource
    private URI base;

    private Site site;

    private Twins twins;

    @Deployment(testable = false)
    static WebArchive application() {
        return HitLikeMissKinds.war("filters");
    }

    @BeforeEach
    void visit() {
        if (twins == null) {
            site = new Site(base);
            twins = new Twins(site);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"filters", "requestFilters"})
    void a_hit_is_like_a_miss_to_filters(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writers")
    void a_hit_is_like_a_miss_to_writer_interceptors(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    /** Who stands around may end an answer before the cache sees it: that is no answer to wait for. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"f5000:refuse", "f-max:refuse", "f5000:excuse-200", "i100:refuse-after", "w4000:refuse"})
    void nobody_waits_for_an_answer_that_was_refused(String refusing) throws Exception {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String path = Site.fresh("api/cached/written/string");
            site.get(path, "X-Do", refusing);
            long before = System.nanoTime();
            site.get(path);
            taken.add(Duration.ofNanos(System.nanoTime() - before));
        }
        // of several, since a machine may pause once
        assertThat(Collections.min(taken)).as("%s: %s", refusing, taken).isLessThan(Duration.ofSeconds(1));
    }

    /** Each caller gets what is decided for him, whoever came before. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"string", "books", "response-tagged", "stage-of-response"})
    void callers_may_come_in_any_order(String kind) throws Exception {
        String resource = "written/" + kind;
        List<String> callers = new ArrayList<>();
        FILTERS.forEach(what -> callers.add(Case.fitting(resource, "f5000:" + what)));
        for (String who : List.of("f-max", "f-bound")) {
            SOME.forEach(what -> callers.add(Case.fitting(resource, who + ':' + what)));
        }
        WRITERS.forEach(what -> callers.add(Case.fitting(resource, "w4000:" + what)));
        for (String who : List.of("i100", "i2000", "i5000")) {
            List.of("refuse", "refuse-after", "other", "excuse-200", "thrown-ok", "field", "twice")
                    .forEach(what -> callers.add(who + ':' + what));
        }
        callers.addAll(Collections.nCopies(10, ""));
        for (int seed = 0; seed < 2; seed++) {
            String path = Site.fresh("api/cached/" + resource);
            Collections.shuffle(callers, new Random(seed));
            for (int i = 0; i < callers.size(); i++) {
                twins.aCaller(new Case(resource, callers.get(i)), path, seed + "." + i);
            }
        }
    }

    /** Each filter around two kinds of methods, and some of them around each kind. */
    static Stream<Case> filters() {
        return Stream.of(
                        at("f5000", HitLikeMissKinds.of("request", "string", "response"), FILTERS),
                        at("f5000", HitLikeMissKinds.of("request", "books", "stage-of-response", "async-later"), SOME),
                        at("f5000", HitLikeMissKinds.all("request"), List.of("read", "entity")),
                        at("f5000", HitLikeMissKinds.of("request", "string", "response"), List.of("charset")),
                        // not on another thread: where a filter throws there, WildFly takes a second, and answers
                        // otherwise
                        at(
                                "f5000",
                                HitLikeMissKinds.of(
                                        "request", "string", "books", "response", "number", "stage-at-once"),
                                THROWING),
                        Stream.of("f-max", "f1", "f0", "f-min").flatMap(HitLikeMissFiltersIT::someAt),
                        Stream.of("application", "bare", "stateless", "written", "sub/made", "sub/injected")
                                .flatMap(HitLikeMissFiltersIT::someOf),
                        at("f-bound", HitLikeMissKinds.of("written", "string"), SOME),
                        at(
                                "f-bound",
                                HitLikeMissKinds.of("written", "books", "response"),
                                List.of("entity-if-any", "refuse")),
                        Case.each(
                                HitLikeMissKinds.of("request", "string", "response", "async-later"),
                                List.of(
                                        "f-max:entity f1:read",
                                        "f-max:null f5000:read",
                                        "f5000:status-503 f1:entity",
                                        "servlet:field",
                                        "servlet:no-store")))
                .flatMap(each -> each)
                .distinct();
    }

    private static Stream<Case> someAt(String priority) {
        return Stream.of(
                        at(priority, HitLikeMissKinds.of("request", "string"), SOME),
                        at(priority, HitLikeMissKinds.of("request", "response"), List.of("replace-field")),
                        at(priority, HitLikeMissKinds.of("request", "async-response-later"), List.of("entity")),
                        at(priority, HitLikeMissKinds.of("request", "string"), THROWING))
                .flatMap(each -> each);
    }

    private static Stream<Case> someOf(String resource) {
        return Stream.concat(
                at("f5000", HitLikeMissKinds.of(resource, "string"), List.of("read", "entity", "refuse")),
                at("f5000", HitLikeMissKinds.of(resource, "stage-of-books", "async-later"), List.of("entity")));
    }

    static Stream<Case> requestFilters() {
        return Case.each(
                HitLikeMissKinds.of("request", "string", "response", "async-later"),
                List.of("request:abort-403", "request:abort-200", "request:refuse", "early:abort-403"));
    }

    static Stream<Case> writers() {
        return Stream.of(
                        at("w4000", HitLikeMissKinds.of("written", "string", "response"), WRITERS),
                        at(
                                "w4000",
                                HitLikeMissKinds.of("written", "books", "stage", "async-later", "response-tagged"),
                                List.of("entity", "gzip", "type", "replace-field")),
                        at(
                                "w4000",
                                HitLikeMissKinds.of("written", "string", "response", "stage-at-once", "async-at-once"),
                                THROWING_WRITERS),
                        Stream.of("w1", "w5000", "w20000").flatMap(HitLikeMissFiltersIT::writersAt),
                        Case.each(
                                HitLikeMissKinds.of("written", "string", "response"),
                                List.of(
                                        "f5000:entity w4000:gzip",
                                        "f5000:null w4000:entity",
                                        "f5000:status-203 w4000:prefix",
                                        "w4000:entity w5000:suffix",
                                        "i2000:other w4000:gzip",
                                        "i2000:excuse-403 w4000:field")))
                .flatMap(each -> each);
    }

    private static Stream<Case> writersAt(String priority) {
        return Stream.concat(
                at(
                        priority,
                        HitLikeMissKinds.of("written", "string"),
                        List.of("entity", "entity-and-type", "prefix", "gzip", "own", "refuse", "type")),
                at(
                        priority,
                        HitLikeMissKinds.of("written", "response-of-book"),
                        List.of("entity-and-type", "replace-field")));
    }

    private static Stream<Case> at(String who, List<String> resources, List<String> whats) {
        return Case.each(resources, whats.stream().map(what -> who + ":" + what).toList());
    }
}
