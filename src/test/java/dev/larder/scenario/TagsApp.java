package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The application under test of {@link TagsIT}: what is read says which run of its path this is. */
class TagsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public record Book(long id, String author) {
        public static Book valueOf(String text) {
            return new Book(Long.parseLong(text), "a" + text);
        }
    }

    /** Invalidates what a request names. */
    @Path("invalidate")
    public static class Invalidate {

        @PUT
        public Response put(@QueryParam("groups") String groups, @QueryParam("status") int status) {
            return Response.status(status == 0 ? 204 : status)
                    .header("Cache-Group-Invalidation", groups)
                    .header("Cache-Groups", "\"unsafe\"")
                    .build();
        }
    }

    /** A plain class, whose hits are served by the filter. */
    @Path("early/{id}")
    @Produces("text/plain")
    @ApplicationScoped
    public static class Early {

        @GET
        @Cache(
                ttl = 300,
                tags = {"books", "book:{id}"})
        public String read(@PathParam("id") String id) {
            return "run " + Runs.of("early/" + id);
        }
    }

    @Path("books")
    @Produces("text/plain")
    @RequestScoped
    public static class Books {

        @Context
        UriInfo uri;

        @Context
        HttpHeaders headers;

        @Inject
        Values values;

        private String run() {
            return "run " + Runs.of(uri.getRequestUri().toString());
        }

        @GET
        @Path("constant")
        @Cache(
                ttl = 300,
                tags = {"constant", "both"})
        public String constant() {
            return run();
        }

        @GET
        @Path("path/{id}")
        @Cache(
                ttl = 300,
                tags = {"path:{id}", "both"})
        public String path(@PathParam("id") String id) {
            return run();
        }

        @GET
        @Path("query")
        @Cache(ttl = 300, tags = "query:{author}")
        public String query(@QueryParam("author") String author) {
            return run();
        }

        @GET
        @Path("number/{id}")
        @Cache(ttl = 300, tags = "number:{0}")
        public String number(@PathParam("id") long id) {
            return run();
        }

        @GET
        @Path("dotted/{book}")
        @Cache(ttl = 300, tags = "dotted:{0.author}")
        public String dotted(@PathParam("book") Book book) {
            return run();
        }

        @GET
        @Path("generated/{id}")
        @Cache(ttl = 300, tags = "generated:{id}", keyGenerator = Generator.class)
        public String generated(@PathParam("id") String id) {
            return run();
        }

        @GET
        @Path("varied")
        @Cache(ttl = 300, tags = "varied")
        public Response varied() {
            return Response.ok(run() + headers.getHeaderString("X-Tenant"))
                    .header("Vary", "X-Tenant")
                    .header("Cache-Groups", "\"tenant:" + headers.getHeaderString("X-Tenant") + "\"")
                    .build();
        }

        @GET
        @Path("slow/{id}")
        @Cache(ttl = 300, tags = "slow:{id}")
        public String slow(@PathParam("id") String id) throws InterruptedException {
            String run = run();
            if (Arrivals.awaitOthers(1)) {
                Gate.pass(id);
            }
            return run;
        }

        @GET
        @Path("grouped")
        @Cache(ttl = 300, tags = "grouped")
        public Response grouped(@QueryParam("groups") String groups, @QueryParam("gate") String gate)
                throws InterruptedException {
            if (gate != null) {
                Gate.pass(gate);
            }
            return Response.ok(run()).header("Cache-Groups", groups).build();
        }

        @GET
        @Path("shown")
        @Cache(ttl = 300)
        public Response shown() {
            return Response.ok(run()).header("Cache-Groups", "\"shown\"").build();
        }

        @GET
        @Path("overridden")
        @Cache(ttl = 300, tags = "annotated")
        public String overridden() {
            return run();
        }

        @GET
        @Path("failing")
        @Cache(ttl = 300)
        public Response failing() {
            return Response.status(404).header("Cache-Groups", "\"failing\"").build();
        }

        @GET
        @Path("value/{id}")
        public String value(@PathParam("id") String id) {
            return values.of(new Book(7, id));
        }

        @Path("sub/{shelf}")
        public Shelf shelf() {
            return new Shelf();
        }
    }

    /** No bean. */
    @Produces("text/plain")
    public static class Shelf {

        @GET
        @Path("{id}")
        @Cache(ttl = 300, tags = "shelf:{shelf}:{id}")
        public String read(@PathParam("shelf") String shelf, @PathParam("id") String id) {
            return "run " + Runs.of("shelf/" + shelf + "/" + id);
        }
    }

    @ApplicationScoped
    public static class Values {

        @Cache(
                ttl = 300,
                tags = {"values", "value:{0.author}"})
        public String of(Book book) {
            return "run " + Runs.of("value/" + book.author());
        }
    }

    public static class Generator implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "generated " + context.uriInfo().getPath();
        }
    }
}
