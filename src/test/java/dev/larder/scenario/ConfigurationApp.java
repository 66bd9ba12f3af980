package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.ICacheService;
import dev.larder.UnknownBackendException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The application under test of {@link ConfigurationIT}. */
class ConfigurationApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    @Cache
    public static class Configured {

        private static final CountDownLatch BOTH = new CountDownLatch(2);

        @GET
        @Path("default")
        public String byDefault() {
            return "run " + Runs.of("default");
        }

        @GET
        @Path("short-lived")
        public String shortLived() {
            return "run " + Runs.of("short-lived");
        }

        @GET
        @Path("disabled")
        public String disabled() {
            return "run " + Runs.of("disabled");
        }

        @GET
        @Path("small-only")
        public String smallOnly() {
            return "run " + Runs.of("small-only");
        }

        @GET
        @Path("elsewhere")
        public String elsewhere() {
            return "run " + Runs.of("elsewhere");
        }

        @GET
        @Path("impatient")
        public String impatient() throws InterruptedException {
            int run = Runs.of("impatient");
            BOTH.countDown();
            if (!BOTH.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The other request waits");
            }
            return "run " + run;
        }
    }

    @Path("service")
    @RequestScoped
    @Produces("text/plain")
    public static class OfResource {
        @Inject
        ICacheService cache;

        @Inject
        ServiceSessionBean bean;

        @GET
        public String all() throws Exception {
            return all(cache, "resource");
        }

        @GET
        @Path("session-bean")
        public String sessionBean() throws Exception {
            return bean.all();
        }

        static String all(ICacheService cache, String key) throws Exception {
            List<Object> seen = new ArrayList<>();
            seen.add(cache.get(key, String.class).isPresent());
            seen.add(cache.set(key, "value"));
            seen.add(cache.get(key, String.class).orElse("nothing"));
            seen.add(cache.hasKey(key));
            seen.add(cache.touch(key, Duration.ofMinutes(1)));
            seen.add(cache.backend("second").hasKey(key));
            seen.add(cache.version("v2").hasKey(key));
            seen.add(cache.backend("second").version("v2").set(key, List.of(1, 2)));
            seen.add(cache.version("v2")
                    .backend("second")
                    .get(key, new TypeLiteral<List<Integer>>() {})
                    .orElseThrow());
            seen.add(cache.delete(key));
            seen.add(cache.set(key, 7));
            seen.add(cache.incr(key));
            seen.add(cache.decr(key, 10));
            try {
                cache.backend("third");
            } catch (UnknownBackendException e) {
                seen.add("unknown");
            }
            return seen.toString();
        }

        @GET
        @Path("async")
        public String async() throws Exception {
            List<Object> seen = new ArrayList<>();
            seen.add(soon(cache.setAsync("async", 5L)));
            seen.add(soon(cache.getAsync("async", Long.class)));
            seen.add(soon(cache.hasKeyAsync("async")));
            seen.add(soon(cache.touchAsync("async")));
            seen.add(soon(cache.incrAsync("async", 2)));
            seen.add(soon(cache.decrAsync("async")));
            seen.add(soon(cache.deleteAsync("async")));
            seen.add(soon(cache.getAsync("async", new TypeLiteral<List<String>>() {})));
            return seen.toString();
        }

        private static <T> T soon(CompletionStage<T> stage) throws Exception {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @WebServlet("/service")
    public static class OfServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient ICacheService cache;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().print(OfResource.all(cache, "servlet"));
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
