package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The application under test of {@link OverridesIT}. */
class OverridesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("off")
    @RequestScoped
    @Produces("text/plain")
    @Cache(ttl = 300)
    public static class Off {
        @GET
        public String get() {
            return "run " + Runs.of("off");
        }

        @GET
        @Path("on")
        public String on() {
            return "run " + Runs.of("off/on");
        }
    }

    @Path("overloads")
    @RequestScoped
    @Produces("text/plain")
    public static class Overloads {
        @GET
        @Cache(ttl = 300)
        public String list() {
            return "run " + Runs.of("overloads");
        }

        @GET
        @Path("{id}")
        @Cache(ttl = 300)
        public String list(@PathParam("id") String id) {
            return id + " " + Runs.of("overloads/one");
        }
    }

    public abstract static class StoredResponses {
        @GET
        @Cache(ttl = 300)
        @Produces("text/plain")
        public String inherited() {
            return getClass().getSimpleName().substring(0, 3) + " " + Runs.of("inherited");
        }
    }

    @Path("inheriting/one")
    @RequestScoped
    public static class One extends StoredResponses {}

    @Path("inheriting/two")
    @RequestScoped
    public static class Two extends StoredResponses {}

    @Cache(ttl = 300)
    public abstract static class CachedBase {
        @GET
        @Path("above")
        @Produces("text/plain")
        public String above() {
            return "run " + Runs.of("above");
        }
    }

    @Path("of-cached-base")
    @RequestScoped
    public static class OfCachedBase extends CachedBase {
        @GET
        @Produces("text/plain")
        public String own() {
            return "run " + Runs.of("own");
        }
    }

    @Path("forms")
    @RequestScoped
    @Produces("text/plain")
    public static class Forms {
        @GET
        @Path("never")
        @Cache(ttl = 0)
        public String never() {
            return "run " + Runs.of("never");
        }

        @GET
        @Path("iso")
        @Cache(ttl = 0)
        public String iso() {
            return "run " + Runs.of("iso");
        }

        @GET
        @Path("for-ever-in-days")
        @Cache(ttl = Cache.FOREVER, ttlUnit = ChronoUnit.DAYS)
        public String forEverInDays() {
            return "run " + Runs.of("for-ever-in-days");
        }

        @GET
        @Path("keyed")
        @Cache(ttl = 300)
        public String keyed(@QueryParam("id") String id) {
            return "run " + Runs.of("keyed");
        }

        @GET
        @Path("of-module")
        @Cache(backend = "counted")
        public String ofModule() {
            return "run " + Runs.of("of-module");
        }
    }

    public static class OneKey implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "one-key";
        }
    }

    public record Point(int x, int y) {}

    public enum Colour {
        RED,
        GREEN
    }

    @ApplicationScoped
    public static class Called {
        @Cache
        public String of(String text) {
            return "of " + Runs.of("of");
        }

        @Cache
        public String of(Integer number) {
            return "of " + Runs.of("of");
        }

        @Cache
        public String record(Point point) {
            return point + " " + Runs.of("record");
        }

        @Cache
        public Point returned(int x) {
            return new Point(x, Runs.of("returned"));
        }

        @Cache
        public String array(int[] numbers) {
            return Arrays.toString(numbers) + " " + Runs.of("array");
        }

        @Cache
        public String varargs(String... texts) {
            return Arrays.toString(texts) + " " + Runs.of("varargs");
        }

        @Cache
        public <T> String generic(List<T> list, Optional<T> maybe) {
            return list + " " + maybe + " " + Runs.of("generic");
        }

        @Cache
        public String colour(Colour colour, LocalDate day) {
            return colour + " " + day + " " + Runs.of("colour");
        }

        @Cache
        public CompletionStage<Optional<String>> later(String text) {
            int run = Runs.of("later");
            return CompletableFuture.completedFuture(text == null ? Optional.empty() : Optional.of(text + run));
        }

        @Cache
        public int primitive() {
            return Runs.of("primitive");
        }
    }

    @Path("calls")
    @RequestScoped
    @Produces("text/plain")
    public static class Calls {
        @Inject
        Called called;

        @Inject
        ICacheService cache;

        @GET
        public String all() throws Exception {
            List<String> seen = new ArrayList<>();
            twice(seen, () -> called.of((String) null));
            twice(seen, () -> called.of("null"));
            twice(seen, () -> called.of((Integer) null));
            twice(seen, () -> called.of(1));
            twice(seen, () -> called.of("1"));
            twice(seen, () -> called.record(new Point(1, 2)));
            twice(seen, () -> called.record(new Point(2, 1)));
            twice(seen, () -> called.returned(3));
            twice(seen, () -> called.array(new int[] {1, 2}));
            twice(seen, () -> called.array(new int[] {12}));
            twice(seen, () -> called.array(null));
            twice(seen, () -> called.varargs("a", "b"));
            twice(seen, () -> called.varargs("a,b"));
            twice(seen, () -> called.varargs("a\",\"b"));
            twice(seen, called::varargs);
            twice(seen, () -> called.varargs((String) null));
            twice(seen, () -> called.varargs("null"));
            twice(seen, () -> called.generic(List.of("1"), Optional.of("x")));
            twice(seen, () -> called.generic(List.of(1), Optional.of(2)));
            twice(seen, () -> called.generic(List.of(1), Optional.empty()));
            twice(seen, () -> called.colour(Colour.RED, LocalDate.of(2026, 1, 2)));
            twice(seen, () -> called.colour(Colour.GREEN, LocalDate.of(2026, 1, 2)));
            twice(seen, () -> called.later("x").toCompletableFuture().join());
            twice(seen, () -> called.later(null).toCompletableFuture().join());
            twice(seen, called::primitive);
            return String.join("\n", seen);
        }

        private static void twice(List<String> seen, Callable<Object> call) throws Exception {
            seen.add(call.call() + " | " + call.call());
        }

        @GET
        @Path("module")
        public String module() {
            ICacheService counted = cache.backend("counted");
            ICacheService made = cache.backend("made");
            return "counted " + counted.set("k", "v")
                    + ", in version 7 " + counted.version("7").hasKey("k")
                    + ", in version 8 " + counted.version("8").hasKey("k")
                    + ", made " + made.set("k", "v")
                    + ", kept " + made.hasKey("k");
        }
    }

    @ApplicationScoped
    public static class Modules {
        @jakarta.enterprise.inject.Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local().ttl(Duration.ofMinutes(5)))
                    .with(
                            "counted",
                            CacheSettings.redis("redis://127.0.0.1:1")
                                    .version("7")
                                    .option("timeout", "PT1S"))
                    .with("made", CacheSettings.local().ttl(Duration.ofMinutes(5)));
        }
    }
}
