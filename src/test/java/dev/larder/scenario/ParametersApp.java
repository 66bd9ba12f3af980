package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
