package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link MetricsIT}: a cached resource method, a cached bean method, and the service. */
class MetricsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("books")
    @Produces("text/plain")
    @ApplicationScoped
    public static class Books {

        @GET
        @Path("{id}")
        @Cache(ttl = 300)
        public String read(@PathParam("id") String id) {
            return "book " + id;
        }
    }

    @Path("loans")
    @Produces("text/plain")
    @RequestScoped
    public static class Loans {

        @Inject
        Prices prices;

        @Inject
        ICacheService cache;

        @GET
        @Path("price/{id}")
        public String price(@PathParam("id") String id) {
            return prices.of(id);
        }

        @GET
        @Path("loaded/{id}")
        public String loaded(@PathParam("id") String id) {
            return cache.backend("second").getOrSet(id, String.class, () -> "loan " + id);
        }
    }

    @ApplicationScoped
    public static class Prices {

        @Cache(ttl = 300)
        public String of(String id) {
            return "price of " + id;
        }
    }
}
