package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.policy.DeclaredParameters;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResourceParametersTest {

    static class OfMethod {
        @GET
        public String get(
                @HeaderParam("X-Tenant") String tenant,
                @HeaderParam("x-tenant") String again,
                @QueryParam("page") int page,
                @CookieParam("session") String session,
                @PathParam("id") String id) {
            return "";
        }
    }

    @Test
    void the_parameters_of_the_method() {
        DeclaredParameters read = of(OfMethod.class);

        assertThat(read.headers()).containsExactly("X-Tenant");
        assertThat(read.queries()).containsOnlyKeys("page");
        assertThat(read.cookies())
                .containsEntry("session", "a parameter of " + OfMethod.class.getName() + ".get")
                .hasSize(1);
        assertThat(read.beyondArguments()).isFalse();
    }

    static class OfTags {
        static class Paging {
            @QueryParam("page")
            int page;
        }

        @PathParam("shop")
        String shop;

        @QueryParam("tenant")
        String tenant;

        @GET
        public String get(@PathParam("id") String id, @QueryParam("lang") String lang, @BeanParam Paging paging) {
            return "";
        }
    }

    @Test
    void tags_may_name_what_the_method_itself_declares() {
        DeclaredParameters read = of(OfTags.class);

        assertThat(read.ownPathNames()).containsExactly("id");
        assertThat(read.ownQueryNames()).containsExactly("lang", "page");
        assertThat(read.queries()).containsOnlyKeys("lang", "page", "tenant");
    }

    static class OfClass {
        @HeaderParam("X-Field")
        private String field;

        private final String constructed;

        OfClass(@HeaderParam("X-Constructor") String constructed) {
            this.constructed = constructed;
        }

        @HeaderParam("X-Setter")
        public void setIt(String value) {}

        @GET
        public String get() {
            return field + constructed;
        }
    }

    @Test
    void the_fields_setters_and_constructors_of_its_class() {
        DeclaredParameters read = of(OfClass.class);

        assertThat(read.headers()).containsExactly("X-Constructor", "X-Field", "X-Setter");
        assertThat(read.beyondArguments()).isTrue();
    }

    static class Sub extends OfClass {
        Sub() {
            super("");
        }
    }

    @Test
    void what_a_superclass_has_is_inherited_but_its_constructors() {
        assertThat(of(Sub.class).headers()).containsExactly("X-Field", "X-Setter");
    }

    record Inner(
            @HeaderParam("X-Inner") String header,
            @QueryParam("inner") String query) {}

    static class Outer {
        @BeanParam
        Inner inner;

        @BeanParam
        Outer itself;

        @CookieParam("outer")
        String cookie;
    }

    static class WithBean {
        @GET
        public String get(@BeanParam Outer outer) {
            return "";
        }
    }

    static class WithBeanField {
        @BeanParam
        Outer outer;

        @GET
        public String get() {
            return "";
        }
    }

    @Test
    void beans_and_the_beans_in_them() {
        for (Class<?> type : new Class<?>[] {WithBean.class, WithBeanField.class}) {
            DeclaredParameters read = of(type);

            assertThat(read.headers()).containsExactly("X-Inner");
            assertThat(read.queries()).containsOnlyKeys("inner");
            assertThat(read.cookies()).containsEntry("outer", "the field cookie of " + Outer.class.getName());
        }
        assertThat(of(WithBean.class).beyondArguments()).isFalse();
        assertThat(of(WithBeanField.class).beyondArguments()).isTrue();
    }

    abstract static class Generic<P, T> {
        @BeanParam
        P bean;

        @GET
        public String get(@HeaderParam("X-Value") T value) {
            return "";
        }
    }

    abstract static class Between<Q> extends Generic<Q, String> {}

    static class OfGeneric extends Between<Inner> {}

    static class Overriding extends Between<Inner> {
        @Override
        public String get(String value) {
            return "";
        }
    }

    @Test
    void a_generic_superclass_is_read_with_the_types_it_is_given() {
        assertThat(of(OfGeneric.class).headers()).containsExactly("X-Inner", "X-Value");
        assertThat(of(Overriding.class).headers()).containsExactly("X-Inner", "X-Value");
    }

    interface Contract {
        @GET
        String get(@HeaderParam("X-Contract") String value);
    }

    static class OfContract implements Contract {
        @Override
        public String get(String value) {
            return "";
        }
    }

    static class Replacing implements Contract {
        @GET
        @Override
        public String get(@HeaderParam("X-Own") String value) {
            return "";
        }
    }

    @Test
    void the_parameters_of_an_interface_count_where_the_method_has_no_annotation_of_its_own() {
        assertThat(of(OfContract.class).headers()).containsExactly("X-Contract");
        assertThat(of(Replacing.class).headers()).containsExactly("X-Own");
    }

    static class Odd {
        @GET
        public String get(@HeaderParam("cookie") String all, @HeaderParam("no name") String none) {
            return "";
        }
    }

    @Test
    void the_field_cookie_is_a_cookie_and_what_is_no_field_name_is_never_sent() {
        DeclaredParameters read = of(Odd.class);

        assertThat(read.headers()).isEmpty();
        assertThat(read.cookies()).containsOnlyKeys("");
    }

    private static DeclaredParameters of(Class<?> type) {
        Method get = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("get") && !method.isBridge())
                .findFirst()
                .orElseThrow();
        return ResourceParameters.of(type, get);
    }
}
