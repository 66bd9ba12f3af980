package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mistakes fail the deployment, all of them with one message. */
@ExtendWith(ArquillianExtension.class)
class MistakenIT {

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment("sound")
    private URI base;

    @Deployment(testable = false, name = "sound")
    static WebArchive sound() {
        return Wars.war("sound", HelloApp.class);
    }

    @Deployment(testable = false, name = "mistaken", managed = false)
    static WebArchive mistaken() {
        return Wars.war("mistaken", MistakenApp.class)
                .addAsResource(
                        new StringAsset(
                                "caches.default.tll=5\ncaches.default.ttl=soon\ncaches.bytes.options.isolation=copy\n"),
                        "META-INF/microprofile-config.properties");
    }

    @Deployment(testable = false, name = "mistaken-tags", managed = false)
    static WebArchive mistakenTags() {
        return Wars.war("mistaken-tags", MistakenTagsApp.class);
    }

    /** A class that is no bean for every server. */
    @Deployment(testable = false, name = "implemented", managed = false)
    static WebArchive implemented() {
        return Wars.war("implemented", MistakenImplementationApp.class);
    }

    @Test
    void a_mistake_above_a_resource_class_without_a_scope_fails_the_deployment() throws Exception {
        Throwable failure = catchThrowable(() -> deployer.deploy("implemented"));

        assertThat(failure).isNotNull();
        assertThat(told(failure))
                .contains("MistakenImplementationApp$Contract.ofContract cannot work: the method is abstract");
        assertThat(new Site(base).beside("implemented").get("api/contract").status())
                .isEqualTo(404);
    }

    @Test
    void all_mistakes_fail_the_deployment_with_one_message() throws Exception {
        Throwable failure = catchThrowable(() -> deployer.deploy("mistaken"));

        assertThat(failure).isNotNull();
        boolean tomee = System.getProperty("larder.server").equals("tomee");
        assertThat(told(failure))
                .contains(tomee ? "15 problems" : "14 problems")
                .contains(
                        "MistakenApp$Mistaken.unknownBackend names backend 'redsi', which is not configured (the backends are"
                                + " bytes, default)")
                .contains("MistakenApp$Mistaken.negative: ttl is -5")
                .contains("MistakenApp$Mistaken.post cannot work: the method answers POST")
                .contains("MistakenApp$Mistaken.generator names the key generator")
                .contains("MistakenApp$Mistaken.nothing cannot work: the method returns nothing")
                .contains("MistakenApp$Unproxied.hidden cannot work: the method is private")
                .contains("MistakenApp$Unproxied.ofTheClass cannot work: the method is static")
                .contains("@Cache on dev.larder.scenario.MistakenApp$NoResource covers nothing")
                .contains("MistakenApp$MadeByHand.value cannot work: what the producer method")
                .contains("MistakenApp$GivesStreams.give cannot work: a java.util.stream.Stream can be read only once")
                .contains("MistakenApp$SaysNothing.anything returns java.lang.Object: the backend 'bytes' keeps bytes")
                .contains("MistakenApp$Converters.eur and", "MistakenApp$Converters.usd each create")
                .contains("caches.default.tll")
                .contains("caches.default.ttl")
                // elsewhere such a method is intercepted
                .matches(all -> all.contains("MistakenApp$Heir.byDefault cannot work") == tomee);
        assertThat(new Site(base).beside("mistaken").get("api/mistaken/ttl").status())
                .isEqualTo(404);
    }

    @Test
    void tags_that_cannot_work_fail_the_deployment_and_the_message_lists_what_can() throws Exception {
        Throwable failure = catchThrowable(() -> deployer.deploy("mistaken-tags"));

        assertThat(failure).isNotNull();
        assertThat(told(failure))
                .contains("11 problems")
                .contains(
                        "MistakenTagsApp$Mistaken.unresolved: the tag 'book:{idd}' names {idd}, which the method does not"
                                + " have (it has {id}, {lang}, ")
                .contains("MistakenTagsApp$Mistaken.tooMany has 65 tags, but an entry has at most 64")
                .contains("MistakenTagsApp$Mistaken.noSuchMember: the tag 'book:{1.id}' names {1.id}, but"
                        + " dev.larder.scenario.MistakenTagsApp$Book has no 'id' (it has isbn, title)")
                .contains("MistakenTagsApp$Mistaken.open: the tag 'book:{0' has an open brace at position 5")
                .contains("MistakenTagsApp$Mistaken.nothing has no tags")
                .contains("MistakenTagsApp$Mistaken.cached cannot work: @Cache covers the method, too")
                .contains("MistakenTagsApp$Hidden.hidden cannot work: the method is private")
                .contains("MistakenTagsApp$Hidden.ofTheClass cannot work: the method is static")
                .contains("MistakenTagsApp$OnType cannot work: on a type")
                .contains("MistakenTagsApp$MadeByHand.change cannot work: what the producer method")
                .contains("MistakenTagsApp$HeldByHand.change cannot work: what the producer field");
        assertThat(new Site(base).beside("mistaken-tags").get("api/mistaken/7").status())
                .isEqualTo(404);
    }

    /** What the server said. The client of TomEE cannot read the exception, so that its log is asked. */
    private static String told(Throwable failure) throws IOException {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        Path logs = Path.of(System.getProperty("larder.server.home"), "logs");
        if (System.getProperty("larder.server").equals("tomee")) {
            try (Stream<Path> files = Files.list(logs)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    text.write(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
