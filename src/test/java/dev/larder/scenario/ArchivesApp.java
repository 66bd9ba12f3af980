package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The resources under test of {@link ArchivesIT}. */
class ArchivesApp {

    @Path("plain")
    @Produces("text/plain")
    public static class Plain {
        @GET
        @Cache(ttl = 300)
        public String get() {
            return "plain " + Runs.of("plain");
        }

        @GET
        @Path("keyed")
        @Cache(ttl = 300, keyGenerator = FirstArgument.class)
        public String keyed(@QueryParam("id") String id, @QueryParam("other") String other) {
            return id + " " + Runs.of("keyed");
        }

        @GET
        @Path("failing-alike")
        @Cache(ttl = 300)
        public String failingAlike() {
            throw new MappedException("mapped " + Runs.of("failing-alike"));
        }

        @GET
        @Path("changed")
        @Cache(ttl = 300)
        public String changed() {
            return "changed " + Runs.of("changed");
        }

        @PUT
        @Path("changed")
        public void change() {}

        @GET
        @Path("failing")
        @Cache(ttl = 300)
        public int failing() {
            throw new MappedException("mapped " + Runs.of("failing"));
        }
    }

    @Path("injected")
    @Produces("text/plain")
    public static class Injected {
        @Context
        UriInfo uri;

        @QueryParam("field")
        String field;

        @GET
        @Cache(ttl = 300)
        public String fields() {
            return uri.getPath() + " " + field + " " + Runs.of("fields");
        }
    }

    /** No container but that of Jakarta REST can make it. */
    @Path("constructed")
    @Produces("text/plain")
    public static class Constructed {
        private final String id;

        public Constructed(@QueryParam("id") String id) {
            this.id = id;
        }

        @GET
        @Cache(ttl = 300)
        public String get() {
            return id + " " + Runs.of("constructed");
        }
    }

    public static class MappedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public MappedException(String message) {
            super(message);
        }
    }

    @Provider
    public static class Mapper implements ExceptionMapper<MappedException> {
        @Override
        public Response toResponse(MappedException exception) {
            return Response.ok(exception.getMessage(), "text/plain").build();
        }
    }

    public static class FirstArgument implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return keyPrefix + context.resourceMethod().getName() + "/" + context.parameters()[0];
        }
    }
}
