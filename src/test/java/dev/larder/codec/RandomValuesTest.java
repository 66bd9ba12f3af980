package dev.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values of many shapes, by a seed: they come back equal or are refused, and are never different. */
class RandomValuesTest {

    private static final int VALUES = 6_000;
    private static final StoreKey KEY = new StoreKey("k", null);
    private static final Jsonb JSONB = JsonbBuilder.create();

    enum Colour {
        RED,
        GREEN {}
    }

    public record Scalars(
            String text,
            int number,
            Long big,
            Double fraction,
            BigDecimal price,
            Colour colour,
            LocalDate day,
            Instant instant,
            UUID id,
            Character letter,
            Boolean truth) {}

    public record Lists(List<String> texts, List<Scalars> scalars, List<LocalTime> times, Scalars one) {}

    public record Sets(Set<Integer> numbers, Map<String, Scalars> byName, Map<Integer, List<String>> byNumber) {}

    public record Anything(Object any, Collection<?> all, Comparable<?> some) {}

    public record Generic<T>(T one, List<T> all, Optional<T> maybe) {}

    public static class Animal {
        private String name = "x";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && String.valueOf(name).equals("" + ((Animal) other).name);
        }

        @Override
        public int hashCode() {
            return String.valueOf(name).hashCode();
        }
    }

    public static class Dog extends Animal {}

    public static class ReadOnly extends Animal {
        @Override
        public void setName(String name) {}

        ReadOnly named(String name) {
            super.setName(name);
            return this;
        }
    }

    public record Owner(Animal animal, List<Animal> animals) {}

    @Test
    void a_value_comes_back_equal_or_is_refused() {
        long seed = Long.getLong("larder.seed", 20260101L);
        Values values = new Values(new Random(seed));
        ValueCodec codec = new ValueCodec(() -> JSONB);
        int stored = 0;
        for (int i = 0; i < VALUES; i++) {
            Object value = values.next(3);
            byte[] bytes;
            try {
                bytes = codec.encode(KEY, value);
            } catch (CacheValueException e) {
                continue;
            }
            Type type;
            try {
                type = RuntimeType.of(value);
            } catch (RuntimeType.MixedException e) {
                continue; // who asks for elements of several types says himself as what
            }
            stored++;
            Decoded<Object> decoded = codec.decode(KEY, bytes, type);
            assertThat(decoded)
                    .as("seed %d, value %d: %s", seed, i, shown(value))
                    .isInstanceOf(Decoded.Value.class);
            Object read = ((Decoded.Value<Object>) decoded).value();
            assertThat(same(value, read))
                    .as("seed %d, value %d: %s -> %s", seed, i, shown(value), shown(read))
                    .isTrue();
        }
        assertThat(stored).isGreaterThan(VALUES / 4).isLessThan(VALUES);
    }

    @Test
    void a_declared_record_comes_back_equal_or_is_refused() {
        long seed = Long.getLong("larder.seed", 20260102L);
        Values values = new Values(new Random(seed));
        ValueCodec codec = new ValueCodec(() -> JSONB);
        int stored = 0;
        for (int i = 0; i < VALUES; i++) {
            Record value = values.record(2);
            try {
                byte[] bytes = codec.encode(KEY, Generations.NONE, value, value.getClass());
                stored++;
                assertThat(codec.decode(KEY, bytes, value.getClass()))
                        .as("seed %d, value %d", seed, i)
                        .isEqualTo(new Decoded.Value<>(value));
            } catch (CacheValueException e) {
                // refused
            }
        }
        assertThat(stored).isGreaterThan(VALUES / 4).isLessThan(VALUES);
    }

    private static boolean same(Object one, Object other) {
        return one.getClass().isArray()
                ? Arrays.deepEquals(new Object[] {one}, new Object[] {other})
                : one.equals(other);
    }

    private static String shown(Object value) {
        return value.getClass().getName() + " " + Arrays.deepToString(new Object[] {value});
    }

    private record Values(Random random) {

        Object next(int depth) {
            Object value = depth == 0 ? scalar() : composite(depth - 1);
            return value == null ? "null" : value;
        }

        private Object composite(int depth) {
            return switch (random.nextInt(14)) {
                case 0 -> list(depth);
                case 1 -> new ArrayList<>(Arrays.asList(scalar(), null, scalar()));
                case 2 -> new LinkedHashSet<>(list(depth));
                case 3 -> map(depth);
                case 4 -> new HashMap<>(map(depth));
                case 5 -> sorted();
                case 6 -> Optional.of(next(depth));
                case 7 -> depth == 2 ? new Object[] {scalar()} : text(); // an array equals no other
                case 8 -> depth == 2 ? new String[] {text(), null} : text();
                case 9 -> random.nextBoolean() ? BitSet.valueOf(new long[] {random.nextInt(4)}) : animal();
                case 10, 11, 12 -> record(depth);
                default -> scalar();
            };
        }

        Record record(int depth) {
            return switch (random.nextInt(7)) {
                case 0, 1 -> scalars();
                case 2 ->
                    new Lists(
                            random.nextInt(4) == 0 ? null : texts(),
                            List.of(scalars(), scalars()),
                            random.nextBoolean() ? List.of() : List.of(LocalTime.ofNanoOfDay(random.nextInt(1 << 30))),
                            random.nextBoolean() ? null : scalars());
                case 3 ->
                    new Sets(
                            new LinkedHashSet<>(List.of(random.nextInt(), 7)),
                            random.nextBoolean() ? Map.of(text(), scalars()) : null,
                            Map.of(random.nextInt(), texts()));
                case 4 ->
                    new Anything(
                            random.nextBoolean() ? text() : next(depth),
                            random.nextBoolean() ? null : list(depth),
                            random.nextInt(3) == 0 ? random.nextInt() : null);
                case 5 -> new Owner(animal(), random.nextBoolean() ? List.of(animal(), animal()) : null);
                default -> generic(next(depth), depth);
            };
        }

        private Record generic(Object one, int depth) {
            return new Generic<>(
                    random.nextInt(4) == 0 ? null : one,
                    List.of(random.nextBoolean() ? one : next(depth)),
                    random.nextBoolean() ? Optional.empty() : Optional.of(one));
        }

        private Animal animal() {
            Animal animal = switch (random.nextInt(5)) {
                case 0 -> new Dog();
                case 1 -> new ReadOnly().named(text());
                default -> new Animal();
            };
            animal.setName(random.nextInt(5) == 0 ? null : text());
            return animal;
        }

        private Scalars scalars() {
            return new Scalars(
                    random.nextInt(5) == 0 ? null : text(),
                    random.nextInt(),
                    random.nextInt(4) == 0 ? null : random.nextBoolean() ? random.nextLong() : random.nextInt(),
                    random.nextInt(4) == 0 ? null : (Double) fraction(),
                    random.nextInt(4) == 0 ? null : decimal(),
                    random.nextInt(4) == 0 ? null : Colour.values()[random.nextInt(2)],
                    random.nextInt(4) == 0 ? null : LocalDate.ofEpochDay(random.nextInt(4_000_000) - 1_000_000),
                    random.nextInt(4) == 0 ? null : instant(),
                    random.nextInt(4) == 0 ? null : new UUID(random.nextLong(), random.nextLong()),
                    random.nextInt(4) == 0 ? null : (char) random.nextInt(1 << 16),
                    random.nextInt(4) == 0 ? null : random.nextBoolean());
        }

        private Instant instant() {
            long scale = new long[] {60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L}[random.nextInt(5)];
            return Instant.EPOCH.plusNanos((random.nextLong() >>> 2) / scale * scale);
        }

        private Object fraction() {
            return switch (random.nextInt(6)) {
                case 0 -> -0.0;
                case 1 -> 0.0;
                case 2 -> random.nextInt(100) / 4.0;
                case 3 -> Double.longBitsToDouble(random.nextLong());
                default -> random.nextGaussian();
            };
        }

        private BigDecimal decimal() {
            return new BigDecimal(new BigInteger(random.nextBoolean() ? 10 : 100, random), random.nextInt(40) - 10);
        }

        private Object scalar() {
            return switch (random.nextInt(12)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextLong();
                case 2 -> fraction();
                case 3 -> decimal();
                case 4 -> random.nextBoolean();
                case 5 -> Colour.values()[random.nextInt(2)];
                case 6 -> instant();
                case 7 -> LocalDateTime.of(2026, 1, 2, random.nextInt(24), random.nextInt(60), 0, random.nextInt(3));
                case 8 -> (char) random.nextInt(1 << 16);
                case 9 -> new UUID(1, random.nextLong());
                default -> text();
            };
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append((char) (random.nextInt(6) == 0 ? random.nextInt(1 << 16) : 'a' + random.nextInt(26)));
                text.append(random.nextInt(9) == 0 ? "\"" : random.nextInt(9) == 0 ? "\\" : "");
            }
            return text.toString();
        }

        private List<String> texts() {
            return Arrays.asList(text(), random.nextInt(4) == 0 ? null : text());
        }

        private List<Object> list(int depth) {
            List<Object> list = new ArrayList<>();
            boolean alike = random.nextInt(4) > 0;
            Object first = next(depth);
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(alike ? first : next(depth));
            }
            return list;
        }

        private Map<Object, Object> map(int depth) {
            Map<Object, Object> map = new LinkedHashMap<>();
            boolean texts = random.nextInt(4) > 0;
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(texts ? text() : scalar(), random.nextInt(6) == 0 ? null : next(depth));
            }
            return map;
        }

        private Map<String, Integer> sorted() {
            Map<String, Integer> map =
                    random.nextBoolean() ? new TreeMap<>() : new TreeMap<>(Comparator.reverseOrder());
            map.put("a", 1);
            map.put("b", 2);
            return map;
        }
    }
}
