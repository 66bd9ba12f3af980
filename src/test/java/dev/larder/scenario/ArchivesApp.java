package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
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
