package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import java.util.stream.Stream;

/** The application under test of {@link MistakenIT}: every annotation in it is a mistake. */
class MistakenApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("mistaken")
    @RequestScoped
    public static class Mistaken {
        @GET
        @Path("backend")
        @Cache(backend = "redsi")
        public String unknownBackend() {
            return "";
        }

        @GET
        @Path("ttl")
        @Cache(ttl = -5)
        public String negative() {
            return "";
        }

        @POST
        @Cache
        public String post() {
            return "";
        }

        @GET
        @Path("generator")
        @Cache(keyGenerator = Unmakeable.class)
        public String generator() {
            return "";
        }

        @Cache
        public void nothing() {}
    }

    @ApplicationScoped
    public static class Unproxied {
        @Cache
        private String hidden() {
            return "";
        }

        @Cache
        static String ofTheClass() {
            return "";
        }

        String all() {
            return hidden() + ofTheClass();
        }
    }

    @ApplicationScoped
    @Cache
    public static class NoResource {
        public String value() {
            return "";
        }
    }

    public interface WithDefault {
        @Cache
        default String byDefault() {
            return "";
        }
    }

    @ApplicationScoped
    public static class Heir implements WithDefault {}

    /** No bean by itself. TomEE's CDI wants it to have a constructor for a proxy, and says so first. */
    @Vetoed
    public static class MadeByHand {
        @Cache
        public String value() {
            return "";
        }
    }

    @ApplicationScoped
    public static class Maker {
        @Produces
        MadeByHand made() {
            return new MadeByHand();
        }
    }

    public abstract static class Gives<T> {
        @Cache
        public T give() {
            return null;
        }
    }

    @ApplicationScoped
    public static class GivesStreams extends Gives<Optional<Stream<String>>> {}

    @ApplicationScoped
    public static class SaysNothing {
        @Cache(backend = "bytes")
        public Object anything() {
            return "";
        }
    }

    @Vetoed
    public static class Converter {
        @Cache
        public String convert(int amount) {
            return "";
        }
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Euro {}

    @ApplicationScoped
    public static class Converters {
        @Produces
        @Euro
        Converter eur(InterceptionFactory<Converter> factory) {
            return factory.createInterceptedInstance(new Converter());
        }

        @Produces
        Converter usd(InterceptionFactory<Converter> factory) {
            return factory.createInterceptedInstance(new Converter());
        }
    }

    /** Not loaded as a bean, and nothing makes it. */
    public abstract static class Unmakeable implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return null;
        }
    }
}
