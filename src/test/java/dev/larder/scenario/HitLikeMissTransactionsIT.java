package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import dev.larder.scenario.Twins.Case;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What was answered in a transaction that did not commit is not stored, and a hit's transaction is not another one's. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissTransactionsIT {

    @ArquillianResource
    private URI base;

    private Site site;

    private Twins twins;

    @Deployment(testable = false)
    static WebArchive application() {
        return HitLikeMissKinds.war("transactions")
                .addClass(HitLikeMissTransactionsApp.class)
                .addClass(HitLikeMissTransactionsStateless.class)
                .addClass(HitLikeMissTransactionsStatelessTwin.class);
    }

    @BeforeEach
    void visit() {
        if (twins == null) {
            site = new Site(base);
            twins = new Twins(site);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("around")
    void a_hit_is_like_a_miss_in_a_transaction(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"around", "within"})
    void what_was_not_committed_is_not_stored(Case given) throws Exception {
        String path = Site.fresh("api/cached/" + given.resource());
        Answer expected = twins.twin(given.resource(), given.doing());
        for (int i = 0; i < 2; i++) {
            Answer answer = site.get(path, "X-Do", given.doing());
            assertThat(answer.fromCache()).as("%s: %s", given, answer).isFalse();
            Twins.like(given.toString(), expected, answer, expected.status() == 200);
        }
        Answer plain = site.get(path);
        assertThat(plain.fromCache()).as("%s, then plain: %s", given, plain).isFalse();
        Twins.like(given + " plain", twins.twin(given.resource(), ""), plain, true);
        assertThat(site.get(path).fromCache()).as("%s, then plain twice", given).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("committed")
    void what_was_committed_is_stored(Case given) throws Exception {
        twins.aHitIsLikeAMiss(given);
    }

    /** A transaction that does not commit ends an answer after the method: that is no answer to wait for. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"transactional/string", "own-transaction/string", "stateless-transaction/string"})
    void nobody_waits_for_an_answer_that_was_not_committed(String resource) throws Exception {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String path = Site.fresh("api/cached/" + resource);
            site.get(path, "X-Do", "tx:failing-commit");
            long before = System.nanoTime();
            site.get(path);
            taken.add(Duration.ofNanos(System.nanoTime() - before));
        }
        // of several, since a machine may pause once
        assertThat(Collections.min(taken)).as("%s: %s", resource, taken).isLessThan(Duration.ofSeconds(1));
    }

    static Stream<Case> around() {
        return Stream.concat(
                Case.each(
                        resources("string"),
                        List.of(
                                "tx:rollback-only",
                                "tx:failing-commit",
                                "tx:rollback-only-after",
                                "tx:failing-commit-after")),
                Case.each(
                        resources("books", "response", "stage"),
                        List.of("tx:rollback-only-after", "tx:failing-commit-after")));
    }

    /** The method does not run on a hit. */
    static Stream<Case> within() {
        return Stream.concat(
                Case.each(resources("string", "response"), List.of("method:rollback-only", "method:failing-commit")),
                Case.each(resources("books", "stage"), List.of("method:failing-commit")));
    }

    static Stream<Case> committed() {
        return Case.each(resources("string", "books", "response", "stage"), List.of(""));
    }

    private static List<String> resources(String... kinds) {
        return Stream.of("transactional", "own-transaction", "stateless-transaction")
                .flatMap(each -> Stream.of(kinds).map(kind -> each + '/' + kind))
                .toList();
    }
}
