package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheInvalidate;
import dev.larder.CacheInvalidated;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The application under test of {@link InvalidatesIT}. */
class InvalidatesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** A failure that a mapper makes a success of. */
    public static class Mapped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Provider
    public static class Mapper implements ExceptionMapper<Mapped> {
        @Override
        public Response toResponse(Mapped failure) {
            return Response.ok("mapped").type("text/plain").build();
        }
    }

    public static class Thing {
        private String id;

        Thing(String id) {
            this.id = id;
        }

        public String getId() {
            return id;
        }
    }

    @ApplicationScoped
    public static class Events {
        private static final List<CacheInvalidated> RECEIVED = new CopyOnWriteArrayList<>();

        void receive(@ObservesAsync CacheInvalidated event) {
            RECEIVED.add(event);
        }

        static long of(String tag) {
            return RECEIVED.stream().filter(event -> event.tags().contains(tag)).count();
        }
    }

    @ApplicationScoped
    public static class Things {
        @Resource
        UserTransaction transaction;

        @Cache(ttl = 300, tags = "thing:{0}")
        public String read(String id) {
            return "v" + Runs.of(id);
        }

        @CacheInvalidate(tags = "thing:{0}")
        public void change(String id, String how) throws Exception {
            Spoil.transaction(how);
        }

        @CacheInvalidate(tags = {"all", "thing:{0.id}"})
        public String create(Thing thing, String id) {
            thing.id = id;
            return id;
        }

        @CacheInvalidate(tags = "thing:{0}")
        public CompletionStage<String> changeLater(String id, CompletableFuture<String> until) {
            return until;
        }

        /** Begins and ends a transaction, and returns. */
        @CacheInvalidate(tags = "thing:{0}")
        public void changeByHand(String id, String how) throws Exception {
            transaction.begin();
            if (how.equals("rollback")) {
                transaction.rollback();
            } else {
                transaction.commit();
            }
        }

        @Transactional
        @CacheInvalidate(tags = "thing:{0}")
        public void changeInOwn(String id, String how) throws Exception {
            Spoil.transaction(how);
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        @CacheInvalidate(tags = "thing:{0}")
        public void changeInNew(String id, String how) throws Exception {
            Spoil.transaction(how);
        }
    }

    @ApplicationScoped
    public static class Work {
        @Resource
        UserTransaction transaction;

        @Transactional
        public void run(String how, Callable<?> work) throws Exception {
            work.call();
            Spoil.transaction(how);
        }

        public void runByHand(String how, Callable<?> work) throws Exception {
            transaction.begin();
            boolean committed = false;
            try {
                work.call();
                Spoil.transaction(how);
                if (transaction.getStatus() == Status.STATUS_ACTIVE) {
                    committed = true;
                    transaction.commit();
                }
            } finally {
                if (!committed) {
                    transaction.rollback();
                }
            }
        }
    }

    /** Each method: the value before, within a transaction where there is one, and after. */
    @Path("")
    @RequestScoped
    @Produces("text/plain")
    public static class Driver {
        @Inject
        Things things;

        @Inject
        Work work;

        @EJB
        InvalidatesSessionBean sessionBean;

        @GET
        @Path("read/{id}")
        public String read(@PathParam("id") String id) {
            return things.read(id);
        }

        @GET
        @Path("events")
        public long events(@QueryParam("tag") String tag) {
            return Events.of(tag);
        }

        /** The URIs of the events with a tag. */
        @GET
        @Path("uris")
        public String uris(@QueryParam("tag") String tag) {
            return Events.RECEIVED.stream()
                    .filter(event -> event.tags().contains(tag))
                    .flatMap(event -> event.uris().stream())
                    .map(URI::toString)
                    .collect(Collectors.joining(" "));
        }

        @POST
        @Path("call/{by}/{how}/{id}")
        public String call(@PathParam("by") String by, @PathParam("how") String how, @PathParam("id") String id) {
            String[] within = {""};
            Callable<?> change = () -> {
                things.change(id, "");
                within[0] = things.read(id);
                return null;
            };
            things.read(id);
            try {
                switch (by) {
                    case "plain" -> things.change(id, how);
                    case "inside" -> things.changeByHand(id, how);
                    case "own" -> things.changeInOwn(id, how);
                    case "transactional" -> work.run(how, change);
                    case "hand" -> work.runByHand(how, change);
                    case "new-in-failing" ->
                        work.run("rollback-only", () -> {
                            things.changeInNew(id, how);
                            return null;
                        });
                    default -> sessionBean.change(id, how);
                }
            } catch (Exception e) {
                return within[0] + " failed"; // as it was asked to
            }
            return within[0] + " done";
        }

        @POST
        @Path("create/{id}")
        public String create(@PathParam("id") String id) {
            return things.create(new Thing("none"), id);
        }

        @POST
        @Path("later/{how}/{id}")
        public String later(@PathParam("how") String how, @PathParam("id") String id) {
            things.read(id);
            CompletableFuture<String> until = new CompletableFuture<>();
            CompletableFuture<String> stage = things.changeLater(id, until).toCompletableFuture();
            String before = things.read(id);
            if (how.equals("exception")) {
                until.completeExceptionally(new IllegalStateException("on purpose"));
            } else {
                until.complete("done");
            }
            try {
                return before + " " + stage.join();
            } catch (CompletionException e) {
                return before + " " + e.getCause().getMessage();
            }
        }
    }

    /** Resource methods with the annotation. */
    public static class Methods {
        @PUT
        @Path("status/{id}/{status}")
        @CacheInvalidate(tags = "thing:{id}")
        public Response status(@PathParam("id") String id, @PathParam("status") int status) {
            return Response.status(status).build();
        }

        @DELETE
        @Path("query")
        @CacheInvalidate(tags = "thing:{of}")
        public void query(@QueryParam("of") String id) {}

        @PUT
        @Path("throwing/{id}")
        @CacheInvalidate(tags = "thing:{id}")
        public void throwing(@PathParam("id") String id) {
            throw new Mapped();
        }

        @PUT
        @Path("body/{any}")
        @Consumes("text/plain")
        @CacheInvalidate(tags = "thing:{1}")
        public void body(@PathParam("any") String any, String body) {}

        @PUT
        @Path("number/{number}")
        @CacheInvalidate(tags = "thing:{0}")
        public void number(@PathParam("number") long number) {}

        @PUT
        @Path("stage/{id}/{status}")
        @CacheInvalidate(tags = "thing:{id}")
        public CompletionStage<Response> stage(@PathParam("id") String id, @PathParam("status") int status) {
            return CompletableFuture.supplyAsync(() -> Response.status(status).build());
        }

        @PUT
        @Path("suspended/{id}/{status}")
        @CacheInvalidate(tags = "thing:{id}")
        public void suspended(
                @PathParam("id") String id, @PathParam("status") int status, @Suspended AsyncResponse response) {
            new Thread(() -> {
                        if (status == 0) {
                            response.resume(new Mapped());
                        } else {
                            response.resume(Response.status(status).build());
                        }
                    })
                    .start();
        }
    }

    @Path("bean")
    @RequestScoped
    public static class Bean extends Methods {
        @PUT
        @Path("transactional/{id}/{how}")
        @Transactional
        @CacheInvalidate(tags = "thing:{id}")
        public void transactional(@PathParam("id") String id, @PathParam("how") String how) throws Exception {
            Spoil.transaction(how);
        }
    }

    @Path("no-scope")
    public static class WithoutScope extends Methods {}

    @Path("located")
    @RequestScoped
    public static class Locator {
        @Path("by-hand")
        public Methods located() {
            return new Methods();
        }

        /** Of the class of a bean, but created here. */
        @Path("bean-by-hand")
        public Bean bean() {
            return new Bean();
        }
    }

    /** Creates a resource that is also one of the other application. */
    @ApplicationPath("made")
    @SuppressWarnings("deprecation")
    public static class Making extends Application {
        @Override
        @Deprecated
        public Set<Object> getSingletons() {
            return Set.of(new WithoutScope());
        }
    }

    /** Holds a transaction around a whole request, if that asks for it. */
    @WebFilter(urlPatterns = "/*", asyncSupported = true)
    public static class OpenTransaction implements Filter {
        @Resource
        UserTransaction transaction;

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String outcome = ((HttpServletRequest) request).getHeader("X-Transaction");
            if (outcome == null) {
                chain.doFilter(request, response);
                return;
            }
            try {
                transaction.begin();
                chain.doFilter(request, response);
                if (outcome.equals("commit")) {
                    transaction.commit();
                } else {
                    transaction.rollback();
                }
            } catch (NotSupportedException
                    | SystemException
                    | RollbackException
                    | HeuristicMixedException
                    | HeuristicRollbackException e) {
                throw new ServletException(e);
            }
        }
    }

    @Path("open/{id}")
    @RequestScoped
    @Produces("text/plain")
    public static class Open {
        @GET
        @Cache(ttl = 300)
        public String read(@PathParam("id") String id) {
            return "v" + Runs.of("open " + id);
        }

        @PUT
        public Response change(@PathParam("id") String id) {
            return Response.noContent()
                    .header("Cache-Group-Invalidation", "\"thing:" + id + "\"")
                    .build();
        }
    }

    /** Sets the fields of groups by the servlet API. */
    @Path("servlet/{id}")
    @RequestScoped
    @Produces("text/plain")
    public static class ByServlet {
        @Context
        HttpServletResponse response;

        @GET
        @Cache(ttl = 300)
        public String read(@PathParam("id") String id) {
            response.setHeader("Cache-Groups", "\"thing:" + id + "\"");
            return "v" + Runs.of("servlet " + id);
        }

        @PUT
        public void change(@PathParam("id") String id) {
            response.setHeader("Cache-Group-Invalidation", "\"thing:" + id + "\"");
        }

        @GET
        @Path("uncached")
        public Response uncached() {
            response.setHeader("Cache-Groups", "\"a\"");
            return Response.ok("uncached")
                    .header("Cache-Group-Invalidation", "\"b\"")
                    .build();
        }
    }
}
