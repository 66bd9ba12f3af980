package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.util.concurrent.TimeUnit;

/** The application that comes and goes in {@link UndeploymentIT}: it uses whatever could hold on to it. */
class LeavingApp {

    /** Lives as long as the class loader of its application. */
    public static class Canary {}

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    public static class Used {

        static final Canary CANARY = new Canary();

        @Inject
        ICacheService cache;

        @Inject
        Values values;

        @GET
        @Cache(ttl = 300)
        public String get() throws Exception {
            cache.setAsync("book", new Book("Emma", 1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
            return CANARY.getClass().getSimpleName() + values.book().title;
        }
    }

    @ApplicationScoped
    public static class Values {
        @Cache(ttl = 300)
        public Book book() {
            return new Book("Emma", 2);
        }
    }
}
