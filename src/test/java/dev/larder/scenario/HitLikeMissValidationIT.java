package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.HitLikeMissValidationApp.CachedParameters;
import dev.larder.scenario.HitLikeMissValidationApp.CachedReturns;
import dev.larder.scenario.HitLikeMissValidationApp.DirectParameters;
import dev.larder.scenario.HitLikeMissValidationApp.DirectReturns;
import dev.larder.scenario.HitLikeMissValidationApp.Parameters;
import dev.larder.scenario.HitLikeMissValidationApp.Returns;
import dev.larder.scenario.HitLikeMissValidationApp.Violations;
import dev.larder.scenario.Site.Answer;
import dev.larder.scenario.Twins.Case;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Constraints on what a method returns are checked on the miss, and no hit is a violation; those on parameters hold. */
@ExtendWith(ArquillianExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HitLikeMissValidationIT {

    /** A server that cannot do that has to refuse: each application with constrained values is a deployment of its own. */
    private static final boolean MAY_REFUSE = HitLikeMissKinds.SERVER.equals("payara");

    private static final List<String> VALID =
            List.of("not-null", "size", "composed", "number", "valid", "list", "response", "stage", "parameter/5");

    private static final List<String> INVALID = List.of("violated", "invalid", "parameter/0");

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment("parameters")
    private URI base;

    private final Map<String, Twins> deployed = new HashMap<>();

    private final Map<String, String> refused = new HashMap<>();

    @Deployment(testable = false, name = "parameters")
    static WebArchive parameters() {
        return mappedParameters("parameters").deleteClass(Violations.class);
    }

    @Deployment(testable = false, name = "mapped-parameters", managed = false)
    static WebArchive mappedParameters() {
        return mappedParameters("mapped-parameters");
    }

    @Deployment(testable = false, name = "returns", managed = false)
    static WebArchive returns() {
        return mappedReturns("returns").deleteClass(Violations.class);
    }

    @Deployment(testable = false, name = "mapped-returns", managed = false)
    static WebArchive mappedReturns() {
        return mappedReturns("mapped-returns");
    }

    private static WebArchive mappedParameters(String name) {
        return war(name)
                .addClasses(HitLikeMissParametersStateless.class, HitLikeMissParametersStatelessTwin.class)
                .deleteClasses(CachedReturns.class, DirectReturns.class, Returns.class);
    }

    private static WebArchive mappedReturns(String name) {
        return war(name)
                .addClasses(HitLikeMissReturnsStateless.class, HitLikeMissReturnsStatelessTwin.class)
                .deleteClasses(CachedParameters.class, DirectParameters.class, Parameters.class);
    }

    private static WebArchive war(String name) {
        return HitLikeMissKinds.war(name, HitLikeMissValidationApp.class);
    }

    record Deployed(String war, Case given) {
        @Override
        public String toString() {
            return war + ": " + given;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void a_hit_violates_nothing(Deployed given) throws Exception {
        Twins twins = twins(given.war());
        // Payara 6 cannot validate a session bean's method without parameters (HV000116), cached or not
        boolean broken = MAY_REFUSE && twins.twin(given.given().resource(), "").status() == 500;
        Assumptions.assumeFalse(broken, "The twin fails, too");
        twins.aHitIsLikeAMiss(given.given());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void a_violation_is_answered_as_without_the_cache(Deployed given) throws Exception {
        Twins twins = twins(given.war());
        // TomEE checks no constraint of such a method: then the twin answers 200
        Answer expected = twins.twin(given.given().resource(), "");
        String path = Site.fresh("api/cached/" + given.given().resource());
        for (int i = 0; i < 2; i++) {
            Answer answer = site(given.war()).get(path);
            if (expected.status() < 400) {
                Twins.like(given.toString(), expected, answer, true);
            } else {
                assertThat(answer.fromCache()).as("%s: %s", given, answer).isFalse();
                assertThat(answer.status()).as("%s: %s", given, answer).isEqualTo(expected.status());
                assertThat(answer.all("X-Violated")).isEqualTo(expected.all("X-Violated"));
                assertThat(answer.all("validation-exception")).isEqualTo(expected.all("validation-exception"));
            }
        }
    }

    static Stream<Deployed> valid() {
        return Stream.of(
                        returns("returns", VALID),
                        returns("stateless-returns", List.of("not-null", "number", "list", "response", "stage")),
                        parameters(List.of("path/5", "query?n=abc", "stage/5")))
                .flatMap(each -> each);
    }

    static Stream<Deployed> invalid() {
        return Stream.of(
                        returns("returns", INVALID),
                        returns("stateless-returns", INVALID),
                        parameters(List.of("path/0", "query?n=a", "query", "stage/0")))
                .flatMap(each -> each);
    }

    private static Stream<Deployed> returns(String resource, List<String> kinds) {
        return Stream.of("returns", "mapped-returns")
                .flatMap(war -> kinds.stream().map(kind -> new Deployed(war, new Case(resource + '/' + kind, ""))));
    }

    private static Stream<Deployed> parameters(List<String> kinds) {
        return Stream.of("parameters", "mapped-parameters")
                .flatMap(war -> Stream.of("parameters", "stateless-parameters")
                        .flatMap(resource ->
                                kinds.stream().map(kind -> new Deployed(war, new Case(resource + '/' + kind, "")))));
    }

    /** Deploys an application when it is first asked for. */
    private Twins twins(String war) {
        if (!deployed.containsKey(war) && !refused.containsKey(war)) {
            deploy(war);
        }
        String refusal = refused.get(war);
        if (refusal != null) {
            assertThat(refusal).contains("@Cache on").contains("Returns.notNull");
            Assumptions.abort("Larder refuses what it cannot do on this server");
        }
        return deployed.get(war);
    }

    private void deploy(String war) {
        try {
            if (!war.equals("parameters")) {
                deployer.deploy(war);
            }
            deployed.put(war, new Twins(site(war)));
        } catch (Exception e) {
            if (!MAY_REFUSE) {
                throw e;
            }
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            refused.put(war, text.toString());
        }
    }

    private Site site(String war) {
        return new Site(base).beside("hit-like-miss-" + war);
    }
}
