package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The application under test of {@link EarlyAnswerIT}: what there can be between a request and a resource method. */
class EarlyAnswerApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** Nothing that could tell whether it was made. */
    @Path("ordinary")
    @RequestScoped
    @Produces("text/plain")
    public static class Ordinary {
        {
            Runs.of("made");
        }

        @GET
        @Path("{id}")
        @Cache(ttl = 300)
        public String get(@PathParam("id") int id, @QueryParam("q") String query) {
            return "run " + Runs.of("ordinary");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @InterceptorBinding
    public @interface Guarded {}

    /** Refuses calls while it is closed, before the cache is asked. */
    @Guarded
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
    public static class Guard implements Serializable {
        private static final long serialVersionUID = 1L;

        private static volatile boolean closed;

        @AroundInvoke
        Object guard(InvocationContext call) throws Exception {
            if (closed) {
                throw new ForbiddenException();
            }
            return call.proceed();
        }
    }

    /** Opens and closes the guard. */
    @Path("guard")
    @RequestScoped
    public static class Door {
        @GET
        public String set(@QueryParam("closed") boolean closed) {
            Guard.closed = closed;
            return "";
        }
    }

    @Path("guarded")
    @RequestScoped
    @Produces("text/plain")
    public static class GuardedResource {
        @GET
        @Guarded
        @Cache(ttl = 300)
        public String get() {
            return "run " + Runs.of("guarded");
        }
    }

    @Path("prepared")
    @RequestScoped
    @Produces("text/plain")
    public static class Prepared {
        @PostConstruct
        void prepare() {
            Runs.of("prepare");
        }

        @GET
        @Cache(ttl = 300)
        public String get() {
            return "run " + Runs.of("prepared");
        }
    }

    /** Made for each instance that it is injected into. */
    @Dependent
    public static class Caller {
        public Caller() {
            Runs.of("caller");
        }
    }

    @Path("injected")
    @RequestScoped
    @Produces("text/plain")
    public static class Injected {
        @Inject
        Caller caller;

        @GET
        @Cache(ttl = 300)
        public String get() {
            return "run " + Runs.of("injected");
        }
    }

    @Path("body")
    @RequestScoped
    @Produces("text/plain")
    public static class Body {
        @GET
        @Cache(ttl = 300)
        public String get(String body) {
            return "run " + Runs.of("body") + " of " + body;
        }
    }

    @Path("header")
    @RequestScoped
    @Produces("text/plain")
    public static class Header {
        @GET
        @Cache(ttl = 300)
        public String get(@HeaderParam("X-Number") int number) {
            return "run " + Runs.of("header");
        }
    }
}
