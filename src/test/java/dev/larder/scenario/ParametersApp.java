package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The application under test of {@link ParametersIT}: resources that read a request header. */
class ParametersApp {

    static String seen(String by, String tenant) {
        return by + " for " + tenant + " " + Runs.of(by);
    }

    @Path("method")
    @RequestScoped
    @Produces("text/plain")
    @Cache(ttl = 600)
    public static class OfMethod {

        @Resource
        ManagedExecutorService executor;

        @GET
        public String get(@HeaderParam("X-Tenant") String tenant) {
            return seen("method", tenant);
        }

        @GET
        @Path("response")
        public Response response(@HeaderParam("X-Tenant") String tenant) {
            return Response.ok(seen("response", tenant)).build();
        }

        @GET
        @Path("stage")
        public CompletionStage<String> stage(@HeaderParam("X-Tenant") String tenant) {
            return CompletableFuture.supplyAsync(() -> seen("stage", tenant), executor);
        }

        @GET
        @Path("suspended")
        public void suspended(@HeaderParam("X-Tenant") String tenant, @Suspended AsyncResponse response) {
            executor.execute(() -> response.resume(seen("suspended", tenant)));
        }

        @GET
        @Path("generated")
        @Cache(ttl = 600, keyGenerator = OneKey.class)
        public String generated(@HeaderParam("X-Tenant") String tenant, @CookieParam("theme") String theme) {
            return seen("generated", tenant);
        }

        @GET
        @Path("varied/{field}")
        public Response varied(@PathParam("field") String field) {
            return Response.ok("varied " + Runs.of("varied"))
                    .header("Vary", field)
                    .build();
        }

        @GET
        @Path("expiring/{date}")
        @Cache(ttl = Cache.FROM_RESPONSE)
        public Response expiring(@PathParam("date") String date) {
            return Response.ok("expiring " + Runs.of("expiring"))
                    .header("Expires", date)
                    .build();
        }

        @GET
        @Path("language")
        public String language(@HeaderParam("Accept-Language") String language) {
            return seen("language", language);
        }
    }

    public static class OneKey implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "one";
        }
    }

    public static class AnotherKey implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "another";
        }
    }

    /** Without a scope. */
    @Path("field")
    @Produces("text/plain")
    public static class OfField {
        @HeaderParam("X-Tenant")
        String tenant;

        @GET
        @Cache(ttl = 600)
        public String get() {
            return seen("field", tenant);
        }
    }

    public abstract static class Base {
        @HeaderParam("X-Tenant")
        String inherited;
    }

    @Path("inherited")
    @Produces("text/plain")
    public static class OfSuperclass extends Base {
        @GET
        @Cache(ttl = 600)
        public String get() {
            return seen("inherited", inherited);
        }
    }

    @Path("setter")
    @Produces("text/plain")
    public static class OfSetter {
        private String tenant;

        @HeaderParam("X-Tenant")
        public void setTenant(String tenant) {
            this.tenant = tenant;
        }

        @GET
        @Cache(ttl = 600)
        public String get() {
            return seen("setter", tenant);
        }
    }

    public static class Inner {
        @HeaderParam("X-Tenant")
        public String tenant;
    }

    public static class Outer {
        @BeanParam
        public Inner inner;
    }

    @Path("bean")
    @RequestScoped
    @Produces("text/plain")
    public static class OfBean {
        @GET
        @Cache(ttl = 600)
        public String get(@BeanParam Outer outer) {
            return seen("bean", outer.inner.tenant);
        }
    }

    @Path("bean-field")
    @Produces("text/plain")
    public static class OfBeanField {
        @BeanParam
        Outer outer;

        @GET
        @Cache(ttl = 600)
        public String get() {
            return seen("bean-field", outer.inner.tenant);
        }
    }

    public interface Contract {
        @GET
        @Produces("text/plain")
        String get(@HeaderParam("X-Tenant") String tenant);
    }

    @Path("contract")
    @RequestScoped
    public static class OfContract implements Contract {
        @Override
        @Cache(ttl = 600)
        public String get(String tenant) {
            return seen("contract", tenant);
        }
    }

    public abstract static class Generic<T> {
        @GET
        @Produces("text/plain")
        @Cache(ttl = 600)
        public String get(@HeaderParam("X-Tenant") T tenant) {
            return seen("generic", String.valueOf(tenant));
        }
    }

    @Path("generic")
    @RequestScoped
    public static class OfGeneric extends Generic<String> {
        @Override
        @Cache(ttl = 600)
        public String get(String tenant) {
            return seen("generic", tenant);
        }
    }

    @Path("locator")
    public static class Locator {
        @Path("made")
        public Located made() {
            return new Located();
        }
    }

    public static class Located {
        @GET
        @Path("{id}")
        @Produces("text/plain")
        @Cache(ttl = 600)
        public String get(@PathParam("id") String id, @HeaderParam("X-Tenant") String tenant) {
            return seen("made", tenant);
        }
    }

    /** Passes on what it reads to the sub-resource, whose class reads nothing. */
    @Path("passing")
    public static class Passing {
        @HeaderParam("X-Field")
        String field;

        @Path("header")
        public Passed header(@HeaderParam("X-Tenant") String tenant) {
            return new Passed(tenant);
        }
    }

    @Path("passing-cookie")
    public static class PassingCookie {
        @Path("cookie")
        public Passed cookie(@CookieParam("X-Tenant") String tenant) {
            return new Passed(tenant);
        }
    }

    @Path("passing-id")
    public static class PassingId {
        @Path("{id}")
        public Passed id(@PathParam("id") String id) {
            return new Passed(id);
        }
    }

    public static class Passed {
        private final String tenant;

        Passed(String tenant) {
            this.tenant = tenant;
        }

        @GET
        @Produces("text/plain")
        @Cache(ttl = 600)
        public String get() {
            return seen("passed", tenant);
        }

        @GET
        @Path("listed")
        @Produces("text/plain")
        @Cache(
                ttl = 600,
                varyBy = {"x-tenant", "x-field"})
        public String listed() {
            return seen("listed", tenant);
        }

        @GET
        @Path("generated")
        @Produces("text/plain")
        @Cache(ttl = 600, keyGenerator = AnotherKey.class)
        public String generated() {
            return seen("passed-generated", tenant);
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Changed {}

    /** Gives the method another argument for each tenant. */
    @Changed
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class ChangingInterceptor {
        @Inject
        HttpServletRequest request;

        @AroundInvoke
        Object change(InvocationContext call) throws Exception {
            Object[] arguments = call.getParameters();
            String tenant = request.getHeader("X-Tenant");
            if (tenant != null) {
                arguments[0] = tenant;
                call.setParameters(arguments);
            }
            return call.proceed();
        }
    }

    @Path("changed")
    @RequestScoped
    @Produces("text/plain")
    public static class OfInterceptor {
        @GET
        @Changed
        @Cache(ttl = 600)
        @Path("{argument}")
        public String get(@PathParam("argument") String argument) {
            return seen("changed", argument);
        }
    }

    /** Calls a cached resource method as a bean's. */
    @Path("nested")
    @RequestScoped
    @Produces("text/plain")
    public static class Nested {
        @Inject
        Called called;

        @GET
        public String get(@HeaderParam("X-Tenant") String tenant) {
            return called.get(tenant);
        }
    }

    @Path("called")
    @RequestScoped
    @Produces("text/plain")
    public static class Called {
        @GET
        @Cache(ttl = 600)
        public String get(@HeaderParam("X-Tenant") String tenant) {
            return seen("called", tenant);
        }
    }
}
