package dev.larder.scenario;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link HelloIT}. */
class HelloApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("hello")
    public static class Hello {
        @GET
        public String hello() {
            return "hello";
        }
    }
}
