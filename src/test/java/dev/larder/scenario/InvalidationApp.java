package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The application under test of {@link InvalidationIT}: what is read says which run of its path this is. */
class InvalidationApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @HttpMethod("BORROW")
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Borrow {}

    /** Read by each of them, changed by each of them. */
    @Path("things/{id}")
    @RequestScoped
    public static class Things {

        @Context
        UriInfo uri;

        @GET
        @Cache(ttl = 300)
        @Produces({"text/plain", "text/html"})
        public String read() {
            return "run " + Runs.of(uri.getPath());
        }

        @PUT
        public Response put(@QueryParam("status") int status, @QueryParam("location") String location) {
            return answer(status, "Location", location);
        }

        @POST
        public Response post(@QueryParam("status") int status, @QueryParam("location") String location) {
            return answer(status, "Content-Location", location);
        }

        @PATCH
        public Response patch(@QueryParam("status") int status) {
            return answer(status, "Location", null);
        }

        @DELETE
        public Response delete(@QueryParam("status") int status) {
            return answer(status, "Location", null);
        }

        @Borrow
        public Response borrow(@QueryParam("status") int status) {
            return answer(status, "Location", null);
        }

        private static Response answer(int status, String name, String location) {
            Response.ResponseBuilder response = Response.status(status);
            return location == null
                    ? response.build()
                    : response.header(name, location).build();
        }

        @PUT
        @Path("throwing")
        public void throwing(@QueryParam("status") int status) {
            throw new Mapped(status);
        }

        @GET
        @Path("throwing")
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String readThrowing() {
            return read();
        }

        @PUT
        @Path("web-exception")
        public void webException(@QueryParam("status") int status) {
            throw new WebApplicationException(Response.status(status).build());
        }

        @GET
        @Path("web-exception")
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String readWebException() {
            return read();
        }

        @GET
        @Path("second")
        @Cache(ttl = 300, backend = "second", version = "v9")
        @Produces("text/plain")
        public String second() {
            return read();
        }

        @PUT
        @Path("second")
        public void putSecond() {}

        @GET
        @Path("generated")
        @Cache(ttl = 300, keyGenerator = ByPath.class)
        @Produces("text/plain")
        public String generated() {
            return read();
        }

        @PUT
        @Path("generated")
        public void putGenerated() {}

        @GET
        @Path("suspended")
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String readSuspended() {
            return read();
        }

        @PUT
        @Path("suspended")
        public void suspended(@Suspended AsyncResponse response) {
            new Thread(() -> response.resume(Response.noContent().build())).start();
        }

        @GET
        @Path("stage")
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String readStage() {
            return read();
        }

        @PUT
        @Path("stage")
        public CompletionStage<Response> stage() {
            CompletableFuture<Response> stage = new CompletableFuture<>();
            new Thread(() -> stage.complete(Response.noContent().build())).start();
            return stage;
        }
    }

    /** Without the annotation anywhere. */
    @Path("things/{id}/elsewhere")
    public static class Elsewhere {
        @PUT
        @Consumes("*/*")
        public void put() {}
    }

    @Path("things/{id}/elsewhere")
    @RequestScoped
    public static class ElsewhereRead {
        @Context
        UriInfo uri;

        @GET
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String read() {
            return "run " + Runs.of(uri.getPath());
        }
    }

    @Path("located/{id}")
    @RequestScoped
    public static class Located {
        @Inject
        Sub sub;

        @Path("sub")
        public Sub sub() {
            return sub;
        }

        @GET
        @Path("of/sub")
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String read(@PathParam("id") String id) {
            return "run " + Runs.of("of/" + id);
        }
    }

    @RequestScoped
    public static class Sub {
        @POST
        public Response post(@PathParam("id") String id) {
            return Response.noContent().header("Content-Location", "of/sub").build();
        }
    }

    /** Reads that wait until they are told to go on. */
    @Path("slow/{id}")
    @RequestScoped
    public static class Slow {

        private static final Map<String, CountDownLatch> BEGUN = new ConcurrentHashMap<>();
        private static final Map<String, CountDownLatch> LEAVE = new ConcurrentHashMap<>();
        private static final Map<String, String> VALUES = new ConcurrentHashMap<>();

        @GET
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String read(@PathParam("id") String id, @Context HttpHeaders headers) throws InterruptedException {
            String value = VALUES.getOrDefault(id, "old");
            if (headers.getHeaderString("X-Wait") != null) {
                latch(BEGUN, id).countDown();
                pass(latch(LEAVE, id));
            }
            return value;
        }

        @PUT
        public void put(@PathParam("id") String id) {
            VALUES.put(id, "new");
        }

        @GET
        @Path("begun")
        public void begun(@PathParam("id") String id) throws InterruptedException {
            pass(latch(BEGUN, id));
        }

        @GET
        @Path("leave")
        public void leave(@PathParam("id") String id) {
            latch(LEAVE, id).countDown();
        }

        private static CountDownLatch latch(Map<String, CountDownLatch> latches, String id) {
            return latches.computeIfAbsent(id, any -> new CountDownLatch(1));
        }

        private static void pass(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody came");
            }
        }
    }

    public static class Mapped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Mapped(int status) {
            this.status = status;
        }
    }

    @Provider
    public static class Mapper implements ExceptionMapper<Mapped> {
        @Override
        public Response toResponse(Mapped exception) {
            return Response.status(exception.status).build();
        }
    }

    public static class ByPath implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return context.uriInfo().getPath();
        }
    }
}
