package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.Cache;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The application under test of the {@code HitLikeMiss…IT}: each resource is there twice, below {@code cached} with
 * {@link Cache} and below {@code direct} without, and what stands around its methods does what the request says in
 * {@code X-Do} ({@link Steering}).
 */
class HitLikeMissApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** What a request asks those around the method to do: {@code who:what}, separated by spaces. */
    public static final class Steering {

        static final String PROPERTY = Steering.class.getName();

        private static final ThreadLocal<Steering> CURRENT = new ThreadLocal<>();

        final HttpServletResponse response;
        final List<String> ran = new CopyOnWriteArrayList<>();
        private final String all;

        private Steering(String all, HttpServletResponse response) {
            this.all = all == null ? "" : all;
            this.response = response;
        }

        static Steering current() {
            return CURRENT.get();
        }

        /** What is asked of one of them; empty: nothing. */
        String of(String who) {
            for (String each : all.split(" ")) {
                if (each.startsWith(who + ":")) {
                    return each.substring(who.length() + 1);
                }
            }
            return "";
        }
    }

    /** An interceptor cannot ask for the request on each server: it finds it on its thread. */
    @WebFilter(urlPatterns = "/*", asyncSupported = true)
    public static class Steered extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Steering steering = new Steering(request.getHeader("X-Do"), response);
            Steering.CURRENT.set(steering);
            try {
                switch (steering.of("servlet")) {
                    case "field" -> response.setHeader("X-Servlet", "yes");
                    case "no-store" -> response.setHeader("Cache-Control", "no-store");
                    default -> {}
                }
                chain.doFilter(request, response);
            } finally {
                Steering.CURRENT.remove();
            }
        }
    }

    @Provider
    @PreMatching
    public static class Noted implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty(Steering.PROPERTY, Steering.current());
        }
    }

    // ---- interceptors

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @InterceptorBinding
    public @interface Surrounded {}

    /** Mapped to the status that it names. */
    public static class Excused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Excused(int status) {
            this.status = status;
        }
    }

    @Provider
    public static class Excuse implements ExceptionMapper<Excused> {
        @Override
        public Response toResponse(Excused e) {
            return Response.status(e.status)
                    .entity("excused")
                    .type("text/plain")
                    .header("X-Excused", "yes")
                    .build();
        }
    }

    /** No method declares it: only an interceptor throws it. */
    public static class Checked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Provider
    public static class CheckedMapper implements ExceptionMapper<Checked> {
        @Override
        public Response toResponse(Checked e) {
            return Response.ok("checked", "text/plain").build();
        }
    }

    public abstract static class Around implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;

        Around(String name) {
            this.name = name;
        }

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            Steering steering = Steering.current();
            String what = steering.of(name);
            steering.ran.add(name);
            switch (what) {
                case "refuse" -> throw new ForbiddenException();
                case "instead" -> {
                    return instead(call);
                }
                case "field" -> steering.response.setHeader("X-Around", name);
                case "two-fields" -> {
                    steering.response.addHeader("X-Around", "1");
                    steering.response.addHeader("X-Around", "2");
                }
                case "no-store" -> steering.response.setHeader("Cache-Control", "no-store");
                case "cookie" -> steering.response.addCookie(new Cookie("around", "yes"));
                case "twice" -> call.proceed();
                case "fallback" -> {
                    try {
                        return call.proceed();
                    } catch (ForbiddenException e) {
                        return other(call);
                    }
                }
                default -> {}
            }
            Object answer = call.proceed();
            return switch (what) {
                case "refuse-after" -> throw new ForbiddenException();
                case "excuse-200" -> throw new Excused(200);
                case "excuse-403" -> throw new Excused(403);
                case "excuse-503" -> throw new Excused(503);
                case "checked" -> throw new Checked();
                case "thrown-ok" ->
                    throw new WebApplicationException(
                            Response.ok("thrown", "text/plain").build());
                case "thrown-nothing" ->
                    throw new WebApplicationException(Response.noContent().build());
                case "thrown-403" ->
                    throw new WebApplicationException(Response.status(403)
                            .entity("thrown")
                            .type("text/plain")
                            .build());
                case "other" -> other(call);
                case "null" -> null;
                case "field-after" -> {
                    steering.response.setHeader("X-Around", name);
                    yield answer;
                }
                case "added" -> eachResponse(answer, r -> r.header("X-Around", name));
                case "replaced" ->
                    eachResponse(
                            answer, r -> r.header("X-StoredResponses", null).header("X-StoredResponses", name));
                case "status-203" -> eachResponse(answer, r -> r.status(203));
                case "status-503" -> eachResponse(answer, r -> r.status(503));
                case "entity" -> eachResponse(answer, r -> r.entity("entity").type("text/plain"));
                case "later" -> ((CompletionStage<?>) answer).thenApply(any -> otherOfStage(call));
                case "later-same" -> ((CompletionStage<?>) answer).thenApply(any -> any);
                case "failing-later" ->
                    ((CompletionStage<?>) answer).thenApply(any -> {
                        throw new Excused(403);
                    });
                case "failed" -> CompletableFuture.failedFuture(new Excused(503));
                default -> answer;
            };
        }

        private interface Change {
            Response.ResponseBuilder of(Response.ResponseBuilder response);
        }

        /** The answer, or what it will be, with something changed. */
        private static Object eachResponse(Object answer, Change change) {
            if (answer instanceof CompletionStage<?> stage) {
                return stage.thenApply(response -> eachResponse(response, change));
            }
            return change.of(Response.fromResponse((Response) answer)).build();
        }

        /** Answers without the method. */
        private static Object instead(InvocationContext call) {
            for (Object parameter : call.getParameters()) {
                if (parameter instanceof AsyncResponse suspended) {
                    suspended.resume(Response.status(403)
                            .entity("instead")
                            .type("text/plain")
                            .build());
                    return null;
                }
            }
            return other(call);
        }

        private static Object other(InvocationContext call) {
            return otherOf(call.getMethod().getGenericReturnType());
        }

        private static Object otherOfStage(InvocationContext call) {
            return otherOf(((ParameterizedType) call.getMethod().getGenericReturnType()).getActualTypeArguments()[0]);
        }

        /** Another value of a type, and none of those that a hit returns by itself. */
        private static Object otherOf(Type type) {
            Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
            return switch (raw.getSimpleName()) {
                case "String" -> "other";
                case "byte[]" -> "other".getBytes(UTF_8);
                case "int" -> 99;
                case "Book" -> new Book("Other", 99);
                case "List" -> List.of(new Book("Other", 99));
                case "Optional" -> Optional.of(new Book("Other", 99));
                case "Response" ->
                    Response.ok("other", "text/plain").header("X-Other", "yes").build();
                case "CompletionStage" ->
                    CompletableFuture.completedFuture(otherOf(((ParameterizedType) type).getActualTypeArguments()[0]));
                default -> throw new IllegalStateException("No other " + type);
            };
        }
    }

    @Surrounded
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
    public static class Around100 extends Around {
        private static final long serialVersionUID = 1L;

        public Around100() {
            super("i100");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
    public static class Around1000 extends Around {
        private static final long serialVersionUID = 1L;

        public Around1000() {
            super("i1000");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Around2000 extends Around {
        private static final long serialVersionUID = 1L;

        public Around2000() {
            super("i2000");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_AFTER)
    public static class Around3000 extends Around {
        private static final long serialVersionUID = 1L;

        public Around3000() {
            super("i3000");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_AFTER + 10)
    public static class Around4010 extends Around {
        private static final long serialVersionUID = 1L;

        public Around4010() {
            super("i4010");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(4750)
    public static class Around4750 extends Around {
        private static final long serialVersionUID = 1L;

        public Around4750() {
            super("i4750");
        }
    }

    @Surrounded
    @Interceptor
    @Priority(5000)
    public static class Around5000 extends Around {
        private static final long serialVersionUID = 1L;

        public Around5000() {
            super("i5000");
        }
    }

    // ---- filters

    @Provider
    @Priority(Priorities.USER)
    public static class Aborting implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            switch (((Steering) request.getProperty(Steering.PROPERTY)).of("request")) {
                case "abort-403" ->
                    request.abortWith(Response.status(403)
                            .entity("aborted")
                            .type("text/plain")
                            .build());
                case "abort-200" ->
                    request.abortWith(Response.ok("aborted", "text/plain").build());
                case "refuse" -> throw new ForbiddenException();
                default -> {}
            }
        }
    }

    @Provider
    @Priority(100)
    public static class AbortingEarly implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (((Steering) request.getProperty(Steering.PROPERTY)).of("early").equals("abort-403")) {
                request.abortWith(Response.status(403)
                        .entity("aborted")
                        .type("text/plain")
                        .build());
            }
        }
    }

    public abstract static class Filter implements ContainerResponseFilter {

        private final String name;

        Filter(String name) {
            this.name = name;
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            Steering steering = (Steering) request.getProperty(Steering.PROPERTY);
            var fields = response.getHeaders();
            switch (steering.of(name)) {
                case "ran" -> fields.putSingle("X-Ran", String.join(",", steering.ran));
                case "read" -> fields.putSingle("X-Seen", seen(response));
                case "read-type" ->
                    fields.putSingle("X-Seen", response.getMediaType().getType() + response.hasEntity());
                case "entity" -> response.setEntity("****", response.getEntityAnnotations(), MediaType.TEXT_PLAIN_TYPE);
                case "entity-only" -> response.setEntity("****");
                case "entity-if-any" -> {
                    if (response.hasEntity()) {
                        response.setEntity(
                                List.of("****"), response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
                    }
                }
                case "null" -> response.setEntity(null);
                case "refuse" -> throw new ForbiddenException();
                case "excuse-200" -> throw new Excused(200);
                case "status-201" -> response.setStatus(201);
                case "status-203" -> response.setStatus(203);
                case "status-404" -> response.setStatus(404);
                case "status-503" -> response.setStatus(503);
                case "field" -> fields.putSingle("X-Filter", name);
                case "annotations" ->
                    fields.putSingle(
                            "X-Filter",
                            Stream.ofNullable(response.getEntityAnnotations()) // null on RESTEasy, if it comes later
                                    .flatMap(Arrays::stream)
                                    .map(each -> each.annotationType().getSimpleName())
                                    .filter(each -> !each.equals("Cache"))
                                    .sorted()
                                    .toList()
                                    .toString());
                case "null-field" -> fields.putSingle("X-Filter", null);
                case "add-field" -> fields.add("X-StoredResponses", name);
                case "replace-field" -> fields.putSingle("X-StoredResponses", name);
                case "remove-field" -> fields.remove("X-StoredResponses");
                case "type" -> fields.putSingle("Content-Type", "application/x-other");
                case "type-json" -> fields.putSingle("Content-Type", "application/vnd.other+json");
                case "type-json-by-entity" ->
                    response.setEntity(
                            response.getEntity(),
                            response.getEntityAnnotations(),
                            MediaType.valueOf("application/vnd.other+json"));
                case "type-by-entity" ->
                    response.setEntity(response.getEntity(), response.getEntityAnnotations(), MediaType.TEXT_XML_TYPE);
                case "charset" -> fields.putSingle("Content-Type", "text/plain;charset=US-ASCII");
                case "cookie" -> fields.add("Set-Cookie", "filter=yes");
                case "no-store" -> fields.putSingle("Cache-Control", "no-store");
                case "private" -> fields.add("Cache-Control", "private");
                case "vary" -> fields.add("Vary", "X-Do");
                case "vary-all" -> fields.add("Vary", "*");
                case "tag" -> fields.putSingle("ETag", "\"filter\"");
                case "language" -> fields.putSingle("Content-Language", "fr");
                case "link" -> fields.add("Link", "</filter>; rel=\"filter\"");
                default -> {}
            }
        }

        private static String seen(ContainerResponseContext response) {
            MediaType type = response.getMediaType();
            return response.getStatus() + " " + (type == null ? null : type.getType() + "/" + type.getSubtype()) + " "
                    + response.hasEntity() + " " + response.getHeaders().get("X-StoredResponses");
        }
    }

    @Provider
    @Priority(Integer.MAX_VALUE)
    public static class FilterFirst extends Filter {
        public FilterFirst() {
            super("f-max");
        }
    }

    @Provider
    @Priority(Integer.MAX_VALUE - 1)
    public static class FilterSecond extends Filter {
        public FilterSecond() {
            super("f-max");
        }
    }

    @Provider
    @Priority(5000)
    public static class Filter5000 extends Filter {
        public Filter5000() {
            super("f5000");
        }
    }

    @Provider
    @Priority(1)
    public static class Filter1 extends Filter {
        public Filter1() {
            super("f1");
        }
    }

    @Provider
    @Priority(0)
    public static class Filter0 extends Filter {
        public Filter0() {
            super("f0");
        }
    }

    @Provider
    @Priority(Integer.MIN_VALUE + 1)
    public static class FilterBeforeLast extends Filter {
        public FilterBeforeLast() {
            super("f-min");
        }
    }

    @Provider
    @Priority(Integer.MIN_VALUE)
    public static class FilterLast extends Filter {
        public FilterLast() {
            super("f-min");
        }
    }

    // ---- writers

    /** Bound, since a range is answered in part only where none of them takes part. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Written {}

    public abstract static class Writer implements WriterInterceptor {

        private final String name;

        Writer(String name) {
            this.name = name;
        }

        @Override
        public void aroundWriteTo(WriterInterceptorContext writing) throws IOException {
            Steering steering = (Steering) writing.getProperty(Steering.PROPERTY);
            var fields = writing.getHeaders();
            switch (steering.of(name)) {
                case "entity" -> writing.setEntity("****");
                case "entity-and-type" -> {
                    writing.setEntity("****");
                    writing.setType(String.class);
                    writing.setGenericType(String.class);
                    writing.setMediaType(MediaType.TEXT_PLAIN_TYPE);
                }
                case "prefix" -> {
                    fields.remove("Content-Length");
                    writing.getOutputStream().write("<<".getBytes(UTF_8));
                }
                case "gzip" -> {
                    fields.remove("Content-Length");
                    fields.putSingle("Content-Encoding", "gzip");
                    OutputStream plain = writing.getOutputStream();
                    GZIPOutputStream zipped = new GZIPOutputStream(plain);
                    writing.setOutputStream(zipped);
                    try {
                        writing.proceed();
                    } finally {
                        zipped.finish();
                        writing.setOutputStream(plain);
                    }
                    return;
                }
                case "own" -> {
                    fields.remove("Content-Length");
                    writing.getOutputStream().write("own".getBytes(UTF_8));
                    return;
                }
                case "refuse" -> throw new ForbiddenException();
                case "excuse-503" -> throw new Excused(503);
                case "type" -> writing.setMediaType(MediaType.valueOf("application/x-other"));
                case "type-json" -> writing.setMediaType(MediaType.valueOf("application/vnd.other+json"));
                case "field" -> fields.putSingle("X-Writer", name);
                case "add-field" -> fields.add("X-StoredResponses", name);
                case "replace-field" -> fields.putSingle("X-StoredResponses", name);
                case "remove-field" -> fields.remove("X-StoredResponses");
                case "cookie" -> fields.add("Set-Cookie", "writer=yes");
                case "no-store" -> fields.putSingle("Cache-Control", "no-store");
                case "read-type" ->
                    fields.putSingle("X-Seen", writing.getMediaType().getType());
                default -> {}
            }
            writing.proceed();
            if (steering.of(name).equals("suffix")) {
                writing.getOutputStream().write(">>".getBytes(UTF_8));
            }
        }
    }

    @Provider
    @Written
    @Priority(Priorities.USER + 1)
    public static class BoundFilter extends Filter {
        public BoundFilter() {
            super("f-bound");
        }
    }

    @Provider
    @Written
    @Priority(1)
    public static class Writer1 extends Writer {
        public Writer1() {
            super("w1");
        }
    }

    @Provider
    @Written
    @Priority(Priorities.ENTITY_CODER)
    public static class Writer4000 extends Writer {
        public Writer4000() {
            super("w4000");
        }
    }

    @Provider
    @Written
    @Priority(Priorities.USER)
    public static class Writer5000 extends Writer {
        public Writer5000() {
            super("w5000");
        }
    }

    @Provider
    @Written
    @Priority(20_000)
    public static class Writer20000 extends Writer {
        public Writer20000() {
            super("w20000");
        }
    }

    // ---- resources

    /** A method of each kind; their answers are the same each time. */
    @Produces(MediaType.APPLICATION_JSON)
    public abstract static class Kinds {

        static final String TEXT = "0123456789 what only some may see";

        @Resource
        ManagedExecutorService executor;

        @GET
        @Path("string")
        @Produces(MediaType.TEXT_PLAIN)
        public String string() {
            return TEXT;
        }

        @GET
        @Path("bytes")
        @Produces(MediaType.APPLICATION_OCTET_STREAM)
        public byte[] bytes() {
            return TEXT.getBytes(UTF_8);
        }

        @GET
        @Path("book")
        public Book book() {
            return new Book("Emma", 5000);
        }

        @GET
        @Path("books")
        public List<Book> books() {
            return Book.two(5000);
        }

        @GET
        @Path("number")
        @Produces(MediaType.TEXT_PLAIN)
        public int number() {
            return 123_456_789;
        }

        @GET
        @Path("optional")
        public Optional<Book> optional() {
            return Optional.of(book());
        }

        @GET
        @Path("charset")
        @Produces("text/plain;charset=ISO-8859-1")
        public String charset() {
            return "Väter und Söhne";
        }

        @GET
        @Path("response")
        @Produces(MediaType.TEXT_PLAIN)
        public Response response() {
            return Response.ok(TEXT)
                    .header("X-StoredResponses", "A")
                    .header("X-StoredResponses", "B")
                    .link("http://example.org/next", "next")
                    .language("de")
                    .build();
        }

        @GET
        @Path("response-of-book")
        public Response responseOfBook() {
            return Response.ok(book()).header("X-StoredResponses", "A").build();
        }

        @GET
        @Path("response-tagged")
        public Response responseTagged() {
            CacheControl control = new CacheControl();
            control.setMaxAge(60);
            return Response.ok(TEXT, "text/html;charset=UTF-8")
                    .tag("tagged")
                    .lastModified(new Date(784_111_777_000L))
                    .cacheControl(control)
                    .header("X-StoredResponses", "A")
                    .build();
        }

        @GET
        @Path("stage")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<String> stage() {
            return later(this::string);
        }

        @GET
        @Path("stage-of-books")
        public CompletionStage<List<Book>> stageOfBooks() {
            return later(this::books);
        }

        @GET
        @Path("stage-of-response")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<Response> stageOfResponse() {
            return later(this::response);
        }

        @GET
        @Path("stage-at-once")
        @Produces(MediaType.TEXT_PLAIN)
        public CompletionStage<String> stageAtOnce() {
            return CompletableFuture.completedFuture(TEXT);
        }

        @GET
        @Path("async-at-once")
        @Produces(MediaType.TEXT_PLAIN)
        public void asyncAtOnce(@Suspended AsyncResponse suspended) {
            suspended.resume(TEXT);
        }

        @GET
        @Path("async-response-at-once")
        @Produces(MediaType.TEXT_PLAIN)
        public void asyncResponseAtOnce(@Suspended AsyncResponse suspended) {
            suspended.resume(response());
        }

        @GET
        @Path("async-later")
        public void asyncLater(@Suspended AsyncResponse suspended) {
            executor.execute(() -> suspended.resume(new Book("Emma", 5000)));
        }

        @GET
        @Path("async-response-later")
        @Produces(MediaType.TEXT_PLAIN)
        public void asyncResponseLater(@Suspended AsyncResponse suspended) {
            Response response = response();
            executor.execute(() -> suspended.resume(response));
        }

        private <T> CompletableFuture<T> later(Supplier<T> value) {
            T known = value.get();
            return CompletableFuture.supplyAsync(() -> known, executor);
        }
    }

    @Path("cached/request")
    @RequestScoped
    @Surrounded
    @Cache(ttl = 300)
    public static class CachedOfRequest extends Kinds {}

    @Path("direct/request")
    @RequestScoped
    @Surrounded
    public static class DirectOfRequest extends Kinds {}

    @Path("cached/application")
    @ApplicationScoped
    @Surrounded
    @Cache(ttl = 300)
    public static class CachedOfApplication extends Kinds {}

    @Path("direct/application")
    @ApplicationScoped
    @Surrounded
    public static class DirectOfApplication extends Kinds {}

    @Path("cached/bare")
    @Surrounded
    @Cache(ttl = 300)
    public static class CachedBare extends Kinds {}

    @Path("direct/bare")
    @Surrounded
    public static class DirectBare extends Kinds {}

    @Path("cached/written")
    @RequestScoped
    @Surrounded
    @Written
    @Cache(ttl = 300)
    public static class CachedWritten extends Kinds {}

    @Path("direct/written")
    @RequestScoped
    @Surrounded
    @Written
    public static class DirectWritten extends Kinds {}

    @Cache(ttl = 300)
    public static class CachedMade extends Kinds {
        CachedMade(ManagedExecutorService executor) {
            this.executor = executor;
        }
    }

    public static class DirectMade extends Kinds {
        DirectMade(ManagedExecutorService executor) {
            this.executor = executor;
        }
    }

    @RequestScoped
    @Surrounded
    @Cache(ttl = 300)
    public static class CachedInjected extends Kinds {}

    @RequestScoped
    @Surrounded
    public static class DirectInjected extends Kinds {}

    @Path("cached/sub")
    @RequestScoped
    public static class CachedParent {
        @Resource
        ManagedExecutorService executor;

        @Inject
        CachedInjected injected;

        @Path("made")
        public CachedMade made() {
            return new CachedMade(executor);
        }

        @Path("injected")
        public CachedInjected injected() {
            return injected;
        }
    }

    @Path("direct/sub")
    @RequestScoped
    public static class DirectParent {
        @Resource
        ManagedExecutorService executor;

        @Inject
        DirectInjected injected;

        @Path("made")
        public DirectMade made() {
            return new DirectMade(executor);
        }

        @Path("injected")
        public DirectInjected injected() {
            return injected;
        }
    }
}
