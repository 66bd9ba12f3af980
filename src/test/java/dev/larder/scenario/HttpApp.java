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
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
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
        @Path("uncached-echoing/{any: .*}")
        public String uncachedEcho() {
            return "run " + Runs.of("uncached");
        }

        @GET
        @Path("echoing/{any: .*}")
        @Cache(ttl = 300)
        public String echoing() {
            return "run " + Runs.of("echoing");
        }

        @GET
        @Path("built")
        @Cache(ttl = 300)
        public Response built() {
            CacheControl control = new CacheControl();
            control.setMaxAge(60);
            control.setPrivate(true);
            control.getPrivateFields().add("X-Secret");
            Date date = new Date(784_111_777_000L);
            return Response.ok("run " + Runs.of("built"))
                    .cacheControl(control)
                    .tag(new EntityTag("built", true))
                    .lastModified(date)
                    .expires(date)
                    .language(Locale.GERMAN)
                    .location(URI.create("/a"))
                    .contentLocation(URI.create("/b"))
                    .link("/c", "next")
                    .allow("GET", "PUT")
                    .variants(Variant.languages(Locale.GERMAN, Locale.FRENCH).build())
                    .header("X-Number", 1)
                    .header("X-Secret", "1")
                    .build();
        }

        @GET
        @Path("evaluating")
        @Cache(ttl = 300)
        public Response evaluating(@Context Request request) {
            EntityTag tag = new EntityTag("evaluated");
            Response.ResponseBuilder known = request.evaluatePreconditions(tag);
            return known == null
                    ? Response.ok("run " + Runs.of("evaluating")).tag(tag).build()
                    : known.build();
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
        @Path("echo/{any}")
        @Cache(ttl = 300)
        public String echo(@PathParam("any") String any) {
            return "run " + Runs.of("echo");
        }

        @GET
        @Path("events")
        @Produces("text/event-stream")
        @Cache(ttl = 300)
        public void events(@Context SseEventSink sink, @Context Sse sse) {
            Runs.of("events");
            sink.send(sse.newEvent("one")).thenRun(sink::close);
        }

        @GET
        @Path("cancelled")
        @Cache(
                ttl = 300,
                statuses = {200, 503})
        public void cancelled(@Suspended AsyncResponse response) {
            Runs.of("cancelled");
            response.cancel();
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

    /** Lets a client name another method than it sends. */
    @Provider
    @PreMatching
    public static class Overriding implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            String method = request.getHeaderString("X-HTTP-Method-Override");
            if (method != null) {
                request.setMethod(method);
            }
        }
    }

    /** Believes what the client says, and adds what the client asks for: a Vary as filters for CORS do, cookies, fields. */
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
            String added = request.getHeaderString("X-Add");
            if (added != null) {
                response.getHeaders().add(added, "added=" + UUID.randomUUID());
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
