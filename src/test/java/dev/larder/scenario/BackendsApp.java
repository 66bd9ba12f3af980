package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.cdi.OwnBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.Ttl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The application under test of {@link BackendsIT}: backends of its own, which count what they are given. */
class BackendsApp {

    @Path("")
    @RequestScoped
    @jakarta.ws.rs.Produces("text/plain")
    public static class Cached {
        @GET
        @Path("by-factory")
        @Cache(backend = "by-factory")
        public String byFactory() {
            return "run " + Runs.of("by-factory");
        }

        @GET
        @Path("by-class")
        @Cache(backend = "by-class")
        public String byClass() {
            return "run " + Runs.of("by-class");
        }

        @GET
        @Path("by-bean")
        @Cache(backend = "by-bean")
        public String byBean() {
            return "run " + Runs.of("by-bean");
        }

        @Inject
        OfBean bean;

        @GET
        @Path("taken-by-bean")
        public String takenByBean() {
            return String.valueOf(bean.taken());
        }

        @GET
        @Path("of-module")
        @Cache(backend = "of-module")
        public String ofModule() {
            return "run " + Runs.of("of-module");
        }
    }

    static class Counting extends OwnBackend {
        private final String name;

        Counting(String name) {
            this.name = name;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            String prefixAndVersion = key.substring(0, key.indexOf(':', key.indexOf(':') + 1));
            Runs.of(name + " " + prefixAndVersion + " " + ttl.toMillis());
            return super.set(key, value, ttl);
        }
    }

    public static class Factory implements CacheBackendFactory {
        @Override
        public String type() {
            return "of-the-application";
        }

        @Override
        public CacheBackend create(String name, CacheSettings settings) {
            return new Counting("factory");
        }
    }

    public static class OfClass extends Counting {
        public OfClass() {
            super("class");
        }
    }

    @ApplicationScoped
    public static class OfBean extends Counting {
        @Inject
        Dependency dependency;

        public OfBean() {
            super("bean");
        }

        private final AtomicInteger taken = new AtomicInteger();

        public int taken() {
            return taken.get();
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            taken.incrementAndGet();
            return dependency.isThere() && super.set(key, value, ttl);
        }
    }

    @ApplicationScoped
    public static class Dependency {
        boolean isThere() {
            return true;
        }
    }

    @ApplicationScoped
    public static class Modules {
        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local())
                    .with(
                            "of-module",
                            CacheSettings.of("of-the-application")
                                    .ttl(Duration.ofMinutes(10))
                                    .keyPrefix("module")
                                    .version("7"));
        }
    }
}
