package dev.larder.scenario;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;

/** {@link LeavingApp} without Larder: what the server itself does not let go. */
class ControlApp {

    public static class Canary {}

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    public static class Used {

        static final Canary CANARY = new Canary();

        @Inject
        Values values;

        @GET
        public String get() {
            return CANARY.getClass().getSimpleName() + values.book().title;
        }
    }

    @ApplicationScoped
    public static class Values {
        public Book book() {
            return new Book("Emma", 2);
        }
    }
}
