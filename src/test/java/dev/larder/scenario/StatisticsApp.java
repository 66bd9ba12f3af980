package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheStatistics;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The application under test of {@link StatisticsIT}: cached methods, and what its statistics and JMX say of them. */
class StatisticsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("books")
    @Produces("text/plain")
    @ApplicationScoped
    public static class Books {

        @GET
        @Path("{id}")
        @Cache(ttl = 300, tags = "books")
        public String read(@PathParam("id") String id) {
            return "book " + id;
        }
    }

    @Path("loans")
    @Produces("text/plain")
    @RequestScoped
    public static class Loans {

        @Inject
        Prices prices;

        @Inject
        ICacheService cache;

        @GET
        @Path("price/{id}")
        public String price(@PathParam("id") String id) {
            return prices.of(id);
        }

        @GET
        @Path("loaded/{id}")
        public String loaded(@PathParam("id") String id) {
            return cache.backend("second").getOrSet(id, String.class, () -> "loan " + id);
        }
    }

    @ApplicationScoped
    public static class Prices {

        @Cache(ttl = 300)
        public String of(String id) {
            return "price of " + id;
        }
    }

    @Path("statistics/{backend}")
    @Produces("text/plain")
    @RequestScoped
    public static class Statistics {

        @Inject
        ICacheService cache;

        @GET
        public String get(@PathParam("backend") String backend) {
            CacheStatistics now = cache.backend(backend).statistics();
            return now.hits() + " hits, " + now.misses() + " misses, " + now.stale() + " stale, " + now.puts()
                    + " puts, "
                    + now.invalidations() + " invalidations, " + now.failures() + " failures, " + now.evictions()
                    + " evictions, " + now.entries() + " entries";
        }
    }

    /** The MBeans of the process. */
    @Path("jmx")
    @Produces("text/plain")
    @RequestScoped
    public static class Jmx {

        private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

        @GET
        @Path("names")
        public String names() throws JMException {
            return server.queryNames(new ObjectName("dev.larder:*"), null).stream()
                    .map(ObjectName::toString)
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }

        @GET
        public String attribute(@QueryParam("name") String name, @QueryParam("attribute") String attribute)
                throws JMException {
            Object value = server.getAttribute(new ObjectName(name), attribute);
            if (value instanceof TabularData rows) {
                Map<String, String> sorted = new TreeMap<>();
                for (Object row : rows.values()) {
                    CompositeData entry = (CompositeData) row;
                    sorted.put(entry.get("key").toString(), entry.get("value").toString());
                }
                return sorted.toString();
            }
            return String.valueOf(value);
        }

        @PUT
        public String invoke(@QueryParam("name") String name, @QueryParam("operation") String operation)
                throws JMException {
            return String.valueOf(server.invoke(new ObjectName(name), operation, null, null));
        }

        @DELETE
        public String invalidate(@QueryParam("name") String name, @QueryParam("tag") String tag) throws JMException {
            return String.valueOf(server.invoke(
                    new ObjectName(name), "invalidate", new Object[] {tag}, new String[] {String.class.getName()}));
        }
    }
}
