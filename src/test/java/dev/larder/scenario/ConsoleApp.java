package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link ConsoleIT}: its resources claim every path, and its users sign in by BASIC. */
class ConsoleApp {

    static final String CONFIGURATION = """
            cache.console=true
            cache.console.role=reader
            """;

    static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
              <login-config>
                <auth-method>BASIC</auth-method>
                <realm-name>file</realm-name>
              </login-config>
            </web-app>
            """;

    /** Nobody can sign in to this one. */
    static final String WEB_XML_WITHOUT_LOGIN = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0"/>
            """;

    @ApplicationPath("/")
    public static class Api extends Application {}

    @Path("")
    @ApplicationScoped
    @Produces("text/plain")
    public static class Shelf {

        @GET
        @Path("books/{id}")
        @Cache(ttl = 300, tags = "books")
        public String book(@PathParam("id") String id) {
            return "secret of " + id + ", run " + Runs.of("console");
        }

        @GET
        @Path("larder/{rest: .*}")
        public String resource(@PathParam("rest") String rest) {
            return "a resource";
        }

        @GET
        @Path("{any: .*}")
        public String any(@PathParam("any") String any) {
            return "a resource";
        }
    }
}
