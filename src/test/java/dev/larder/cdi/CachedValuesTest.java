package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.ICacheService;
import dev.larder.cdi.Deployments.Deployment;
import dev.larder.policy.GivenProperties;
import dev.larder.service.Logs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The values of cached methods on a backend that keeps bytes: the second caller gets what the first one got. */
@Timeout(120)
class CachedValuesTest {

    private static final GivenProperties COPY = GivenProperties.of("caches.default.options.isolation", "copy");
    private static final AtomicInteger CALLS = new AtomicInteger();

    @BeforeEach
    void start() {
        CALLS.set(0);
    }

    public record Book(long id, String title) {}

    public interface Finds<T> {
        @Cache
        default T first() {
            CALLS.incrementAndGet();
            return make(1L);
        }

        T make(Object id);
    }

    public abstract static class Repo<T, K> implements Finds<T> {
        @Cache
        public T find(K id) {
            CALLS.incrementAndGet();
            return make(id);
        }

        @Cache
        public Optional<T> maybe(K id) {
            CALLS.incrementAndGet();
            return Optional.of(make(id));
        }

        @Cache
        public CompletionStage<T> later(K id) {
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture(make(id));
        }

        @Cache
        public CompletableFuture<Optional<List<? extends T>>> laterMaybeAll(K id) {
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture(Optional.of(List.of(make(id))));
        }

        @Cache
        public List<T> all() {
            CALLS.incrementAndGet();
            return List.of(make(1L), make(2L));
        }

        @Cache
        public T[] array() {
            CALLS.incrementAndGet();
            return arrayOf(make(1L));
        }

        @Cache
        public Map<K, Map<String, List<T>>> maps(K id) {
            CALLS.incrementAndGet();
            return Map.of(id, Map.of("x", List.of(make(id))));
        }

        protected abstract T[] arrayOf(T one);
    }

    /** A level between, which swaps the names of the variables. */
    public abstract static class LongRepo<K> extends Repo<K, Long> {}

    @ApplicationScoped
    public static class Books extends LongRepo<Book> {
        @Override
        public Book make(Object id) {
            return new Book((Long) id, "t");
        }

        @Override
        protected Book[] arrayOf(Book one) {
            return new Book[] {one};
        }
    }

    @Test
    void the_type_variables_of_what_a_bean_inherits_are_those_of_the_bean() throws Exception {
        try (Deployment app = Deployments.configured(COPY, Books.class)) {
            Books books = app.bean(Books.class);
            Book book = new Book(1, "t");
            for (int i = 0; i < 2; i++) {
                Book found = books.find(1L);
                assertThat(found).isEqualTo(book);
                assertThat(books.maybe(1L)).contains(book);
                assertThat(books.later(1L).toCompletableFuture().get()).isEqualTo(book);
                assertThat(books.laterMaybeAll(1L).get().orElseThrow().get(0)).isEqualTo(book);
                assertThat(books.all()).containsExactly(book, new Book(2, "t"));
                assertThat(books.array()).containsExactly(book);
                assertThat(books.maps(1L)).isEqualTo(Map.of(1L, Map.of("x", List.of(book))));
                assertThat(books.first()).isEqualTo(book);
            }
            assertThat(CALLS).hasValue(8);
        }
    }

