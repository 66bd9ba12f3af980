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
        public String slow() throws InterruptedException {
            int run = Runs.of("slow");
            work();
            return "run " + run;
        }

        @GET
        @Path("not-storable")
        public Response notStorable() throws InterruptedException {
            int run = Runs.of("not-storable");
            work();
            return Response.ok("run " + run).header("Cache-Control", "no-store").build();
        }

        @GET
        @Path("failing")
        public String failing() throws InterruptedException {
            Runs.of("failing");
            work();
            throw new IllegalStateException("on purpose");
        }

        /** Long enough for all the others to come. */
        private static void work() throws InterruptedException {
            Thread.sleep(200);
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
