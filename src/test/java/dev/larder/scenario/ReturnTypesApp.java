package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The application under test of {@link ReturnTypesIT}: each method's path is its name, and its answer tells its run. */
class ReturnTypesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces(MediaType.APPLICATION_JSON)
    @Cache(ttl = 300)
    public static class Returns {

        @Resource
        ManagedExecutorService executor;

        @GET
        @Path("pojo")
        public Book pojo() {
            return new Book("Emma", Runs.of("pojo"));
        }

        @GET
        @Path("list")
        public List<Book> list() {
            return Book.two(Runs.of("list"));
        }

        @GET
        @Path("string")
        @Produces("text/plain;charset=UTF-8")
        public String string() {
            return "run " + Runs.of("string");
        }

        @GET
        @Path("charset")
        @Produces("text/plain;charset=UTF-8")
        public String charset() {
            return "Füchse";
        }

        @GET
        @Path("bytes")
        @Produces("application/octet-stream")
        public byte[] bytes() {
            return new byte[] {0, -1, 127, (byte) Runs.of("bytes")};
        }

        @GET
        @Path("int")
        @Produces(MediaType.TEXT_PLAIN)
        public int primitiveInt() {
            return 7000 + Runs.of("int");
        }

        @GET
        @Path("long")
        @Produces(MediaType.TEXT_PLAIN)
        public long primitiveLong() {
            return (1L << 40) + Runs.of("long");
        }

        @GET
        @Path("boolean")
        @Produces(MediaType.TEXT_PLAIN)
        public boolean primitiveBoolean() {
            return Runs.of("boolean") % 2 == 1;
        }

        @GET
        @Path("optional")
        public Optional<Book> optional() {
            return Optional.of(new Book("Emma", Runs.of("optional")));
        }

        @GET
        @Path("response")
        public Response response() {
            return Response.ok(new Book("Emma", Runs.of("response")))
                    .header("X-StoredResponses", "A")
                    .header("X-StoredResponses", "B")
                    .build();
        }

        @GET
        @Path("response-of-another-type")
        public Response anotherType() {
            return Response.ok("<run>" + Runs.of("response-of-another-type") + "</run>", "application/xml")
                    .build();
        }

        @GET
        @Path("generic-entity")
        public Response genericEntity() {
            return Response.ok(new GenericEntity<>(Book.two(Runs.of("generic-entity"))) {})
                    .build();
        }

        @GET
        @Path("response-without-entity")
        public Response withoutEntity() {
            return Response.ok()
                    .header("X-Run", Runs.of("response-without-entity"))
                    .build();
        }

        @GET
        @Path("not-found")
        public Response notFound() {
            return Response.status(404)
                    .entity(new Book("none", Runs.of("not-found")))
                    .build();
        }

        @GET
        @Path("nothing")
        public Book nothing() {
            Runs.of("nothing");
            return null;
        }

        @GET
        @Path("failing")
        public Book failing() {
            Runs.of("failing");
            throw new IllegalStateException("on purpose");
        }

        @GET
        @Path("streaming")
        @Produces(MediaType.TEXT_PLAIN)
        public StreamingOutput streaming() {
            int run = Runs.of("streaming");
            return out -> {
                for (int i = 0; i < 100; i++) {
                    out.write(("line " + i + " of run " + run + '\n').getBytes(UTF_8));
                }
            };
        }

        @GET
        @Path("suspended")
        public void suspended(@Suspended AsyncResponse response) {
            executor.execute(() -> response.resume(new Book("Emma", Runs.of("suspended"))));
        }

        @GET
        @Path("suspended-response")
        public void suspendedResponse(@Suspended AsyncResponse response) {
            executor.execute(() -> response.resume(Response.ok(new Book("Emma", Runs.of("suspended-response")))
                    .header("X-StoredResponses", "A")
                    .build()));
        }

        @GET
        @Path("suspended-resumed-at-once")
        public void resumedAtOnce(@Suspended AsyncResponse response) {
            response.resume(new Book("Emma", Runs.of("suspended-resumed-at-once")));
        }

        @GET
        @Path("suspended-response-resumed-at-once")
        public void responseResumedAtOnce(@Suspended AsyncResponse response) {
            response.resume(Response.ok(new Book("Emma", Runs.of("suspended-response-resumed-at-once")))
                    .header("X-StoredResponses", "A")
                    .build());
        }

        @GET
        @Path("suspended-failing")
        public void suspendedFailing(@Suspended AsyncResponse response) {
            Runs.of("suspended-failing");
            executor.execute(() -> response.resume(new IllegalStateException("on purpose")));
        }

        @GET
        @Path("suspended-timing-out")
        public void timingOut(@Suspended AsyncResponse response) {
            Runs.of("suspended-timing-out");
            response.setTimeout(50, TimeUnit.MILLISECONDS);
        }

        @GET
        @Path("suspended-timeout-handled")
        public void timeoutHandled(@Suspended AsyncResponse response) {
            Runs.of("suspended-timeout-handled");
            response.setTimeoutHandler(
                    late -> late.resume(Response.status(503).entity("late").build()));
            response.setTimeout(50, TimeUnit.MILLISECONDS);
        }

        @GET
        @Path("stage")
        public CompletionStage<Book> stage() {
            return later(() -> new Book("Emma", Runs.of("stage")));
        }

        @GET
        @Path("stage-of-list")
        public CompletionStage<List<Book>> stageOfList() {
            return later(() -> Book.two(Runs.of("stage-of-list")));
        }

        @GET
        @Path("stage-of-response")
        public CompletionStage<Response> stageOfResponse() {
            return later(() -> Response.ok(new Book("Emma", Runs.of("stage-of-response")))
                    .header("X-StoredResponses", "A")
                    .build());
        }

        @GET
        @Path("future-of-string")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletableFuture<String> futureOfString() {
            return later(() -> "run " + Runs.of("future-of-string"));
        }

        @GET
        @Path("completed-stage")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<String> completedStage() {
            return CompletableFuture.completedFuture("run " + Runs.of("completed-stage"));
        }

        @GET
        @Path("stage-failing")
        public CompletionStage<Book> stageFailing() {
            return later(() -> {
                Runs.of("stage-failing");
                throw new IllegalStateException("on purpose");
            });
        }

        @GET
        @Path("double")
        @Produces(MediaType.TEXT_PLAIN)
        public double primitiveDouble() {
            return 0.5 + Runs.of("double");
        }

        @GET
        @Path("char")
        @Produces(MediaType.TEXT_PLAIN)
        public char primitiveChar() {
            return (char) ('a' + Runs.of("char"));
        }

        @GET
        @Path("stage-of-optional")
        public CompletionStage<Optional<Book>> stageOfOptional() {
            return later(() -> Optional.of(new Book("Emma", Runs.of("stage-of-optional"))));
        }

        @GET
        @Path("stage-of-bytes")
        @Produces("application/octet-stream")
        public CompletionStage<byte[]> stageOfBytes() {
            return later(() -> new byte[] {0, -1, (byte) Runs.of("stage-of-bytes")});
        }

        @GET
        @Path("stage-of-integer")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<Integer> stageOfInteger() {
            return later(() -> 7000 + Runs.of("stage-of-integer"));
        }

        @GET
        @Path("stage-of-nothing")
        public CompletionStage<Book> stageOfNothing() {
            Runs.of("stage-of-nothing");
            // done when it is returned: Jersey makes a 204 of this, and a 200 of one that is done later
            return CompletableFuture.completedFuture(null);
        }

        @GET
        @Path("optional-empty")
        public Optional<Book> optionalEmpty() {
            Runs.of("optional-empty");
            return Optional.empty();
        }

        @GET
        @Path("stage-of-optional-empty")
        public CompletionStage<Optional<Book>> stageOfOptionalEmpty() {
            return later(() -> {
                Runs.of("stage-of-optional-empty");
                return Optional.empty();
            });
        }

        @GET
        @Path("suspended-nothing")
        public void suspendedNothing(@Suspended AsyncResponse response) {
            Runs.of("suspended-nothing");
            response.resume((Object) null);
        }

        @GET
        @Path("mapped")
        public Book mapped() {
            throw new Excused("mapped");
        }

        @GET
        @Path("mapped-from-response")
        public Response mappedFromResponse() {
            throw new Excused("mapped-from-response");
        }

        @GET
        @Path("mapped-from-stage")
        public CompletionStage<Book> mappedFromStage() {
            return later(() -> {
                throw new Excused("mapped-from-stage");
            });
        }

        @GET
        @Path("mapped-from-failed-stage")
        public CompletionStage<Response> mappedFromFailedStage() {
            return CompletableFuture.failedFuture(new Excused("mapped-from-failed-stage"));
        }

        @GET
        @Path("mapped-from-suspended")
        public void mappedFromSuspended(@Suspended AsyncResponse response) {
            executor.execute(() -> response.resume(new Excused("mapped-from-suspended")));
        }

        @GET
        @Path("mapped-from-suspended-at-once")
        public void mappedFromSuspendedAtOnce(@Suspended AsyncResponse response) {
            response.resume(new Excused("mapped-from-suspended-at-once"));
        }

        @GET
        @Path("thrown-response")
        @Produces(MediaType.TEXT_PLAIN)
        public String thrownResponse() {
            throw thrown("thrown-response");
        }

        @GET
        @Path("thrown-response-of-stage")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<String> thrownResponseOfStage() {
            return later(() -> {
                throw thrown("thrown-response-of-stage");
            });
        }

        @GET
        @Path("thrown-response-of-suspended")
        @Produces(MediaType.TEXT_PLAIN)
        public void thrownResponseOfSuspended(@Suspended AsyncResponse response) {
            response.resume(thrown("thrown-response-of-suspended"));
        }

        private static WebApplicationException thrown(String path) {
            return new WebApplicationException(
                    Response.ok("run " + Runs.of(path), MediaType.TEXT_PLAIN).build());
        }

        private <T> CompletableFuture<T> later(Supplier<T> value) {
            return CompletableFuture.supplyAsync(value, executor);
        }
    }

    /** An exception that a mapper makes a 200 of. */
    public static class Excused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Excused(String path) {
            super("run " + Runs.of(path));
        }
    }

    @Provider
    public static class Excuse implements ExceptionMapper<Excused> {
        @Override
        public Response toResponse(Excused exception) {
            return Response.ok(exception.getMessage(), MediaType.TEXT_PLAIN).build();
        }
    }
}
