package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Part of the application under test of {@link HitLikeMissAnswersIT}: what a method says beside its entity. */
class HitLikeMissAnswersApp {

    /** By the response of the servlet API, what the path says; the entity tells the tenant. */
    @Produces(MediaType.TEXT_PLAIN)
    public abstract static class Answers {

        @Resource
        ManagedExecutorService executor;

        @Context
        HttpServletResponse servlet;

        @Context
        HttpServletRequest asking;

        private String said(String what, HttpServletResponse response) {
            switch (what) {
                case "no-store" -> response.setHeader("Cache-Control", "private, no-store");
                case "no-store-second" -> {
                    response.addHeader("Cache-Control", "max-age=60");
                    response.addHeader("Cache-Control", "no-store");
                }
                case "private" -> response.setHeader("cache-control", "Private");
                case "cookie" -> response.addCookie(new Cookie("who", "me"));
                case "set-cookie" -> response.addHeader("Set-Cookie", "who=me");
                case "session" -> asking.getSession(true).setAttribute("who", "me");
                case "vary-all" -> response.setHeader("Vary", "*");
                case "vary" -> response.setHeader("Vary", "X-Tenant");
                case "vary-two" -> {
                    response.addHeader("Vary", "Accept-Language");
                    response.addHeader("Vary", "X-Tenant");
                }
                case "max-age" -> response.setHeader("Cache-Control", "max-age=60");
                case "two" -> {
                    response.addHeader("X-Two", "1");
                    response.addHeader("X-Two", "2");
                }
                case "int" -> response.setIntHeader("X-Int", 7);
                case "date" -> response.setDateHeader("X-Date", 784_111_777_000L);
                case "tag" -> response.setHeader("ETag", "\"servlet\"");
                case "language" -> response.setHeader("Content-Language", "de");
                case "charset" -> response.setCharacterEncoding("ISO-8859-15");
                case "content-type" -> response.setContentType("text/plain;charset=ISO-8859-1");
                case "locale" -> response.setLocale(Locale.GERMAN);
                case "link" -> response.addHeader("Link", "<http://example.org/next>; rel=\"next\"");
                default -> {}
            }
            return "text of " + asking.getHeader("X-Tenant");
        }

        @GET
        @Path("servlet/{what}")
        public String ofField(@PathParam("what") String what) {
            return said(what, servlet);
        }

        @GET
        @Path("servlet-parameter/{what}")
        public String ofParameter(@PathParam("what") String what, @Context HttpServletResponse response) {
            return said(what, response);
        }

        @GET
        @Path("servlet-response/{what}")
        public Response ofResponse(@PathParam("what") String what) {
            return Response.ok(said(what, servlet))
                    .header("X-StoredResponses", "A")
                    .build();
        }

        @GET
        @Path("servlet-stage/{what}")
        public CompletionStage<String> ofStage(@PathParam("what") String what) {
            String text = said(what, servlet);
            return CompletableFuture.supplyAsync(() -> text, executor);
        }

        @GET
        @Path("servlet-async/{what}")
        public void ofSuspended(@PathParam("what") String what, @Suspended AsyncResponse suspended) {
            String text = said(what, servlet);
            executor.execute(() -> suspended.resume(text));
        }

        @GET
        @Path("language")
        public Response language(@Context Request request) {
            return selected(
                    request,
                    Variant.languages(Locale.GERMAN, Locale.ENGLISH).add().build());
        }

        @GET
        @Path("type")
        @Produces({"text/plain", "text/html"})
        public Response type(@Context Request request) {
            return selected(
                    request,
                    Variant.mediaTypes(MediaType.TEXT_PLAIN_TYPE, MediaType.TEXT_HTML_TYPE)
                            .add()
                            .build());
        }

        @GET
        @Path("coding")
        public Response coding(@Context Request request) {
            return selected(
                    request, Variant.encodings("identity", "x-coded").add().build());
        }

        @GET
        @Path("language-and-type")
        @Produces({"text/plain", "text/html"})
        public Response languageAndType(@Context Request request) {
            return selected(
                    request,
                    Variant.languages(Locale.GERMAN, Locale.ENGLISH)
                            .mediaTypes(MediaType.TEXT_PLAIN_TYPE, MediaType.TEXT_HTML_TYPE)
                            .add()
                            .build());
        }

        /** What is selected is in the entity only. */
        @GET
        @Path("language-of-text")
        public String languageOfText(@Context Request request) {
            Variant selected = request.selectVariant(
                    Variant.languages(Locale.GERMAN, Locale.ENGLISH).add().build());
            return "text in " + (selected == null ? "none" : selected.getLanguage());
        }

        @GET
        @Path("language-of-stage")
        public CompletionStage<Response> languageOfStage(@Context Request request) {
            Response selected = language(request);
            return CompletableFuture.supplyAsync(() -> selected, executor);
        }

        @GET
        @Path("language-of-async")
        public void languageOfSuspended(@Context Request request, @Suspended AsyncResponse suspended) {
            Response selected = language(request);
            executor.execute(() -> suspended.resume(selected));
        }

        private static Response selected(Request request, List<Variant> variants) {
            Variant selected = request.selectVariant(variants);
            if (selected == null) {
                return Response.notAcceptable(variants).build();
            }
            return Response.ok("text in " + selected.getLanguage() + " " + selected.getMediaType() + " "
                            + selected.getEncoding())
                    .variant(selected)
                    .build();
        }

        /** Says among what it could have selected. */
        @GET
        @Path("variants")
        public Response variants() {
            return Response.ok("text")
                    .variants(Variant.languages(Locale.GERMAN, Locale.ENGLISH)
                            .add()
                            .build())
                    .build();
        }

        @GET
        @Path("header")
        public String header(@HeaderParam("X-Tenant") String tenant) {
            return "text of " + tenant;
        }

        /** By the constructor: Jakarta REST 3.0 has no builder. */
        @GET
        @Path("cookie")
        @SuppressWarnings("deprecation")
        public Response cookie() {
            return Response.ok("text").cookie(new NewCookie("who", "me")).build();
        }
    }

    @Path("cached/answers")
    @RequestScoped
    @Cache(ttl = 300)
    public static class CachedAnswers extends Answers {}

    @Path("direct/answers")
    @RequestScoped
    public static class DirectAnswers extends Answers {}
}
