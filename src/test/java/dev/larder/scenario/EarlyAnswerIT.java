package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A hit makes no instance of the resource class, unless something would miss that. */
@ExtendWith(ArquillianExtension.class)
class EarlyAnswerIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("early", EarlyAnswerApp.class);
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @Test
    void a_hit_of_an_ordinary_resource_makes_no_instance() throws Exception {
        site.get("api/ordinary/1?q=a");
        int made = site.runs("made");

        assertThat(site.get("api/ordinary/1?q=a").fromCache()).isTrue();
        assertThat(site.runs("made")).isEqualTo(made);
    }

    @Test
    void an_interceptor_of_the_application_can_refuse_a_hit() throws Exception {
        site.get("api/guarded");
        assertThat(site.get("api/guarded").fromCache()).isTrue();
        site.get("api/guard?closed=true");
        try {
            Answer refused = site.get("api/guarded");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).doesNotContain("run");
        } finally {
            site.get("api/guard?closed=false");
        }
    }

    @ParameterizedTest
    @CsvSource({"prepared, prepare", "injected, caller"})
    void what_is_done_with_each_instance_is_done_on_a_hit(String resource, String effect) throws Exception {
        site.get("api/" + resource);
        int before = site.runs(effect);

        assertThat(site.get("api/" + resource).fromCache()).isTrue();
        assertThat(site.runs(effect)).isGreaterThan(before);
    }

    @Test
    void a_declared_header_is_in_the_key_and_is_read() throws Exception {
        site.get("api/header", "X-Number", "1");
        assertThat(site.get("api/header", "X-Number", "1").fromCache()).isTrue();
        assertThat(site.get("api/header", "X-Number", "2").fromCache()).isFalse();

        assertThat(site.get("api/header", "X-Number", "none").status()).isBetween(400, 499);
    }

    /** HTTP/2 needs no field to tell of a body, and WildFly speaks it to who offers it. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_get_with_a_body_is_not_taken_for_one_without(HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        URI uri = site.uri(Site.fresh("api/body"));
        HttpRequest.BodyPublisher ofUnknownLength =
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray("question".getBytes(UTF_8)));
        // the first one offers HTTP/2, the next ones use it
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        String without = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();

        String with = client.send(
                        HttpRequest.newBuilder(uri)
                                .method("GET", ofUnknownLength)
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(with).isNotEqualTo(without); // Payara's server refuses it
        assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body())
                .doesNotContain("question");
    }
}