    // what JSON-B writes and cannot read back

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
    }

    public static class Animal {
        private String name = "";

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

    /** Adds nothing that JSON-B writes. */
    public static class Cat extends Animal {
        public Cat() {}

        public Cat(String name) {
            super(name);
        }
    }

    @ApplicationScoped
    public static class Lossy {
        @Cache
        public Money money() {
            CALLS.incrementAndGet();
            return new Money(199);
        }

        @Cache
        public Optional<List<Money>> wallet() {
            CALLS.incrementAndGet();
            return Optional.of(List.of(new Money(199)));
        }

        @Cache
        public CompletionStage<Entity> entity() {
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture(new Entity(1L, "e"));
        }

        @Cache
        public BitSet bits() {
            CALLS.incrementAndGet();
            BitSet bits = new BitSet();
            bits.set(3);
            return bits;
        }

        @Cache
        public Animal dog() {
            CALLS.incrementAndGet();
            return new Dog("rex", 3);
        }

        @Cache
        public Animal cat() {
            CALLS.incrementAndGet();
            return new Cat("tom");
        }

        @Cache
        public List<Animal> animals() {
            CALLS.incrementAndGet();
            return List.of(new Animal("a"), new Dog("rex", 3));
        }

        @Cache
        public Map<String, Animal> named() {
            CALLS.incrementAndGet();
            return Map.of("x", new Cat("tom"));
        }

        @Cache
        public TreeMap<String, Integer> sorted() {
            CALLS.incrementAndGet();
            TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
            map.put("a", 1);
            map.put("b", 2);
            return map;
        }

        @Cache
        public Map<String, Object> anything() {
            CALLS.incrementAndGet();
            return Map.of("number", 5);
        }

        @Cache
        public Map<String, String> withNull() {
            Map<String, String> map = new HashMap<>();
            map.put("a", null);
            return map;
        }

        @Cache
        public Number number() {
            CALLS.incrementAndGet();
            return 5;
        }
    }

    @Test
    void what_would_read_back_as_another_value_runs_uncached_and_is_logged_once_per_method() throws Exception {
        try (Deployment app = Deployments.configured(COPY, Lossy.class);
                Logs logs = new Logs()) {
            Lossy lossy = app.bean(Lossy.class);
            for (int i = 0; i < 3; i++) {
                assertThat(lossy.money().getCents()).isEqualTo(199);
                assertThat(lossy.wallet().orElseThrow().get(0).getCents()).isEqualTo(199);
                assertThat(lossy.entity().toCompletableFuture().get().getName()).isEqualTo("e");
                assertThat(lossy.bits().get(3)).isTrue();
                assertThat(lossy.dog()).isInstanceOf(Dog.class);
                assertThat(lossy.cat()).isInstanceOf(Cat.class);
                assertThat(lossy.animals().get(1)).isInstanceOf(Dog.class);
                assertThat(lossy.named().get("x")).isInstanceOf(Cat.class);
                assertThat(lossy.sorted().firstKey()).isEqualTo("b");
                assertThat(lossy.anything().get("number")).isEqualTo(5);
                assertThat(lossy.withNull()).containsOnlyKeys("a");
                assertThat(lossy.number()).isEqualTo(5);
            }
            assertThat(CALLS).hasValue(33);
            assertThat(logs.at(Level.WARNING))
                    .hasSizeBetween(11, 12)
                    .allMatch(each -> each.contains("cannot be stored"));
        }
    }

    // the class of an argument

    public sealed interface Shape permits Circle, Square {}

    public record Circle(int size) implements Shape {}

    public record Square(int size) implements Shape {}

    public record Framed(Shape shape) {}

    public record Both<A>(A one) {}

    public static class Holder {
        public Shape shape;

        public Holder() {}

        Holder(Shape shape) {
            this.shape = shape;
        }
    }

    public static class Counts<S> {
        @Cache
        public int area(S shape) {
            return CALLS.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Areas extends Counts<Shape> {
        @Cache
        public int plain(Circle circle) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int all(List<Shape> shapes) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int optional(Optional<Shape> shape) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int array(Shape[] shapes) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int map(Map<String, Shape> shapes) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int framed(Framed framed) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int both(Both<Shape> both) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int held(Holder holder) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int object(Object any) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int number(Number any) {
            return CALLS.incrementAndGet();
        }

        @Cache
        public int animal(Animal any) {
            return CALLS.incrementAndGet();
        }
    }

    @Test
    void the_class_of_an_argument_counts_where_it_is_not_the_declared_one() {
        try (Deployment app = Deployments.of(Areas.class)) {
            Areas areas = app.bean(Areas.class);
            Circle circle = new Circle(2);
            Square square = new Square(2);

            assertThat(areas.area(square)).isNotEqualTo(areas.area(circle)).isEqualTo(areas.area(square));
            assertThat(areas.all(List.of(square))).isNotEqualTo(areas.all(List.of(circle)));
            assertThat(areas.optional(Optional.of(square))).isNotEqualTo(areas.optional(Optional.of(circle)));
            assertThat(areas.array(new Shape[] {square})).isNotEqualTo(areas.array(new Shape[] {circle}));
            assertThat(areas.map(Map.of("x", square))).isNotEqualTo(areas.map(Map.of("x", circle)));
            assertThat(areas.framed(new Framed(square))).isNotEqualTo(areas.framed(new Framed(circle)));
            assertThat(areas.both(new Both<>(square))).isNotEqualTo(areas.both(new Both<>(circle)));
            assertThat(areas.held(new Holder(square))).isNotEqualTo(areas.held(new Holder(circle)));
            assertThat(areas.object(1L)).isNotEqualTo(areas.object(1));
            assertThat(areas.object("c")).isNotEqualTo(areas.object('c'));
            assertThat(areas.object(List.of(1))).isNotEqualTo(areas.object(Set.of(1)));
            assertThat(areas.object(List.of(1))).isNotEqualTo(areas.object(new int[] {1}));
            assertThat(areas.number(1L)).isNotEqualTo(areas.number(1));
            assertThat(areas.animal(new Animal("a"))).isNotEqualTo(areas.animal(new Cat("a")));
            assertThat(areas.plain(circle)).isEqualTo(areas.plain(new Circle(2)));
        }
    }

    @Test
    void an_argument_that_would_not_read_back_runs_uncached() throws ExecutionException {
        try (Deployment app = Deployments.of(Areas.class)) {
            Areas areas = app.bean(Areas.class);
            BitSet bits = new BitSet();
            bits.set(1);
            TreeMap<String, Integer> sorted = new TreeMap<>(Comparator.reverseOrder());
            sorted.put("a", 1);
            for (Object unreadable : List.of(bits, new Money(5), sorted, new Entity(1L, "e"), List.of(new Money(5)))) {
                assertThat(areas.object(unreadable)).isNotEqualTo(areas.object(unreadable));
            }
        }
    }

    @ApplicationScoped
    public static class Outdated {
        @Inject
        Outdated self;

        @Inject
        ICacheService cache;

        @Cache(tags = "t")
        public String read() {
            int call = CALLS.incrementAndGet();
            if (call == 1) {
                cache.invalidate("t");
                self.read();
            }
            return "v" + call;
        }
    }

    @Test
    void the_value_of_a_call_that_began_before_an_invalidation_replaces_no_newer_one() {
        try (Deployment app = Deployments.configured(COPY, Outdated.class)) {
            assertThat(app.bean(Outdated.class).read()).isEqualTo("v1");
            assertThat(app.bean(Outdated.class).read()).isEqualTo("v2");
        }
    }
}
