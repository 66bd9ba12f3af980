package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

/** What each WAR of the EARs of {@link EarIT} has: classes of one name. */
class EarApp {

    @Path("page")
    @RequestScoped
    @Produces("text/plain")
    public static class Page {
        @Inject
        Values values;

        @Inject
        ICacheService service;

        @GET
        @Cache
        public String get() {
            return "page " + Runs.of("page");
        }

        @GET
        @Path("value")
        public String value(@QueryParam("of") String of) {
            return values.of(of);
        }

        @GET
        @Path("service")
        public String service(@QueryParam("set") String set) {
            if (set != null) {
                service.set("key", set);
            }
            return service.get("key", String.class).orElse("nothing");
        }
    }

    @ApplicationScoped
    public static class Values {
        @Cache(ttl = 600)
        public String of(String key) {
            return key + " " + Runs.of("value");
        }
    }
}
