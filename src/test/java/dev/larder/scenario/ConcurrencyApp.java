package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The application under test of {@link ConcurrencyIT}. */
class ConcurrencyApp {

    private static final int OTHERS = 4;

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    @Cache(ttl = 300)
    public static class Slow {

        @Inject
        Steps steps;

        @GET
        @Path("slow")
        public String slow() {
            int run = Runs.of("slow");
            Arrivals.awaitOthers(OTHERS);
            return "run " + run;
        }

        @GET
        @Path("not-storable")
        public Response notStorable() {
            int run = Runs.of("not-storable");
            Arrivals.awaitOthers(OTHERS);
            return Response.ok("run " + run).header("Cache-Control", "no-store").build();
        }

        @GET
        @Path("failing")
        public String failing() {
            Runs.of("failing");
            Arrivals.awaitOthers(OTHERS);
            throw new IllegalStateException("on purpose");
        }

        @GET
        @Path("nested/{order}")
        public String nested(@PathParam("order") String order) throws InterruptedException {
            return order.equals("ab") ? steps.a(order) : steps.b(order);
        }
    }

    /** Two methods that call each other in both orders, with one key each. */
    @ApplicationScoped
    public static class Steps {

        private final CountDownLatch begun = new CountDownLatch(2);

        @Inject
        Steps self;

        @Cache(ttl = 300, keyGenerator = OneKey.class)
        public String a(String order) throws InterruptedException {
            meet();
            return "a" + (order.equals("ab") ? self.b(order) : "");
        }

        @Cache(ttl = 300, keyGenerator = OneKey.class)
        public String b(String order) throws InterruptedException {
            meet();
            return "b" + (order.equals("ba") ? self.a(order) : "");
        }

        /** Until each of the two leads its key. */
        private void meet() throws InterruptedException {
            begun.countDown();
            if (!begun.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody came");
            }
        }
    }

    public static class OneKey implements dev.larder.CacheKeyGenerator {
        @Override
        public String generate(dev.larder.CacheKeyContext context, String keyPrefix) {
            return context.resourceMethod().getName();
        }
    }
}
