package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The application under test of {@link GeneratorsIT}. */
class GeneratorsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** Without a scope. */
    @Path("without-scope")
    @Produces("text/plain")
    public static class WithoutScope {
        @GET
        @Cache(ttl = 300, keyGenerator = DependentBean.class)
        public String get(@QueryParam("id") String id) {
            return id + " " + Runs.of("without-scope");
        }
    }

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    public static class Keyed {

        @GET
        @Path("request-scoped")
        @Cache(ttl = 300, keyGenerator = OfARequest.class)
        public String requestScoped(@QueryParam("id") String id) {
            return id + " " + Runs.of("request-scoped");
        }

        @GET
        @Path("dependent")
        @Cache(ttl = 300, keyGenerator = DependentBean.class)
        public String dependent(@QueryParam("id") String id) {
            return id + " " + Runs.of("dependent");
        }

        @GET
        @Path("injected-by-constructor")
        @Cache(ttl = 300, keyGenerator = InjectedByConstructor.class)
        public String injectedByConstructor(@QueryParam("id") String id) {
            return id + " " + Runs.of("injected-by-constructor");
        }

        @GET
        @Path("no-bean")
        @Cache(ttl = 300, keyGenerator = NoBean.class)
        public String noBean(@QueryParam("id") String id) {
            return id + " " + Runs.of("no-bean");
        }

        @GET
        @Path("private-constructor")
        @Cache(ttl = 300, keyGenerator = PrivatelyMade.class)
        public String privatelyMade(@QueryParam("id") String id) {
            return id + " " + Runs.of("private-constructor");
        }

        @GET
        @Path("shared/one")
        @Produces("application/json")
        @Cache(ttl = 300, keyPrefix = "left-out", keyGenerator = Shared.class)
        public String one() {
            return "\"one " + Runs.of("shared") + '"';
        }

        @GET
        @Path("shared/other")
        @Cache(ttl = 300, keyGenerator = Shared.class)
        public String other() {
            return "other " + Runs.of("shared");
        }

        @GET
        @Path("deleted")
        @Cache(ttl = 300, keyPrefix = "books", version = "v2", keyGenerator = PrefixAndId.class)
        public String deleted(@QueryParam("id") String id) {
            return id + " " + Runs.of("deleted");
        }

        @GET
        @Path("throwing")
        @Cache(ttl = 300, keyGenerator = Throwing.class)
        public String throwing() {
            return "run " + Runs.of("throwing");
        }

        @GET
        @Path("without-key")
        @Cache(ttl = 300, keyGenerator = Echo.class)
        public String withoutKey(@QueryParam("key") String key) {
            return "run " + Runs.of("without-key");
        }

        @GET
        @Path("seen/{id}")
        @Cache(ttl = 300, keyPrefix = "mine", keyGenerator = Noted.class)
        public String seen(@PathParam("id") int id, @QueryParam("q") List<String> q) {
            return id + " " + Runs.of("seen");
        }

        @GET
        @Path("seen-backend/{id}")
        @Cache(ttl = 300, keyGenerator = Noted.class)
        public String seenOfBackend(@PathParam("id") int id) {
            return id + " " + Runs.of("seen-backend");
        }

        @GET
        @Path("suspended")
        @Cache(ttl = 300, keyGenerator = DependentBean.class)
        public void suspended(@QueryParam("id") String id, @Suspended AsyncResponse response) {
            response.resume(id + " " + Runs.of("suspended"));
        }

        @Inject
        Prices prices;

        @GET
        @Path("bean")
        public String bean(@QueryParam("id") String id) {
            return prices.of(id);
        }
    }

    @Path("session-bean")
    @RequestScoped
    @Produces("text/plain")
    public static class Session {
        @GET
        @Path("{id}")
        @Cache(ttl = 300, keyGenerator = Noted.class)
        public String get(@PathParam("id") int id) {
            return id + " " + Runs.of("session-bean");
        }
    }

    @ApplicationScoped
    public static class Prices {
        @Cache(ttl = 300, keyGenerator = Noted.class)
        public String of(String id) {
            return id + " " + Runs.of("bean");
        }
    }

    /** No request of Jakarta REST; tells what the generator has seen, and deletes by the service. */
    @WebServlet("/outside")
    public static class Outside extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient Prices prices;

        @Inject
        private transient ICacheService cache;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String delete = request.getParameter("delete");
            if (delete != null) {
                response.getWriter().print(cache.version("v2").delete(delete));
            } else if (request.getParameter("seen") != null) {
                response.getWriter().print(Noted.seen);
            } else {
                response.getWriter().print(prices.of(request.getParameter("id")));
            }
        }
    }

    public abstract static class ById implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return context.resourceMethod().getName() + "/" + context.parameters()[0];
        }
    }

    @ApplicationScoped
    public static class Dependency {
        public String prefix() {
            return "dependency/";
        }
    }

    @RequestScoped
    public static class OfARequest extends ById {
        @Inject
        Dependency dependency;

        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return dependency.prefix() + super.generate(context, keyPrefix);
        }
    }

    @Dependent
    public static class DependentBean extends OfARequest {}

    @ApplicationScoped
    public static class InjectedByConstructor extends ById {
        private final Dependency dependency;

        protected InjectedByConstructor() {
            this(null);
        }

        @Inject
        public InjectedByConstructor(Dependency dependency) {
            this.dependency = dependency;
        }

        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return dependency.prefix() + super.generate(context, keyPrefix);
        }
    }

    @Vetoed
    public static class NoBean extends OfARequest {}

    @Vetoed
    static final class PrivatelyMade extends OfARequest {
        private PrivatelyMade() {}
    }

    public static class Shared implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "shared";
        }
    }

    public static class PrefixAndId implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return keyPrefix + ":" + context.parameters()[0];
        }
    }

    public static class Throwing implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            throw new IllegalStateException("on purpose");
        }
    }

    public static class Echo implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return (String) context.parameters()[0];
        }
    }

    /** Writes down what it is given. */
    public static class Noted implements CacheKeyGenerator {

        static volatile String seen = "";

        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            String request;
            try {
                request = context.uriInfo().getPathParameters().getFirst("id")
                        + " " + context.headers().getHeaderString("X-Asked")
                        + " " + context.request().getMethod()
                        + " " + context.securityContext().isSecure();
            } catch (IllegalStateException e) {
                request = "outside";
            }
            seen = context.resourceClass().getSimpleName() + "."
                    + context.resourceMethod().getName() + " of "
                    + context.resourceMethod().getDeclaringClass().getSimpleName() + " "
                    + Arrays.toString(context.parameters()) + " " + keyPrefix + " " + request;
            return context.resourceClass().getName()
                    + context.resourceMethod().getName()
                    + Arrays.deepToString(context.parameters());
        }
    }
}
