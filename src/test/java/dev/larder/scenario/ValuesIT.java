package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values as a store outside of the process would keep them, by the server's own JSON-B. */
@ExtendWith(ArquillianExtension.class)
class ValuesIT {

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("values", ValuesApp.class)
                .addClass(AuthorsOfSession.class)
                .addAsResource(
                        new StringAsset("caches.default.options.isolation=copy"),
                        "META-INF/microprofile-config.properties");
    }

    @Test
    void values_come_back_equal_and_in_order() throws Exception {
        assertThat(new Site(base).get("api/values").text()).isEqualTo("[]");
    }

    @Test
    void what_would_read_back_as_another_value_is_refused() throws Exception {
        assertThat(new Site(base).get("api/lossy").text()).isEqualTo("[]");
    }

    @Test
    void the_second_call_of_a_cached_method_gives_what_the_first_one_gave() throws Exception {
        assertThat(new Site(base).get("api/methods").text()).isEqualTo("[]");
    }
}
