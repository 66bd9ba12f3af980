package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource method reads of a request belongs to its key. */
@ExtendWith(ArquillianExtension.class)
class ParametersIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("parameters", ParametersApp.class, TenantSessionBean.class, ScanningApplication.class);
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method",
                "method/response",
                "method/stage",
                "method/suspended",
                "method/generated",
                "field",
                "inherited",
                "setter",
                "bean",
                "bean-field",
                "session-bean",
                "contract",
                "generic",
                "locator/made/1"
            })
    void a_declared_header_is_part_of_the_key_and_of_vary(String path) throws Exception {
        Answer one = site.run("api/" + path, "X-Tenant", "a");
        Answer other = site.run("api/" + path, "X-Tenant", "b");
        Answer none = site.run("api/" + path);

        assertThat(one.text()).as("%s", one).endsWith(" for a 1");
        assertThat(other.text()).endsWith(" for b 2");
        assertThat(none.text()).endsWith(" for null 3");
        assertThat(one.elements("Vary")).contains("x-tenant");
        Answer hit = site.hit("api/" + path, "x-tenant", "a");
        assertThat(hit.text()).isEqualTo(one.text());
        assertThat(hit.elements("Vary")).contains("x-tenant");
        assertThat(site.hit("api/" + path).text()).isEqualTo(none.text());
        assertThat(site.hit("api/" + path, "X-Tenant", "b", "X-Other", "c").text())
                .isEqualTo(other.text());
    }

    @ParameterizedTest
    @CsvSource({"passing/header, X-Tenant, a, b", "passing-cookie/cookie, Cookie, X-Tenant=a, X-Tenant=b"})
    void what_a_locator_passes_on_is_not_in_the_key_so_nothing_is_stored(
            String path, String field, String one, String another) throws Exception {
        for (String value : List.of(one, another, one)) {
            Answer answer = site.get("api/" + path, field, value);
            assertThat(answer.text()).contains(" for " + value.replace("X-Tenant=", "") + " ");
            assertThat(answer.fromCache()).isFalse();
        }
    }

    @Test
    void what_a_locator_passes_on_may_be_listed_in_vary_by() throws Exception {
        Answer first = site.run("api/passing/header/listed", "X-Tenant", "a");

        assertThat(site.run("api/passing/header/listed", "X-Tenant", "b").text())
                .contains(" for b ");
        assertThat(site.hit("api/passing/header/listed", "X-Tenant", "a").text())
                .isEqualTo(first.text());
    }

    @Test
    void a_key_generator_decides_what_of_a_locator_is_in_the_key() throws Exception {
        Answer first = site.run("api/passing-cookie/cookie/generated");

        assertThat(site.hit("api/passing-cookie/cookie/generated").text()).isEqualTo(first.text());
    }

    @Test
    void what_a_locator_takes_from_the_path_is_in_the_key() throws Exception {
        Answer first = site.run("api/passing-id/a");

        assertThat(site.run("api/passing-id/b").text()).contains(" for b ");
        assertThat(site.hit("api/passing-id/a").text()).isEqualTo(first.text());
    }

    @Test
    void an_argument_that_an_interceptor_changed_is_not_in_the_key_so_nothing_is_stored() throws Exception {
        assertThat(site.get("api/changed/1", "X-Tenant", "a").text()).startsWith("changed for a ");
        assertThat(site.get("api/changed/1", "X-Tenant", "b").text()).startsWith("changed for b ");
        Answer own = site.run("api/changed/1");
        assertThat(own.text()).startsWith("changed for 1 ");
        assertThat(site.get("api/changed/1", "X-Tenant", "a").text()).startsWith("changed for a ");
        assertThat(site.hit("api/changed/1").text()).isEqualTo(own.text());
    }

    @Test
    void preferences_that_mean_the_same_are_one_key() throws Exception {
        Answer first = site.run("api/method/language", "Accept-Language", "en-US, de;q=0.5");

        assertThat(site.hit("api/method/language", "Accept-Language", "DE;q=0.50,EN-us")
                        .text())
                .isEqualTo(first.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept-Language | en-US | EN-us",
                "Accept-Language | de, en;q=0.5 | EN; q=0.50,de",
                "Accept | text/plain | TEXT/Plain",
                "Accept-Encoding | x-one, x-two;q=0.1 | X-Two;q=0.10 , x-one",
                "Accept-Charset | utf-8 | UTF-8"
            })
    void preferences_that_mean_the_same_share_a_variant(String field, String one, String same) throws Exception {
        String path = Site.fresh("api/method/varied/" + field);
        Answer first = site.run(path, field, one);

        assertThat(site.hit(path, field, same).text()).isEqualTo(first.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 18 AUG 2050 02:01:18 GMT",
                "thu, 18 Aug 2050 02:01:18 GMT",
                "Thu, 18 Aug 2050 02:01:18 gmt",
                "thursday, 18-aug-50 02:01:18 gmt",
                "THU AUG 18 02:01:18 2050"
            })
    void a_date_is_matched_without_regard_to_case(String date) throws Exception {
        String path = Site.fresh("api/method/expiring/" + Site.encoded(date));
        Answer first = site.run(path);

        assertThat(site.hit(path).text()).isEqualTo(first.text());
        assertThat(first.all("Expires")).containsExactly(date);
    }

    @Test
    void a_method_called_by_another_bean_is_keyed_by_its_arguments() throws Exception {
        assertThat(site.get("api/nested", "X-Tenant", "one").text()).isEqualTo("called for one 1");
        assertThat(site.get("api/nested", "X-Tenant", "another").text()).isEqualTo("called for another 2");
        assertThat(site.get("api/nested", "X-Tenant", "one").text()).isEqualTo("called for one 1");
    }
}
