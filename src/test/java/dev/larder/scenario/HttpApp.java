package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.concurrent.TimeUnit;

/** The application under test of {@link HttpIT}: the members of the annotation that speak of HTTP, and what a client gets. */
class HttpApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @ApplicationScoped
    @Produces("text/plain")
    public static class Responses {

        /** Says what the query says, in fields and status. */
        private static Response said(String name, UriInfo uri) {
            String number = uri.getQueryParameters().getFirst("n");
            if (number != null) {
                Runs.of(name + number);
            }
            String status = uri.getQueryParameters().getFirst("status");
            Response.ResponseBuilder response = Response.status(status == null ? 200 : Integer.parseInt(status))
                    .entity("run " + Runs.of(name));
            uri.getQueryParameters().forEach((field, values) -> {
                if (field.startsWith("h.")) {
                    values.forEach(value -> response.header(field.substring(2), value));
                }
            });
            return response.build();
        }

        @GET
        @Path("plain")
        @Cache(ttl = 300)
        public Response plain(@Context UriInfo uri) {
            return said("plain", uri);
        }

        @GET
        @Path("uncached")
        public Response uncached(@Context UriInfo uri) {
            return said("uncached", uri);
        }

        @GET
        @Path("user")
        @Cache(ttl = 300, scope = CacheScope.USER)
        public String user(@Context SecurityContext security) {
            Principal principal = security.getUserPrincipal();
            return "run " + Runs.of("user") + " for " + (principal == null ? "nobody" : principal.getName());
        }

        @GET
        @Path("authenticated")
        @Cache(ttl = 300, scope = CacheScope.AUTHENTICATED)
        public String authenticated() {
            return "run " + Runs.of("authenticated");
        }

        @GET
        @Path("statuses")
        @Cache(
                ttl = 300,
                statuses = {200, 404})
        public Response statuses(@Context UriInfo uri) {
            return said("statuses", uri);
        }

        @GET
        @Path("thrown")
        @Cache(
                ttl = 300,
                statuses = {200, 404})
        public String thrown() {
            Runs.of("thrown");
            throw new NotFoundException();
        }

        @GET
        @Path("late")
        @Cache(
                ttl = 300,
                statuses = {200, 503})
        public void late(@Suspended AsyncResponse response) {
            Runs.of("late");
            response.setTimeout(100, TimeUnit.MILLISECONDS);
        }

        @GET
        @Path("none")
        @Cache(
                ttl = 300,
                statuses = {200, 204})
        public Response none() {
            return Response.noContent().header("X-Run", Runs.of("none")).build();
        }

        @GET
        @Path("fresh")
        @Cache(ttl = Cache.FROM_RESPONSE)
        public Response fresh(@Context UriInfo uri) {
            return said("fresh", uri);
        }

        @GET
        @Path("any")
        @Cache(ttl = Cache.FROM_RESPONSE, statuses = Cache.ANY_STATUS)
        public Response any(@Context UriInfo uri) {
            return said("any", uri);
        }

        @GET
        @Path("varied")
        @Cache(
                ttl = 300,
                varyBy = {"X-Tenant", "accept-language"})
        public Response varied(@HeaderParam("X-Tenant") String tenant, @Context UriInfo uri) {
            return said("varied", uri);
        }

        @GET
        @Path("query")
        @Cache(
                ttl = 300,
                queryParams = {"author", "größe"})
        public String query(@QueryParam("author") String author) {
            return "run " + Runs.of("query") + " of " + author;
        }

        @GET
        @Path("typed")
        @Produces({"text/plain", "text/html"})
        @Cache(ttl = 300)
        public String typed() {
            return "run " + Runs.of("typed");
        }

        @GET
        @Path("two")
        @Cache(ttl = 300)
        public String plainOfTwo() {
            return "run " + Runs.of("two");
        }

        @GET
        @Path("/two")
        @Produces("text/html")
        @Cache(ttl = 300)
        public String htmlOfTwo() {
            return "run " + Runs.of("two");
        }

        @GET
        @Path("chosen")
        @Produces({"text/html", "text/plain"})
        @Cache(ttl = 300)
        public Response chosen() {
            return Response.ok("run " + Runs.of("chosen"), "text/plain").build();
        }

        @GET
        @Path("configured")
        @Cache(ttl = 300)
        public String configured(@QueryParam("a") String a) {
            return "run " + Runs.of("configured");
        }

        @GET
        @Path("streamed/{bytes}")
        @Cache(ttl = 300)
        public StreamingOutput streamed(@PathParam("bytes") int bytes) {
            Runs.of("streamed");
            return out -> {
                byte[] line = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < bytes; i += line.length) {
                    out.write(line);
                    out.flush();
                }
            };
        }
    }

    /** Believes what the client says, and adds a Vary as filters for CORS do. */
    @Provider
    public static class Filters implements ContainerRequestFilter, ContainerResponseFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            String user = request.getHeaderString("X-User");
            if (user != null) {
                request.setSecurityContext(new Caller(user));
            }
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (request.getHeaderString("Origin") != null) {
                response.getHeaders().add("Vary", "Origin");
            }
        }
    }

    private record Caller(String name) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return true;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "X";
        }
    }
}
