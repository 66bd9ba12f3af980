package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource class without a scope is cached in every kind of archive and under every kind of {@code Application}. */
@ExtendWith(ArquillianExtension.class)
class ArchivesIT {

    private static final String ANNOTATED = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="3.0" bean-discovery-mode="annotated"/>
            """;

    @ArquillianResource
    @OperateOnDeployment("empty")
    private URI base;

    @Deployment(testable = false, name = "empty")
    static WebArchive withEmptyBeansXml() {
        return Wars.war("empty", ArchivesApp.class, ScanningApplication.class);
    }

    @Deployment(testable = false, name = "annotated")
    static WebArchive withAnnotatedMode() {
        return Wars.warWithoutBeansXml(
                        "annotated", ArchivesApp.class, StatelessResource.class, ScanningApplication.class)
                .addAsWebInfResource(new StringAsset(ANNOTATED), "beans.xml");
    }

    @Deployment(testable = false, name = "none")
    static WebArchive withoutBeansXml() {
        return Wars.warWithoutBeansXml(
                "none", ArchivesApp.class, AnyBean.class, StatelessResource.class, ScanningApplication.class);
    }

    @Deployment(testable = false, name = "listing")
    static WebArchive withAnApplicationThatLists() {
        return Wars.warWithoutBeansXml("listing", ArchivesApp.class, AnyBean.class, ListingApplication.class)
                // TomEE 9 looks for providers only where getClasses() is not overridden, unless it is told to
                .addAsWebInfResource(new StringAsset("openejb.jaxrs.providers.auto=true"), "application.properties");
    }

    @Deployment(testable = false, name = "making")
    static WebArchive withAnApplicationThatMakes() {
        return Wars.warWithoutBeansXml("making", ArchivesApp.class, AnyBean.class, MakingApplication.class)
                .addAsWebInfResource(new StringAsset("openejb.jaxrs.providers.auto=true"), "application.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing", "making"})
    void the_second_answer_comes_from_the_cache(String archive) throws Exception {
        Site site = new Site(base).beside(archive);
        Answer first = site.get("api/plain");
        Answer second = site.get("api/plain");

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.text()).isEqualTo("plain 1");
        assertThat(site.runs("plain")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing"})
    void a_key_generator_sees_the_arguments(String archive) throws Exception {
        Site site = new Site(base).beside(archive);
        Answer first = site.get("api/plain/keyed?id=a&other=1");
        Answer second = site.get("api/plain/keyed?id=a&other=2");

        assertThat(first.text()).as("%s", first).isEqualTo("a 1");
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.text()).isEqualTo("a 1");
        assertThat(site.get("api/plain/keyed?id=b").text()).startsWith("b ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing"})
    void the_server_injects_what_it_does_without_larder(String archive) throws Exception {
        Site site = new Site(base).beside(archive);

        assertThat(site.get("api/injected?field=a").text()).matches("/?injected a 1");
        assertThat(site.get("api/injected?field=b").text()).matches("/?injected b 2");
        assertThat(site.get("api/injected?field=a").text()).matches("/?injected a 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "none", "listing"})
    void a_class_that_cdi_cannot_make_is_cached(String archive) throws Exception {
        Site site = new Site(base).beside(archive);

        assertThat(site.get("api/constructed?id=a").text()).isEqualTo("a 1");
        Answer second = site.get("api/constructed?id=a");
        assertThat(second.fromCache()).as("%s", second).isTrue();
        assertThat(second.text()).isEqualTo("a 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing"})
    void what_an_exception_mapper_answers_in_the_resource_s_type_is_not_stored(String archive) throws Exception {
        Site site = new Site(base).beside(archive);

        assertThat(site.get("api/plain/failing-alike").text()).isEqualTo("mapped 1");
        assertThat(site.get("api/plain/failing-alike").text()).isEqualTo("mapped 2");
    }

    /** Where no interceptor sees the exception, the server has to say whose entity it is. TomEE does not. */
    @Test
    void what_an_exception_mapper_answers_for_a_class_that_is_not_intercepted_is_not_stored_but_on_tomee()
            throws Exception {
        Site site = new Site(base).beside("making");
        boolean tomee = System.getProperty("larder.server").equals("tomee");

        assertThat(site.get("api/plain/failing-alike").text()).isEqualTo("mapped 1");
        assertThat(site.get("api/plain/failing-alike").text()).isEqualTo(tomee ? "mapped 1" : "mapped 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "none"})
    void a_session_bean_is_cached(String archive) throws Exception {
        Site site = new Site(base).beside(archive);

        assertThat(site.get("api/stateless").text()).isEqualTo("stateless 1");
        assertThat(site.get("api/stateless").fromCache()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing", "making"})
    void an_unsafe_method_evicts(String archive) throws Exception {
        Site site = new Site(base).beside(archive);
        site.get("api/plain/changed");
        assertThat(site.get("api/plain/changed").text()).isEqualTo("changed 1");
        site.send("PUT", "api/plain/changed");

        assertThat(site.get("api/plain/changed").text()).isEqualTo("changed 2");
        assertThat(site.get("api/plain/changed").text()).isEqualTo("changed 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "annotated", "none", "listing", "making"})
    void what_an_exception_mapper_answers_is_not_stored(String archive) throws Exception {
        Site site = new Site(base).beside(archive);

        assertThat(site.get("api/plain/failing").text()).isEqualTo("mapped 1");
        assertThat(site.get("api/plain/failing").text()).isEqualTo("mapped 2");
    }
}
