package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The application under test of {@link ResourceKindsIT}: each path answers which run of it this is. */
class ResourceKindsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("plain")
    @Produces("text/plain")
    public static class Plain {
        @GET
        @Cache(ttl = 300)
        public String get() {
            return "plain " + Runs.of("plain");
        }
    }

    @Path("request-scoped")
    @RequestScoped
    @Produces("text/plain")
    public static class OfARequest {
        @GET
        @Cache(ttl = 300)
        public String get() {
            return "request-scoped " + Runs.of("request-scoped");
        }
    }

    @Stereotype
    @RequestScoped
    @Cache(ttl = 300)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface CachedResource {}

    @Path("by-stereotype")
    @CachedResource
    @Produces("text/plain")
    public static class ByStereotype {
        @GET
        public String get() {
            return "by-stereotype " + Runs.of("by-stereotype");
        }
    }

    @Path("application-scoped")
    @ApplicationScoped
    @Produces("text/plain")
    public static class OfTheApplication {
        @GET
        @Cache(ttl = 300)
        public String get() {
            return "application-scoped " + Runs.of("application-scoped");
        }
    }

    @Path("shelves/{shelf}")
    @RequestScoped
    public static class Shelves {
        @Inject
        BooksOfShelf injected;

        @Path("injected")
        public BooksOfShelf injected() {
            return injected;
        }

        @Path("new")
        public NewBooks made(@PathParam("shelf") String shelf) {
            return new NewBooks(shelf);
        }
    }

    @RequestScoped
    @Produces("text/plain")
    public static class BooksOfShelf {
        @GET
        @Cache(ttl = 300)
        public String get(@PathParam("shelf") String shelf) {
            return shelf + " " + Runs.of("injected-" + shelf);
        }
    }

    @Produces("text/plain")
    public static class NewBooks {
        private final String shelf;

        NewBooks(String shelf) {
            this.shelf = shelf;
        }

        @GET
        @Cache(ttl = 300)
        public String get() {
            return shelf + " " + Runs.of("new-" + shelf);
        }

        private String next(String kind) {
            return shelf + " " + Runs.of("new-" + kind + "-" + shelf);
        }

        @GET
        @Path("response")
        @Cache(ttl = 300)
        public Response response() {
            return Response.ok(next("response")).build();
        }

        @GET
        @Path("stage")
        @Cache(ttl = 300)
        public CompletionStage<String> stage() {
            String answer = next("stage");
            return CompletableFuture.supplyAsync(() -> answer);
        }

        @GET
        @Path("stage-of-response")
        @Cache(ttl = 300)
        public CompletionStage<Response> stageOfResponse() {
            Response answer = Response.ok(next("stage-of-response")).build();
            return CompletableFuture.supplyAsync(() -> answer);
        }

        @GET
        @Path("completed-stage-of-response")
        @Cache(ttl = 300)
        public CompletionStage<Response> completedStageOfResponse() {
            return CompletableFuture.completedFuture(
                    Response.ok(next("completed-stage-of-response")).build());
        }

        @GET
        @Path("suspended")
        @Cache(ttl = 300)
        public void suspended(@Suspended AsyncResponse response) {
            CompletableFuture.runAsync(() -> response.resume(next("suspended")));
        }

        @GET
        @Path("suspended-response")
        @Cache(ttl = 300)
        public void suspendedResponse(@Suspended AsyncResponse response) {
            CompletableFuture.runAsync(() ->
                    response.resume(Response.ok(next("suspended-response")).build()));
        }

        @GET
        @Path("refused-stage")
        @Cache(ttl = 300)
        public CompletionStage<Response> refusedStage() {
            return CompletableFuture.supplyAsync(() -> {
                throw new Refused(next("refused-stage"));
            });
        }

        @GET
        @Path("refused-completed-stage")
        @Cache(ttl = 300)
        public CompletionStage<Response> refusedCompletedStage() {
            return CompletableFuture.failedFuture(new Refused(next("refused-completed-stage")));
        }

        @GET
        @Path("refused-suspended")
        @Cache(ttl = 300)
        public void refusedSuspended(@Suspended AsyncResponse response) {
            CompletableFuture.runAsync(() -> response.resume(new Refused(next("refused-suspended"))));
        }

        @GET
        @Path("refused-call")
        @Cache(ttl = 300)
        public CompletionStage<Response> refusedCall() {
            throw new Refused(next("refused-call"));
        }

        @GET
        @Path("resumed-at-once")
        @Cache(ttl = 300)
        public void resumedAtOnce(@Suspended AsyncResponse response) {
            response.resume(Response.ok(next("resumed-at-once")).build());
        }
    }

    /** Mapped to a 200, which only its mapper makes. */
    public static class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    @Provider
    public static class Refusals implements ExceptionMapper<Refused> {
        @Override
        public Response toResponse(Refused refused) {
            return Response.ok(refused.getMessage(), "text/plain").build();
        }
    }

    public static class Unwritable {}

    @Path("unwritable")
    @RequestScoped
    public static class OfUnwritable {
        @GET
        @Produces("application/x-unwritable")
        @Cache(ttl = 300)
        public Unwritable get() {
            Runs.of("unwritable");
            return new Unwritable();
        }
    }

    @Path("class-level")
    @RequestScoped
    @Produces("text/plain")
    @Cache(ttl = 300)
    public static class OnType {
        @GET
        public String get() {
            return "class-level " + Runs.of("class-level");
        }

        @POST
        public String post() {
            return "post " + Runs.of("class-level-post");
        }

        @GET
        @Path("replaced")
        @Cache(ttl = 0)
        public String replaced() {
            return "replaced " + Runs.of("class-level-replaced");
        }
    }

    public interface Contract {
        @GET
        @Produces("text/plain")
        String get();
    }

    @Path("from-interface")
    @RequestScoped
    public static class OfInterface implements Contract {
        @Override
        @Cache(ttl = 300)
        public String get() {
            return "from-interface " + Runs.of("from-interface");
        }
    }

    public abstract static class Base {
        @GET
        @Produces("text/plain")
        public String get() {
            return name() + " " + Runs.of(name());
        }

        @GET
        @Path("cached-above")
        @Produces("text/plain")
        @Cache(ttl = 300)
        public String above() {
            return "cached-above " + Runs.of("from-superclass/cached-above");
        }

        abstract String name();
    }

    @Path("from-superclass")
    @RequestScoped
    public static class OfSuperclass extends Base {
        @Override
        @Cache(ttl = 300)
        public String get() {
            return super.get();
        }

        @Override
        String name() {
            return "from-superclass";
        }
    }

    @Path("calling")
    @RequestScoped
    @Produces("text/plain")
    public static class Calling {
        @Inject
        OfTheApplication resource;

        @Inject
        Rates rates;

        @Inject
        OwnRates ownRates;

        @GET
        @Path("resource")
        public String resource() {
            return resource.get();
        }

        @GET
        @Path("bean")
        public String bean() {
            return Runs.of("calling-bean") + " " + rates.of("EUR");
        }

        @GET
        @Path("produced")
        public String produced() {
            return Runs.of("calling-produced") + " " + ownRates.of("CHF");
        }

        @GET
        @Path("bean-while-cached/{n}")
        @Cache(ttl = 300)
        public String whileCached(@PathParam("n") int n) {
            return n + " " + Runs.of("bean-while-cached") + " " + rates.of("USD");
        }
    }

    @ApplicationScoped
    public static class Rates {
        @Cache(ttl = 300)
        public String of(String currency) {
            return currency + Runs.of("rate-" + currency);
        }
    }

    /** No bean by itself. */
    @Vetoed
    public static class OwnRates {
        private final String source;

        public OwnRates() {
            this("");
        }

        OwnRates(String source) {
            this.source = source;
        }

        @Cache(ttl = 300)
        public String of(String currency) {
            return source + " " + currency + Runs.of("rate-" + currency);
        }
    }

    @ApplicationScoped
    public static class ProducerOfRates {
        @jakarta.enterprise.inject.Produces
        OwnRates rates(InterceptionFactory<OwnRates> interceptors) {
            return interceptors.createInterceptedInstance(new OwnRates("own"));
        }
    }
}
