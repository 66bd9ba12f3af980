package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import dev.larder.scenario.Twins.Case;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** 304, 412, 206 and the answer to HEAD of a hit are decided last: none is a way past who stands around the method. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissConditionsIT {

    private static final List<String> AROUND = List.of(
            "i100:refuse",
            "i100:refuse-after",
            "i2000:refuse",
            "i2000:refuse-after",
            "i2000:other",
            "i2000:excuse-200",
            "i4010:refuse-after",
            "i2000:field",
            "f5000:refuse",
            "f5000:entity",
            "f5000:null",
            "f5000:status-201",
            "f5000:status-203",
            "f5000:status-503",
            "f5000:type",
            "f5000:field",
            "f-max:entity",
            "f1:entity",
            "f-min:status-503",
            "request:abort-403",
            "request:abort-200");

    private static final List<String> SOME =
            List.of("i100:refuse-after", "i2000:other", "f5000:refuse", "f5000:entity", "f5000:status-203");

    private static final List<String> SOME_WRITERS = List.of("", "w4000:entity-and-type", "w4000:gzip", "w20000:own");

    private static final List<String> WRITERS = List.of(
            "",
            "w4000:refuse",
            "w4000:entity",
            "w4000:entity-and-type",
            "w4000:prefix",
            "w4000:suffix",
            "w4000:gzip",
            "w4000:own",
            "w4000:field",
            "w1:entity",
            "w1:prefix",
            "w20000:own",
            "w20000:refuse");

    @ArquillianResource
    private URI base;

    private Site site;

    private Twins twins;

    private final Map<String, String> stored = new HashMap<>();

    @Deployment(testable = false)
    static WebArchive application() {
        return HitLikeMissKinds.war("conditions");
    }

    @BeforeEach
    void visit() {
        if (twins == null) {
            site = new Site(base);
            twins = new Twins(site);
        }
    }

    /** A request of a client that may have got the stored answer before. */
    enum Form {
        KNOWN_TAG("If-None-Match", "", 304),
        ANY_TAG("If-None-Match", "*", 304),
        OTHER_TAG("If-None-Match", "\"other\"", 200),
        ONLY_OTHER("If-Match", "\"other\"", 412),
        ONLY_ANY("If-Match", "*", 200),
        RANGE("Range", "bytes=2-5", 206),
        SUFFIX_RANGE("Range", "bytes=-3", 206),
        RANGES("Range", "bytes=0-1,4-5", 200),
        NO_RANGE("Range", "bytes=x", 200),
        SINCE("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT", 304),
        UNMODIFIED_SINCE("If-Unmodified-Since", "Sat, 05 Nov 1994 08:49:37 GMT", 412);

        static final Form[] OF_ANY = {
            KNOWN_TAG, ANY_TAG, OTHER_TAG, ONLY_OTHER, ONLY_ANY, RANGE, SUFFIX_RANGE, RANGES, NO_RANGE
        };

        final String field;
        private final String value;
        final int status;

        Form(String field, String value, int status) {
            this.field = field;
            this.value = value;
            this.status = status;
        }

        String value(Answer known) {
            return value.isEmpty() ? known.header("ETag") : value;
        }
    }

    record Asked(Case given, Form form) {
        @Override
        public String toString() {
            return given + " " + form;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void a_condition_or_range_is_answered_from_a_hit(Asked asked) throws Exception {
        String path = stored(asked.given());
        Answer hit = site.hit(path);
        assertThat(hit.header("ETag")).isNotNull();

        Answer answer = site.get(path, asked.form().field, asked.form().value(hit));

        assertThat(answer.status()).as("%s: %s", asked, answer).isEqualTo(asked.form().status);
        says(asked, answer, hit, twins.twin(asked.given().resource(), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steered")
    void a_condition_or_range_is_no_way_past_who_stands_around(Asked asked) throws Exception {
        Case given = asked.given();
        String path = stored(given);
        Answer hit = site.hit(path);

        Answer answer = site.get(
                path,
                Twins.steering(given.doing(), asked.form().field, asked.form().value(hit)));

        Answer expected = twins.twin(given.resource(), given.doing());
        boolean untouched = expected.status() == 200 && Arrays.equals(expected.body(), hit.body());
        if (untouched && answer.status() == asked.form().status && answer.status() != 200) {
            says(asked, answer, hit, expected);
        } else {
            Twins.like(asked.toString(), expected, answer, untouched);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void where_a_writer_interceptor_takes_part_a_range_is_the_whole(Asked asked) throws Exception {
        Case given = asked.given();
        String path = stored(given);

        Answer answer = site.get(path, Twins.steering(given.doing(), "Range", "bytes=2-5"));

        Answer expected = twins.twin(given.resource(), given.doing());
        Twins.like(
                asked.toString(),
                expected,
                answer,
                given.wraps() || given.doing().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void the_head_of_a_hit_is_that_of_a_miss(Case given) throws Exception {
        String path = stored(given);

        Answer answer = site.send("HEAD", path, Twins.steering(given.doing()));

        Answer expected = twins.twin("HEAD", given.resource(), given.doing());
        Answer whole = twins.twin(given.resource(), given.doing());
        Answer plain = twins.twin(given.resource(), "");
        Twins.like(given + " HEAD", expected, answer, given.wraps() || Arrays.equals(whole.body(), plain.body()));
        assertThat(answer.body()).isEmpty();
    }

    /** What the client has, or a part of it: never another one's, and no content where none is due. */
    private static void says(Asked asked, Answer answer, Answer hit, Answer whole) {
        switch (answer.status()) {
            case 304 -> {
                assertThat(answer.body()).as("%s: %s", asked, answer).isEmpty();
                assertThat(answer.header("ETag")).as("%s: %s", asked, answer).isEqualTo(hit.header("ETag"));
                assertThat(answer.header("Content-Type"))
                        .as("%s: %s", asked, answer)
                        .isNull();
            }
            case 412 -> assertThat(answer.text()).as("%s: %s", asked, answer).doesNotContain(hit.text());
            case 206 -> {
                int length = hit.body().length;
                int from = asked.form() == Form.SUFFIX_RANGE ? length - 3 : 2;
                int to = asked.form() == Form.SUFFIX_RANGE ? length - 1 : 5;
                assertThat(answer.header("Content-Range"))
                        .as("%s: %s", asked, answer)
                        .isEqualTo("bytes " + from + "-" + to + "/" + length);
                assertThat(answer.body())
                        .as("%s: %s", asked, answer)
                        .isEqualTo(Arrays.copyOfRange(hit.body(), from, to + 1));
                assertThat(answer.all("Content-Type"))
                        .as("%s: %s", asked, answer)
                        .isEqualTo(whole.all("Content-Type"));
            }
            default -> Twins.like(asked.toString(), whole, answer, true);
        }
    }

    /** What is stored stays, whoever asks: it is stored once. */
    private String stored(Case given) throws Exception {
        String path = stored.get(given.resource());
        if (path == null) {
            path = Site.fresh("api/cached/" + given.resource());
            site.run(path);
            stored.put(given.resource(), path);
        }
        return path;
    }

    static Stream<Asked> plain() {
        return Stream.of(
                        asked(Case.each(HitLikeMissKinds.all("request"), List.of("")), Form.KNOWN_TAG, Form.RANGE),
                        asked(
                                Case.each(HitLikeMissKinds.of("request", "string", "response-tagged"), List.of("")),
                                Form.OF_ANY),
                        asked(
                                Case.each(HitLikeMissKinds.of("request", "response-tagged"), List.of("")),
                                Form.SINCE,
                                Form.UNMODIFIED_SINCE),
                        Stream.of("application", "bare", "stateless", "sub/made", "sub/injected")
                                .flatMap(resource -> asked(
                                        Case.each(HitLikeMissKinds.of(resource, "string", "response"), List.of("")),
                                        Form.KNOWN_TAG,
                                        Form.ONLY_OTHER,
                                        Form.RANGE)))
                .flatMap(each -> each)
                .distinct();
    }

    static Stream<Asked> steered() {
        return Stream.of(
                        asked(Case.each(HitLikeMissKinds.of("request", "string"), AROUND), Form.KNOWN_TAG, Form.RANGE),
                        asked(
                                Case.each(HitLikeMissKinds.of("request", "response-tagged"), AROUND),
                                Form.SINCE),
                        asked(
                                Case.each(HitLikeMissKinds.of("request", "string", "response-tagged"), SOME),
                                Form.ANY_TAG,
                                Form.ONLY_OTHER,
                                Form.RANGES,
                                Form.UNMODIFIED_SINCE),
                        asked(
                                Case.each(HitLikeMissKinds.of("request", "books", "response", "stage"), SOME),
                                Form.KNOWN_TAG,
                                Form.RANGE),
                        Stream.of("bare", "stateless", "sub/injected")
                                .flatMap(resource -> asked(
                                        Case.each(HitLikeMissKinds.of(resource, "string"), SOME),
                                        Form.KNOWN_TAG,
                                        Form.RANGE)))
                .flatMap(each -> each)
                .filter(HitLikeMissConditionsIT::isComparable)
                .distinct();
    }

    /** A filter that throws on another thread ends otherwise on some servers, and only one method has a time. */
    private static boolean isComparable(Asked asked) {
        String resource = asked.given().resource();
        return !(resource.endsWith("/stage") && asked.given().doing().endsWith(":refuse"))
                && (asked.form() != Form.UNMODIFIED_SINCE || resource.endsWith("-tagged"));
    }

    private static Stream<Asked> asked(Stream<Case> cases, Form... forms) {
        return cases.flatMap(given -> Stream.of(forms).map(form -> new Asked(given, form)));
    }

    static Stream<Asked> written() {
        return Stream.concat(
                        Case.each(HitLikeMissKinds.of("written", "string"), WRITERS),
                        Case.each(HitLikeMissKinds.of("written", "books", "response", "bytes"), SOME_WRITERS))
                .map(given -> new Asked(given, Form.RANGE));
    }

    static Stream<Case> heads() {
        return Stream.of(
                        Case.each(HitLikeMissKinds.all("request"), List.of("")),
                        Case.each(HitLikeMissKinds.of("request", "string"), AROUND),
                        Case.each(HitLikeMissKinds.of("request", "books", "response"), SOME),
                        // where a writer throws, RESTEasy answers HEAD otherwise than GET
                        Case.each(HitLikeMissKinds.of("written", "string"), WRITERS)
                                .filter(given -> !given.doing().endsWith(":refuse")),
                        Case.each(HitLikeMissKinds.of("written", "books"), SOME_WRITERS))
                .flatMap(each -> each);
    }
}
