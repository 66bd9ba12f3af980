package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.policy.GivenProperties;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.junit.jupiter.api.Test;

/** What a resource method reads and its key does not hold. */
class ParameterErrorsTest {

    private static final String HERE = "dev.larder.cdi.ParameterErrorsTest$";

    @Path("books")
    @RequestScoped
    static class CookieOfMethod {
        @GET
        @Cache
        public String list(@CookieParam("theme") String theme) {
            return "";
        }
    }

    @Path("books")
    @RequestScoped
    static class CookieOfField {
        @CookieParam("theme")
        String theme;

        @GET
        @Cache
        public String list() {
            return "";
        }
    }

    @Path("books")
    @RequestScoped
    static class WholeCookie {
        @GET
        @Cache
        public String list(@HeaderParam("Cookie") String all) {
            return "";
        }
    }

    @Test
    void a_cookie_that_no_key_holds() {
        assertThat(Deployments.failure(CookieOfMethod.class, CookieOfField.class, WholeCookie.class))
                .contains(
                        "@Cache on " + HERE + "CookieOfMethod.list: the cookie 'theme' is read by a parameter of "
                                + HERE + "CookieOfMethod.list, but is no part of the key",
                        "@Cache on " + HERE + "CookieOfField.list: the cookie 'theme' is read by the field theme of "
                                + HERE + "CookieOfField",
                        "@Cache on " + HERE + "WholeCookie.list: the field Cookie is read by a parameter of ",
                        "Name a keyGenerator that adds it to the key");
    }

    static class Theme implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "theme";
        }
    }

    @Path("books")
    @RequestScoped
    static class CookieInAGeneratedKey {
        @GET
        @Cache(keyGenerator = Theme.class, queryParams = "page")
        public String list(
                @CookieParam("theme") String theme,
                @HeaderParam("Cookie") String all,
                @QueryParam("size") String size) {
            return "";
        }
    }

    @ApplicationScoped
    static class NoResource {
        @Cache
        public String list(@CookieParam("theme") String theme) {
            return "";
        }
    }

    @Test
    void a_generated_key_may_hold_it_and_an_argument_of_a_bean_method_is_in_its_key() {
        Deployments.of(CookieInAGeneratedKey.class, NoResource.class).close();
    }

    static class Paging {
        @QueryParam("page")
        int page;

        @QueryParam("size")
        int size;
    }

    @Path("books")
    @RequestScoped
    static class LeftOut {
        @BeanParam
        Paging paging;

        @GET
        @Cache(queryParams = {"page", "author"})
        public String list(@QueryParam("author") String author, @QueryParam("title") String title) {
            return "";
        }
    }

    @Test
    void a_query_parameter_that_the_key_leaves_out() {
        assertThat(Deployments.failure(LeftOut.class))
                .contains(
                        "@Cache on " + HERE + "LeftOut.list: the query parameter 'size' is read by the field size of "
                                + HERE + "Paging, but queryParams (page, author) leaves it out",
                        "the query parameter 'title' is read by a parameter of " + HERE + "LeftOut.list")
                .doesNotContain("'page' is read", "'author' is read");
    }

    @Path("books")
    @RequestScoped
    static class All {
        @GET
        @Cache
        public String list(@QueryParam("title") String title) {
            return "";
        }
    }

    @Test
    void one_that_configuration_leaves_out() {
        assertThat(Deployments.failure(GivenProperties.of("cache.query-params", "page"), All.class))
                .contains("All.list: the query parameter 'title' is read by", "(page) leaves it out");
        Deployments.of(All.class).close();
    }
}
