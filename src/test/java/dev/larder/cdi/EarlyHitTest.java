package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.ICacheService;
import dev.larder.cdi.Deployments.Deployment;
import dev.larder.policy.GivenProperties;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.Serializable;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A filter serves a hit only if nothing between it and the method could make a difference. */
class EarlyHitTest {

    /** What a resource of an ordinary application looks like. */
    @Path("ordinary")
    @RequestScoped
    public static class Ordinary implements Serializable {
        @Inject
        Shared shared;

        @Inject
        Instance<Shared> any;

        @Inject
        ICacheService caches;

        @Context
        UriInfo uri;

        private String note;

        @GET
        @Cache
        @Path("{id}")
        public String get(
                @PathParam("id") long id,
                @DefaultValue("1") @QueryParam("page") int page,
                @QueryParam("tag") List<String> tags,
                @Context UriInfo info) {
            return note;
        }

        @POST
        @RolesAllowed("clerk")
        public void change() {}
    }

    /** What is cached, where the obstacle is elsewhere. */
    public static class Answering {
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @ApplicationScoped
    public static class Shared {}

    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @InterceptorBinding
    public @interface Audited {}

    @Audited
    @Interceptor
    public static class Audit {
        @AroundInvoke
        Object audit(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    public static class User {}

    @Dependent
    public static class Users {
        @Produces
        User current() {
            return new User();
        }
    }

    public static class Generator implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "k";
        }
    }

    public interface Decorable {
        String get();
    }

    @Audited
    public static class AuditedParent extends Answering {}

    public static class Permitting {
        @PermitAll
        public String get() {
            return "";
        }
    }

    public static class Preparing extends Answering {
        @PostConstruct
        void prepare() {}
    }

    public static class WithHeader extends Answering {
        @HeaderParam("X")
        int header;
    }

    @Retention(RetentionPolicy.RUNTIME)
    public @interface Constrained {}

    @Path("x")
    @RequestScoped
    @Audited
    public static class Intercepted extends Answering {}

    @Path("x")
    @RequestScoped
    public static class InterceptedMethod {
        @Audited
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class InterceptedParent extends AuditedParent {}

    @Path("x")
    @RequestScoped
    public static class Activating {
        @ActivateRequestContext
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class OwnInterceptor extends Answering {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    @Path("x")
    @RequestScoped
    @RolesAllowed("clerk")
    public static class Secured extends Answering {}

    @Path("x")
    @RequestScoped
    public static class SecuredMethod {
        @RolesAllowed("clerk")
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class SecuredOverridden extends Permitting {
        @Override
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class Prepared extends Preparing {}

    @Path("x")
    @RequestScoped
    public static class Initialised extends Answering {
        @Inject
        void with(Shared shared) {}
    }

    @Path("x")
    @RequestScoped
    public static class Constructed extends Answering {
        Constructed() {}

        @Inject
        Constructed(Shared shared) {}
    }

    @Path("x")
    @RequestScoped
    public static class ForUser extends Answering {
        @Inject
        User user;
    }

    @Path("x")
    @RequestScoped
    public static class FieldHeader extends WithHeader {}

    @Path("x")
    @RequestScoped
    public static class ConstrainedParameter {
        @GET
        @Cache
        public String get(@Constrained @QueryParam("q") String query) {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class ConstrainedProperty extends Answering {
        @Constrained
        public String getName() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class ConstrainedField extends Answering {
        @Constrained
        private String name;
    }

    @Path("x")
    @RequestScoped
    public static class Headers {
        @GET
        @Cache
        public String get(@HeaderParam("X") int header) {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class BeanParams {
        @GET
        @Cache
        public String get(@BeanParam User user) {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class Converted {
        @GET
        @Cache
        public String get(@QueryParam("user") User user) {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class Body {
        @GET
        @Cache
        public String get(String body) {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class Generated {
        @GET
        @Cache(keyGenerator = Generator.class)
        public String get() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class Decorated implements Decorable {
        @Override
        @GET
        @Cache
        public String get() {
            return "";
        }
    }

    @RequestScoped
    public static class SubResource extends Answering {}

    static Stream<Arguments> obstacles() {
        return Stream.of(
                arguments(Intercepted.class, "@dev.larder.cdi.EarlyHitTest$Audited on the class"),
                arguments(InterceptedMethod.class, "@dev.larder.cdi.EarlyHitTest$Audited on the method"),
                arguments(InterceptedParent.class, "@dev.larder.cdi.EarlyHitTest$Audited on the class"),
                arguments(Activating.class, "@jakarta.enterprise.context.control.ActivateRequestContext on the method"),
                arguments(Secured.class, "@jakarta.annotation.security.RolesAllowed on the class"),
                arguments(SecuredMethod.class, "@jakarta.annotation.security.RolesAllowed on the method"),
                arguments(SecuredOverridden.class, "@jakarta.annotation.security.PermitAll on the method"),
                arguments(Prepared.class, "@jakarta.annotation.PostConstruct on prepare"),
                arguments(Initialised.class, "@jakarta.inject.Inject on with"),
                arguments(Constructed.class, "the constructor, which has parameters"),
                arguments(ForUser.class, "the injected dev.larder.cdi.EarlyHitTest$User"),
                arguments(FieldHeader.class, "@jakarta.ws.rs.HeaderParam on header"),
                arguments(ConstrainedParameter.class, "the parameter java.lang.String"),
                arguments(ConstrainedProperty.class, "@dev.larder.cdi.EarlyHitTest$Constrained on getName"),
                arguments(ConstrainedField.class, "@dev.larder.cdi.EarlyHitTest$Constrained on name"),
                arguments(Headers.class, "the parameter int"),
                arguments(BeanParams.class, "the parameter dev.larder.cdi.EarlyHitTest$User"),
                arguments(Converted.class, "the parameter dev.larder.cdi.EarlyHitTest$User"),
                arguments(Body.class, "the parameter java.lang.String"),
                arguments(Generated.class, "the key generator"),
                arguments(Decorated.class, "the interface dev.larder.cdi.EarlyHitTest$Decorable"),
                arguments(SubResource.class, "the locator of a sub-resource"));
    }

    @ParameterizedTest
    @MethodSource
    void obstacles(Class<?> resource, String expected) {
        assertThat(obstacle(GivenProperties.of(), resource)).startsWith(expected);
    }

    @Test
    void an_ordinary_resource_is_answered_early() {
        assertThat(obstacle(GivenProperties.of(), Ordinary.class)).isNull();
    }

    @Test
    void a_query_parameter_that_the_key_lists_is_no_obstacle() {
        assertThat(obstacle(GivenProperties.of("cache.query-params", "page,tag"), Ordinary.class))
                .isNull();
    }

    private static String obstacle(GivenProperties properties, Class<?> resource) {
        try (Deployment deployment =
                Deployments.configured(properties, resource, Shared.class, Users.class, Audit.class, Generator.class)) {
            BeanManager manager = deployment.container().getBeanManager();
            ResolvedMethod cached = manager.getExtension(LarderExtension.class)
                    .modules()
                    .current()
                    .methods()
                    .classOf(resource)
                    .methods()
                    .iterator()
                    .next();
            Bean<?> bean = manager.resolve(manager.getBeans(resource));
            Beans beans = new Beans(manager, manager.getBeans(Object.class, Any.Literal.INSTANCE));
            String obstacle = new EarlyHit(manager.createAnnotatedType(resource), bean.getInjectionPoints())
                    .obstacle(cached.policy(), beans::isLazy);
            assertThat(cached.early()).isEqualTo(obstacle == null);
            return obstacle;
        }
    }
}
