package dev.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.reflect.GenericType;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** "Nothing is lost on the way": what would read back as another value counts as one that cannot be written. */
class NothingIsLostTest {

    private static final StoreKey KEY = new StoreKey("books:1:a", null);
    private static final Jsonb JSONB = JsonbBuilder.create();

    private final ValueCodec codec = new ValueCodec(() -> JSONB);

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

    public static class Animal {
        public String name = "";

        public Animal() {}

        public Animal(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Animal animal && name.equals(animal.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    public static class Dog extends Animal {
        public int age;

        public Dog() {}

        public Dog(String name, int age) {
            super(name);
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

    public record Keeper(String name, Secret secret) {}

    public record Owner(String name, Animal animal) {}

    public record Any(Object any) {}

    public record Plain(String text, int number) {}

    public record Zoo(Set<Animal> animals, SortedMap<String, Integer> counts) {}

    public record Page<T>(List<T> items, Optional<T> first, int total) {}

    public record Twice(int number) {
        public int number() {
            return number + 1;
        }
    }

    public record Rounded(int number) {
        public Rounded {
            number = number > 100 ? number + 1 : number;
        }
    }

    public record Rough(@JsonbNumberFormat("0.0") double number) {}

    public record Without(String name, @JsonbTransient String password) {}

    @JsonbTypeAdapter(Point.Adapter.class)
    public static class Point {
        private final int x;

        Point(int x) {
            this.x = x;
        }

        public static class Adapter implements jakarta.json.bind.adapter.JsonbAdapter<Point, String> {
            @Override
            public String adaptToJson(Point point) {
                return "P" + point.x;
            }

            @Override
            public Point adaptFromJson(String text) {
                return new Point(Integer.parseInt(text.substring(1)));
            }
        }
    }

    public static class Pages extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        public int total = 5;
    }

    public static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    public enum Weather {
        SUNNY,
        RAINY {}
    }

    public static class Note {
        public String text = "";
        private @Nullable String author;

        @JsonbTransient
        private @Nullable String session;

        private transient int hash;
        private @Nullable Note answered;

        Note by(String name) {
            author = name;
            return this;
        }
    }

    public static class Topic {
        private List<Reply> replies = List.of();

        public List<Reply> getReplies() {
            return replies;
        }

        public void setReplies(List<Reply> replies) {
            this.replies = replies;
            replies.forEach(reply -> reply.topic = this);
        }
    }

    public static class Reply {
        public String text = "";
        private @Nullable Topic topic;
    }

    // set: the value's class counts, and that of each element

    @Test
    void what_json_b_writes_and_cannot_read_is_refused() {
        BitSet bits = new BitSet();
        bits.set(3);
        refused(new Money(199));
        refused(List.of(new Money(199)));
        refused(Map.of("a", new Money(199)));
        refused(Optional.of(new Money(199)));
        refused(new Money[] {new Money(199)});
        refused(new Any(new Money(199)));
        refused(bits);
        refused(new Twice(1));
    }

    @Test
    void a_class_with_fields_of_which_json_b_writes_none_is_refused_wherever_it_is() {
        refused(new Secret());
        refused(List.of(new Secret()));
        refused(new Keeper("a", new Secret()));
        refused(new Pages());
        comesBack(new Keeper("a", null));
        comesBack(new Names());
    }

    @Test
    void a_field_that_json_b_does_not_write_is_refused_wherever_it_is() {
        Note answer = new Note();
        answer.answered = new Note();
        refused(new Note().by("ann"));
        refused(answer);
        refused(List.of(new Note(), new Note().by("ann")));
        refused(Map.of("a", new Note().by("ann")));
        refused(new Any(new Note().by("ann")));
        assertThat(codec.encode(KEY, new Note())).isNotEmpty();
    }

    @Test
    void what_is_declared_transient_to_java_or_json_b_is_no_part_of_the_value() {
        Note note = new Note();
        note.session = "s1";
        note.hash = 7;
        assertThat(codec.encode(KEY, note)).isNotEmpty();
    }

    @Test
    void a_field_that_leads_back_to_its_owner_is_followed_once() {
        Topic topic = new Topic();
        Reply reply = new Reply();
        topic.setReplies(List.of(reply));
        assertThat(codec.encode(KEY, topic)).isNotEmpty();
        reply.topic = null;
        refused(topic);
    }

    @Test
    void a_class_of_its_own_behind_a_declared_one_is_refused() {
        comesBack(new Dog("rex", 3));
        refused(new Owner("o", new Dog("rex", 3)));
        refused(new Owner("o", new Cat("tom")));
        comesBack(new Owner("o", new Animal("a")));
        refused(new Zoo(Set.of(new Cat("tom")), null));
        comesBack(new Zoo(Set.of(new Animal("a"), new Animal("b"), new Animal("c")), null));
        comesBack(new Any("text"));
        refused(new Any(5));
        refused(new Any(5L));
        refused(new Any(LocalDate.of(2026, 1, 2)));
        refused(new Any(Weather.SUNNY));
    }

    @Test
    void elements_count_by_their_own_classes() {
        comesBack(List.of(new Dog("rex", 3), new Cat("tom")));
        comesBack(List.of("a", 1, true, List.of(1), List.of("b")));
        comesBack(List.of(List.of("a", 1), List.of(2, "b")));
        comesBack(Map.of("a", 1, "b", "text", "c", List.of(1, "x")));
        refused(List.of("a", new Money(199)));
        refused(Map.of("a", 1, "b", new Money(199)));
        Map<Object, Integer> keys = new HashMap<>(Map.of("1", 1));
        keys.put(1, 2);
        refused(keys);
    }

    @Test
    void an_order_of_its_own_is_refused_and_the_natural_one_is_not() {
        Comparator<String> reverse = Comparator.reverseOrder();
        TreeMap<String, Integer> map = new TreeMap<>(reverse);
        map.putAll(Map.of("a", 1, "b", 2));
        TreeSet<String> set = new TreeSet<>(reverse);
        set.addAll(List.of("a", "b"));
        PriorityQueue<String> queue = new PriorityQueue<>(reverse);
        queue.addAll(List.of("a", "b"));
        refused(as(TreeMap.class, String.class, Integer.class), map);
        refused(as(SortedMap.class, String.class, Integer.class), map);
        refused(as(TreeSet.class, String.class), set);
        refused(as(PriorityQueue.class, String.class), queue);
        refused(map);
        refused(set);
        refused(queue);
        refused(new Zoo(null, map));
        comesBack(new TreeMap<>(Map.of("a", 1, "b", 2)));
        comesBack(new TreeSet<>(Set.of("a", "b")));
        comesBack(new Zoo(null, new TreeMap<>(Map.of("a", 1, "b", 2))));
        // a declared map is read in the order it was written in
        comesBack(as(Map.class, String.class, Integer.class), map);
    }

    @Test
    void a_map_with_a_null_is_refused_unless_it_is_written() {
        Map<String, String> map = new HashMap<>();
        map.put("a", null);
        if (JSONB.toJson(map).contains("null")) {
            comesBack(map);
        } else {
            refused(map);
            refused(List.of(map));
        }
        comesBack(Arrays.asList("a", null));
    }

    @Test
    void what_json_b_can_bind_is_taken_as_before() {
        Map<String, Map<Weather, Set<Integer>>> nested = new LinkedHashMap<>();
        nested.put("z", new EnumMap<>(Map.of(Weather.SUNNY, Set.of(1, 2, 3), Weather.RAINY, Set.of())));
        nested.put("a", Map.of());
        comesBack(nested);
        comesBack(EnumSet.allOf(Weather.class));
        comesBack(new ArrayList<>(List.of(1.5, 2.5)));
        comesBack(new LinkedList<>(List.of(new BigDecimal("9.90"))));
        comesBack(new HashSet<>(List.of("b", "a", "c")));
        comesBack(Collections.unmodifiableList(new ArrayList<>(List.of("a"))));
        comesBack(new ConcurrentHashMap<>(Map.of("a", 1)));
        comesBack(List.of(List.of(), List.of("a")));
        comesBack(new Page<>(List.of(new Plain("a", 1)), Optional.of(new Plain("b", 2)), 2));
        comesBack(new Page<>(List.of(1, 2), Optional.empty(), 2));
        comesBack(Optional.of(List.of(new Plain("a", 1))));
        comesBack(new Plain[] {new Plain("a", 1), null});
        comesBack(new int[][] {{1}, {}});
        comesBack(List.of(LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6)));
        comesBack(Json.createObjectBuilder()
                .add("a", 1)
                .add("b", Json.createArrayBuilder().add("x"))
                .build());
        comesBack(as(JsonObject.class), Json.createObjectBuilder().add("a", 1).build());
        codec.encode(KEY, new Point(5)); // has no equals()
        codec.encode(KEY, new Without("name", "password")); // that it is left out is what the application said
    }

    // a declared type

    @Test
    void the_declared_type_counts_where_there_is_one() {
        refused(as(Animal.class), new Dog("rex", 3));
        refused(as(Animal.class), new Cat("tom"));
        comesBack(as(Animal.class), new Animal("a"));
        refused(as(List.class, Animal.class), List.of(new Animal("a"), new Dog("rex", 3)));
        comesBack(as(List.class, Plain.class), List.of(new Plain("a", 1)));
        refused(as(Map.class, String.class, Object.class), Map.of("a", 1));
        comesBack(as(Map.class, String.class, Object.class), Map.of("a", "b"));
        comesBack(
                new TypeLiteral<Page<Plain>>() {}.getType(),
                new Page<>(List.of(new Plain("a", 1)), Optional.empty(), 1));
        refused(as(Number.class), 5);
        comesBack(as(Number.class), 5L);
        comesBack(as(Number.class), 5.5);
        refused(as(Comparable.class), Weather.SUNNY);
        refused(as(CharSequence.class), new StringBuilder("a"));
        refused(as(Object.class), new Plain("a", 1));
        comesBack(as(Weather.class), Weather.RAINY);
    }

    // what was proven once

    @Test
    void what_came_back_once_is_no_proof_of_another_form() {
        comesBack(new Rounded(5));
        refused(new Rounded(101));
        refused(List.of(new Rounded(5), new Rounded(101)));
        comesBack(new Rough(1.5));
        refused(new Rough(1.55));
        comesBack(new Owner("o", new Animal("a")));
        refused(new Owner("o", new Cat("tom")));
        comesBack(new Any("text"));
        refused(new Any(1));
        comesBack(List.of("a"));
        comesBack(Arrays.asList(new Plain("a", 1), null));
        refused(List.of(new Any(1)));
        comesBack(List.of(new Plain("a", 1), new Plain(null, 2), new Plain("\uD83E\uDDC0\u0001", 3)));
    }

    private static Type as(Class<?> raw, Type... arguments) {
        return arguments.length == 0 ? raw : new GenericType(raw, List.of(arguments), null);
    }

    private void refused(Object value) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> codec.encode(KEY, value))
                    .as("%s", value)
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    private void refused(Type declared, Object value) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> codec.encode(KEY, Generations.NONE, value, declared))
                    .as("%s", value)
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    private void comesBack(Object value) {
        for (int i = 0; i < 2; i++) {
            byte[] bytes = codec.encode(KEY, value);
            try {
                equal(value, codec.decode(KEY, bytes, RuntimeType.of(value)));
            } catch (RuntimeType.MixedException e) {
                equal(value.toString(), codec.decode(KEY, bytes, value instanceof List ? List.class : Map.class));
            }
        }
    }

    private void comesBack(Type declared, Object value) {
        for (int i = 0; i < 2; i++) {
            equal(value, codec.decode(KEY, codec.encode(KEY, Generations.NONE, value, declared), declared));
        }
    }

    private static void equal(Object value, Decoded<Object> decoded) {
        assertThat(decoded).as("%s: %s", value, decoded).isInstanceOf(Decoded.Value.class);
        if (!(value instanceof String)) {
            assertThat(((Decoded.Value<Object>) decoded).value()).isEqualTo(value);
        }
    }
}
