package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link MistakenIT} with a mistake above a class that has no annotation of CDI. */
class MistakenImplementationApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public interface Contract {
        @GET
        @Cache
        String ofContract();
    }

    @Path("contract")
    public static class Implementation implements Contract {
        @Override
        public String ofContract() {
            return "";
        }
    }
}
