package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

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
    }

    public static class FirstArgument implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return keyPrefix + context.resourceMethod().getName() + "/" + context.parameters()[0];
        }
    }
}
