package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The application under test of {@link ValuesIT}. */
class ValuesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public enum Cover {
        HARD,
        SOFT {
            @Override
            public String toString() {
                return "a constant with a class of its own";
            }
        }
    }

    public record Times(
            Instant instant,
            LocalDate day,
            OffsetDateTime time,
            Duration duration,
            ZoneId zone,
            Year year,
            YearMonth month,
            MonthDay birthday,
            DayOfWeek weekday) {}

    public record Book(UUID id, String title, BigDecimal price, Cover cover, List<String> authors) {}

    public record StoredResponses(Map<Cover, Integer> counts, Set<Cover> covers, Map<String, List<Book>> books) {}

    /** Answers what came back as another value than it went in; nothing is what is hoped for. */
    @Path("values")
    @Produces("text/plain")
    public static class Values {

        private final List<String> wrong = new ArrayList<>();

        @Inject
        ICacheService cache;

        @GET
        public String all() {
            Book book = new Book(
                    new UUID(1, 2), "K\u00e4se \ud83e\uddc0", new BigDecimal("9.90"), Cover.SOFT, List.of("Eco"));
            Times times = new Times(
                    Instant.parse("2026-01-02T03:04:05.123456789Z"),
                    LocalDate.of(2026, 1, 2),
                    OffsetDateTime.parse("2026-01-02T03:04:05.000000006+02:00"),
                    Duration.ofNanos(1),
                    ZoneId.of("Europe/Paris"),
                    Year.of(2026),
                    YearMonth.of(2026, 1),
                    MonthDay.of(2, 29),
                    DayOfWeek.FRIDAY);
            Map<String, Integer> ranking = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>();
            for (String name : List.of("zoe", "ann", "mia", "bob", "tim", "eve")) {
                ranking.put(name, ranking.size());
                names.add(name);
            }

            same(book, new TypeLiteral<Book>() {});
            same(new Book(null, null, null, null, null), new TypeLiteral<Book>() {});
            same(times, new TypeLiteral<Times>() {});
            same(new Times(null, null, null, null, null, null, null, null, null), new TypeLiteral<Times>() {});
            same(
                    new StoredResponses(Map.of(Cover.HARD, 1), Set.of(Cover.SOFT), Map.of("x", List.of(book))),
                    new TypeLiteral<StoredResponses>() {});
            same(List.of(book, book), new TypeLiteral<List<Book>>() {});
            same(Map.of("x", Map.of("y", List.of(book))), new TypeLiteral<Map<String, Map<String, List<Book>>>>() {});
            same(Map.of(new UUID(1, 2), List.of(new UUID(3, 4))), new TypeLiteral<Map<UUID, List<UUID>>>() {});
            same(Map.of(YearMonth.of(2026, 1), 1), new TypeLiteral<Map<YearMonth, Integer>>() {});
            same(ranking, new TypeLiteral<Map<String, Integer>>() {});
            same(names, new TypeLiteral<Set<String>>() {});
            same(ZoneId.of("Europe/Paris"), new TypeLiteral<ZoneId>() {});
            same(Cover.SOFT, new TypeLiteral<Cover>() {});
            return wrong.toString();
        }

        // the text shows the order, too
        private <T> void same(T value, TypeLiteral<T> type) {
            try {
                cache.set("value", value);
                T read = cache.get("value", type).orElse(null);
                if (!value.equals(read) || !value.toString().equals(read.toString())) {
                    wrong.add(value + " -> " + read);
                }
            } catch (RuntimeException e) {
                wrong.add(value + " -> " + e);
            }
        }
    }

    // what would read back as another value

    public static class Money {
        private long cents;

        public Money() {}

        public Money(long cents) {
            this.cents = cents;
        }

        public long getCents() {
            return cents;
        }
    }

    /** As a JPA entity with getters only. */
    public static class Entity {
        private Long id;
        private String name;

        protected Entity() {}

        public Entity(Long id, String name) {
            this.id = id;
            this.name = name;
        }

        public Long getId() {
            return id;
        }

        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return id + name;
        }
    }

    public static class Animal {
        private String name;

        public Animal() {}

        public Animal(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return getClass().getSimpleName() + name;
        }
    }

    public static class Dog extends Animal {
        private int age;

        public Dog() {}

        public Dog(String name, int age) {
            super(name);
            this.age = age;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }
    }

    public static class Cat extends Animal {
        public Cat() {}

        public Cat(String name) {
            super(name);
        }
    }

    public static class Secret {
        int hidden = 1;
    }

    public record Owner(String name, Animal animal) {}

    public record Holder(Object any) {}

    static Map<String, Integer> reversed() {
        Map<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.put("a", 1);
        map.put("b", 2);
        return map;
    }

    static BitSet bits() {
        BitSet bits = new BitSet();
        bits.set(3);
        return bits;
    }

    /** Answers what the service took and would give back as something else. */
    @Path("lossy")
    @Produces("text/plain")
    public static class Lossy {

        @Inject
        ICacheService cache;

        @GET
        public String all() {
            List<String> taken = new ArrayList<>();
            for (Object value : List.of(
                    new Money(199),
                    List.of(new Money(199)),
                    Map.of("a", List.of(new Money(199))),
                    new Entity(1L, "e"),
                    bits(),
                    reversed(),
                    List.of(reversed()),
                    new Secret(),
                    new Holder(new Secret()),
                    new Owner("o", new Dog("rex", 3)),
                    new Owner("o", new Cat("tom")),
                    new Holder(5),
                    new Holder(LocalDate.of(2026, 1, 2)))) {
                try {
                    cache.delete("lossy");
                    cache.set("lossy", value);
                    Object read = cache.get("lossy", value.getClass()).orElse(null);
                    // Johnzon reads a number behind Object as what it was
                    if (!value.equals(read) || !value.toString().equals(read.toString())) {
                        taken.add(value.getClass().getSimpleName());
                    }
                } catch (CacheValueException e) {
                    if (cache.hasKey("lossy")) {
                        taken.add("in spite of " + e);
                    }
                }
            }
            Map<String, String> withNull = new HashMap<>();
            withNull.put("a", null);
            try {
                cache.set("lossy", withNull);
                if (!withNull.equals(cache.get("lossy", Map.class).orElse(null))) {
                    taken.add("a map with a null");
                }
            } catch (CacheValueException e) {
                // not written by this server's JSON-B
            }
            return taken.toString();
        }
    }

    // cached methods

    public abstract static class Repo<T, K> {
        final AtomicInteger calls = new AtomicInteger();

        @Cache
        public T find(K id) {
            calls.incrementAndGet();
            return make(id);
        }

        @Cache
        public Optional<T> maybe(K id) {
            calls.incrementAndGet();
            return Optional.of(make(id));
        }

        @Cache
        public CompletionStage<List<T>> later(K id) {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(List.of(make(id)));
        }

        @Cache
        public Map<K, List<? extends T>> map(K id) {
            calls.incrementAndGet();
            return Map.of(id, List.of(make(id)));
        }

        public int calls() {
            return calls.get();
        }

        protected abstract T make(K id);
    }

    @ApplicationScoped
    public static class Authors extends Repo<Author, Long> {
        @Override
        protected Author make(Long id) {
            return new Author(id, "a");
        }
    }

    public record Author(long id, String name) {}

    public sealed interface Shape permits Circle, Square {}

    public record Circle(int size) implements Shape {}

    public record Square(int size) implements Shape {}

    public record Framed(Shape shape) {}

    @ApplicationScoped
    public static class Methods {
        @Cache
        public Money money() {
            return new Money(199);
        }

        @Cache
        public List<Entity> entities() {
            return List.of(new Entity(1L, "e"));
        }

        @Cache
        public BitSet bits() {
            return ValuesApp.bits();
        }

        @Cache
        public Animal animal() {
            return new Dog("rex", 3);
        }

        @Cache
        public List<Animal> animals() {
            return List.of(new Animal("a"), new Cat("tom"));
        }

        @Cache
        public TreeMap<String, Integer> sorted() {
            return (TreeMap<String, Integer>) reversed();
        }

        @Cache
        public Map<String, Integer> ranking() {
            return reversed();
        }

        @Cache
        public String shape(Shape shape) {
            return shape.toString();
        }

        @Cache
        public String shapes(List<Shape> shapes) {
            return shapes.toString();
        }

        @Cache
        public String framed(Framed framed) {
            return framed.toString();
        }
    }

    /** Answers what the second call of a cached method gave that the first one did not. */
    @Path("methods")
    @Produces("text/plain")
    public static class CachedMethods {

        private final List<String> wrong = new ArrayList<>();

        @Inject
        Methods methods;

        @Inject
        Authors authors;

        @EJB
        AuthorsOfSession ofSession;

        @GET
        public String all() throws Exception {
            twice("find", () -> authors.find(1L).name());
            twice("maybe", () -> authors.maybe(1L).orElseThrow().name());
            twice(
                    "later",
                    () -> authors.later(1L).toCompletableFuture().get().get(0).name());
            twice("map", () -> authors.map(1L).get(1L).get(0).name());
            if (authors.calls() != 4) {
                wrong.add("calls of what is inherited: " + authors.calls());
            }
            twice("session", () -> ofSession.find(2L).name());
            twice(
                    "session",
                    () -> ofSession.later(2L).toCompletableFuture().get().get(0).name());
            twice("money", () -> methods.money().getCents());
            twice("entities", () -> methods.entities().get(0));
            twice("bits", () -> methods.bits());
            twice("animal", () -> methods.animal());
            twice("animals", () -> methods.animals());
            twice("sorted", () -> methods.sorted());
            twice("ranking", () -> methods.ranking());
            Circle circle = new Circle(2);
            Square square = new Square(2);
            differ(methods.shape(circle), methods.shape(square));
            differ(methods.shapes(List.of(circle)), methods.shapes(List.of(square)));
            differ(methods.framed(new Framed(circle)), methods.framed(new Framed(square)));
            return wrong.toString();
        }

        private void twice(String what, Callable<Object> call) {
            try {
                String first = call.call().toString();
                String second = call.call().toString();
                if (!first.equals(second)) {
                    wrong.add(what + ": " + first + " -> " + second);
                }
            } catch (Exception e) {
                wrong.add(what + ": " + e);
            }
        }

        private void differ(String one, String other) {
            if (one.equals(other)) {
                wrong.add(one + " twice");
            }
        }
    }
}
