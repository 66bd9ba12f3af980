package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link KilledStoreIT}. */
class KilledStoreApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("pages")
    @RequestScoped
    @Produces("text/plain")
    public static class Pages {
        @GET
        @Path("{number}")
        @Cache
        public String page(@PathParam("number") int number) {
            return text(number);
        }
    }

    /** Tells one page from another by its length, too. */
    static String text(int number) {
        return ("page " + number + "\n").repeat(number + 1);
    }
}
