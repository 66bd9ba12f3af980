package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The applications under test of {@link HitLikeMissValidationIT}. */
class HitLikeMissValidationApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** Its answer is told from each other one by status and field. */
    @Provider
    public static class Violations implements ExceptionMapper<ConstraintViolationException> {
        @Override
        public Response toResponse(ConstraintViolationException e) {
            return Response.status(422)
                    .entity("violated")
                    .type("text/plain")
                    .header("X-Violated", "yes")
                    .build();
        }
    }

    public static class Priced {
        @NotNull
        public String title;

        @Min(1)
        public int price;

        public Priced() {}

        Priced(String title, int price) {
            this.title = title;
            this.price = price;
        }
    }

    @NotNull
    @Size(min = 3)
    @Constraint(validatedBy = {})
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Long3 {
        String message() default "too short";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** What is returned is constrained. A number is one whose empty value, 0, is a violation. */
    @Produces(MediaType.APPLICATION_JSON)
    public abstract static class Returns {

        @Resource
        ManagedExecutorService executor;

        @GET
        @NotNull
        @Path("not-null")
        @Produces(MediaType.TEXT_PLAIN)
        public String notNull() {
            return "text";
        }

        @GET
        @NotNull
        @Size(min = 2, max = 10)
        @Path("size")
        @Produces(MediaType.TEXT_PLAIN)
        public String size() {
            return "text";
        }

        @GET
        @Long3
        @Path("composed")
        @Produces(MediaType.TEXT_PLAIN)
        public String composed() {
            return "text";
        }

        @GET
        @Min(5)
        @Max(50)
        @Path("number")
        @Produces(MediaType.TEXT_PLAIN)
        public int number() {
            return 7;
        }

        @GET
        @NotNull
        @Valid
        @Path("valid")
        public Priced valid() {
            return new Priced("Emma", 5);
        }

        @GET
        @NotEmpty
        @Path("list")
        public List<@Valid Priced> list() {
            return List.of(new Priced("Emma", 5));
        }

        @GET
        @NotNull
        @Path("response")
        @Produces(MediaType.TEXT_PLAIN)
        public Response response() {
            return Response.ok("text").header("X-StoredResponses", "A").build();
        }

        @GET
        @NotNull
        @Path("stage")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<String> stage() {
            return CompletableFuture.supplyAsync(() -> "text", executor);
        }

        @GET
        @NotNull
        @Path("parameter/{n}")
        @Produces(MediaType.TEXT_PLAIN)
        public String parameter(@PathParam("n") @Min(1) int n) {
            return "text " + n;
        }

        @GET
        @NotNull
        @Path("violated")
        @Produces(MediaType.TEXT_PLAIN)
        public String violated() {
            return null;
        }

        @GET
        @Valid
        @Path("invalid")
        public Priced invalid() {
            return new Priced(null, 0);
        }
    }

    @Path("cached/returns")
    @RequestScoped
    @Cache(ttl = 300)
    public static class CachedReturns extends Returns {}

    @Path("direct/returns")
    @RequestScoped
    public static class DirectReturns extends Returns {}

    /** Parameters are constrained, values that are returned are not. */
    @Produces(MediaType.TEXT_PLAIN)
    public abstract static class Parameters {

        @GET
        @Path("path/{n}")
        public String ofPath(@PathParam("n") @Min(1) int n) {
            return "text " + n;
        }

        @GET
        @Path("query")
        public Response ofQuery(@QueryParam("n") @NotNull @Size(min = 2) String n) {
            return Response.ok("text " + n).build();
        }

        @GET
        @Path("stage/{n}")
        public CompletionStage<String> ofStage(@PathParam("n") @Min(1) int n) {
            return CompletableFuture.completedFuture("text " + n);
        }
    }

    @Path("cached/parameters")
    @RequestScoped
    @Cache(ttl = 300)
    public static class CachedParameters extends Parameters {}

    @Path("direct/parameters")
    @RequestScoped
    public static class DirectParameters extends Parameters {}
}
