package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.larder.CacheException;
import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import dev.larder.NoSuchKeyException;
import dev.larder.UnknownBackendException;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link ICacheService}, held against every kind of backend. */
public abstract class ICacheServiceContract {

    private static final Jsonb JSONB = JsonbBuilder.create();

    final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    Backends backends;
    ICacheService cache;

    /** Makes a backend that lives in the time of {@link #pass}. */
    abstract CacheBackend backend(String name, CacheSettings settings);

    /** What stands before the keys of a backend; another for each where they share a store. */
    String keyPrefix(String name) {
        return "app";
    }

    /** A value of so many bytes is too large. */
    int tooLarge() {
        return 2_000_000;
    }

    /** Whether a value that was set and the one that is got are two objects. */
    abstract boolean copies();

    @BeforeEach
    void open() {
        backends = new Backends(
                Map.of(
                        "default", settings("default").ttl(Duration.ofMinutes(5)),
                        "secondary", settings("secondary"),
                        "never", settings("never").ttl(Duration.ZERO),
                        "forever", settings("forever").ttl(ICacheService.FOREVER)),
                this::backend,
                new ValueCodec(() -> JSONB),
                nanos::get,
                any -> CacheEvents.NONE);
        cache = backends.service();
    }

    private CacheSettings settings(String name) {
        return CacheSettings.local().keyPrefix(keyPrefix(name));
    }

    @AfterEach
    void close() {
        backends.close();
    }

    /** Lets time pass, or aborts the test where it cannot be moved so far. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** How much longer than other entries a counter may live. */
    protected Duration counterLateness() {
        return Duration.ZERO;
    }

    // get, set

    @Test
    void what_is_set_is_got() {
        assertThat(cache.set("k", "v")).isTrue();
        assertThat(cache.get("k", String.class)).contains("v");
    }

    @Test
    void what_was_never_set_is_absent() {
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @Test
    @Execution(CONCURRENT) // like all that only wait
    void set_replaces_value_and_expiry() {
        cache.set("k", "old", Duration.ofSeconds(1));
        cache.set("k", "new", Duration.ofSeconds(10));
        pass(Duration.ofSeconds(2));

        assertThat(cache.get("k", String.class)).contains("new");
        cache.set("k", "short", Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @Test
    void null_is_no_argument() {
        String none = null;
        List<Consumer<ICacheService>> calls = List.of(
                c -> c.get(none, String.class),
                c -> c.get("k", (Class<String>) null),
                c -> c.get(none, new TypeLiteral<String>() {}),
                c -> c.get("k", (TypeLiteral<String>) null),
                c -> c.set(none, "v"),
                c -> c.set("k", null),
                c -> c.set(none, "v", Duration.ofSeconds(1)),
                c -> c.set("k", null, Duration.ofSeconds(1)),
                c -> c.set("k", "v", null),
                c -> c.delete(none),
                c -> c.hasKey(none),
                c -> c.touch(none),
                c -> c.touch(none, Duration.ofSeconds(1)),
                c -> c.touch("k", null),
                c -> c.incr(none),
                c -> c.incr(none, 1),
                c -> c.decr(none),
                c -> c.decr(none, 1),
                c -> c.backend(none),
                c -> c.version(none),
                c -> c.getAsync(none, String.class),
                c -> c.getAsync("k", (Class<String>) null),
                c -> c.getAsync(none, new TypeLiteral<String>() {}),
                c -> c.getAsync("k", (TypeLiteral<String>) null),
                c -> c.setAsync(none, "v"),
                c -> c.setAsync("k", null),
                c -> c.setAsync(none, "v", Duration.ofSeconds(1)),
                c -> c.setAsync("k", null, Duration.ofSeconds(1)),
                c -> c.setAsync("k", "v", null),
                c -> c.deleteAsync(none),
                c -> c.hasKeyAsync(none),
                c -> c.touchAsync(none),
                c -> c.touchAsync(none, Duration.ofSeconds(1)),
                c -> c.touchAsync("k", null),
                c -> c.incrAsync(none),
                c -> c.incrAsync(none, 1),
                c -> c.decrAsync(none),
                c -> c.decrAsync(none, 1),
                c -> c.add(none, "v"),
                c -> c.add("k", null),
                c -> c.add("k", "v", null),
                c -> c.addAsync(none, "v"),
                c -> c.addAsync("k", null),
                c -> c.addAsync("k", "v", null),
                c -> c.getOrSet(none, String.class, () -> "v"),
                c -> c.getOrSet("k", (Class<String>) null, () -> "v"),
                c -> c.getOrSet("k", (TypeLiteral<String>) null, () -> "v"),
                c -> c.getOrSet("k", String.class, null),
                c -> c.getOrSet("k", String.class, null, () -> "v"),
                c -> c.getOrSetAsync(none, String.class, () -> CompletableFuture.completedStage("v")),
                c -> c.getOrSetAsync("k", (Class<String>) null, () -> CompletableFuture.completedStage("v")),
                c -> c.getOrSetAsync("k", String.class, null),
                c -> c.getOrSetAsync("k", String.class, null, () -> CompletableFuture.completedStage("v")),
                c -> c.getMany(null, String.class),
                c -> c.getMany(Arrays.asList("k", null), String.class),
                c -> c.getMany(List.of("k"), (Class<String>) null),
                c -> c.getManyAsync(null, String.class),
                c -> c.getManyAsync(Arrays.asList("k", null), String.class),
                c -> c.setMany(null),
                c -> c.setMany(Collections.singletonMap(null, "v")),
                c -> c.setMany(Collections.singletonMap("k", null)),
                c -> c.setMany(Map.of("k", "v"), null),
                c -> c.setManyAsync(null),
                c -> c.setManyAsync(Collections.singletonMap("k", null)),
                c -> c.setManyAsync(Map.of("k", "v"), null),
                c -> c.deleteMany(null),
                c -> c.deleteMany(Arrays.asList("k", null)),
                c -> c.deleteManyAsync(null),
                c -> c.deleteManyAsync(Arrays.asList("k", null)),
                c -> c.invalidate((String[]) null),
                c -> c.invalidate("t", null),
                c -> c.invalidateAsync((String[]) null),
                c -> c.invalidateAsync("t", null),
                c -> c.tags((String[]) null),
                c -> c.tags("t", null));
        for (int i = 0; i < calls.size(); i++) {
            Consumer<ICacheService> call = calls.get(i);
            assertThatThrownBy(() -> call.accept(cache)).as("call " + i).isInstanceOf(NullPointerException.class);
        }
        assertThat(cache.hasKey("k")).isFalse();
    }

    // ttl

    @Test
    void without_a_ttl_the_backends_own_counts() {
        cache.set("k", "v");
        pass(Duration.ofMinutes(5).minusSeconds(20));
        assertThat(cache.hasKey("k")).isTrue();
        pass(Duration.ofSeconds(21));
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S", "PT-2562047788015215H"})
    void with_a_ttl_of_zero_or_less_the_entry_is_gone_at_once_and_an_older_one_too(Duration ttl) {
        cache.set("k", "old");

        assertThat(cache.set("k", "new", ttl)).isTrue();
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(cache.set("absent", "new", ttl)).isTrue();
    }

    @Test
    void a_backend_whose_ttl_is_zero_stores_nothing() {
        ICacheService never = cache.backend("never");
        never.set("k", "old", Duration.ofSeconds(9));

        assertThat(never.set("k", "v")).isTrue();
        assertThat(never.hasKey("k")).isFalse();
        never.set("k", "v", Duration.ofSeconds(9));
        assertThat(never.touch("k")).isTrue();
        assertThat(never.hasKey("k")).isFalse();
    }

    @Test
    void for_ever_and_over_a_hundred_years_are_for_ever() {
        cache.set("k", "v", ICacheService.FOREVER);
        cache.set("century", "v", Duration.ofDays(36_600));
        cache.set("max", "v", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        cache.backend("forever").set("d", "v");
        pass(Duration.ofDays(36_900));

        assertThat(cache.hasKey("k")).isTrue();
        assertThat(cache.hasKey("century")).isTrue();
        assertThat(cache.hasKey("max")).isTrue();
        assertThat(cache.backend("forever").hasKey("d")).isTrue();
    }

    @Test
    void forty_days_are_forty_days() {
        cache.set("k", "v", Duration.ofDays(40));
        cache.set("n", 1, Duration.ofDays(40));
        pass(Duration.ofDays(40).minusSeconds(20));
        assertThat(cache.hasKey("k")).isTrue();
        assertThat(cache.incr("n")).isEqualTo(2);
        pass(Duration.ofSeconds(21));
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(cache.hasKey("n")).isFalse();
    }

    // delete, hasKey, touch

    @Test
    @Execution(CONCURRENT)
    void delete_tells_whether_a_live_entry_was_removed() {
        cache.set("k", "v", Duration.ofSeconds(1));
        assertThat(cache.delete("k")).isTrue();
        assertThat(cache.delete("k")).isFalse();
        cache.set("k", "v", Duration.ofSeconds(1));
        pass(Duration.ofSeconds(3));
        assertThat(cache.delete("k")).isFalse();
    }

    @Test
    @Execution(CONCURRENT)
    void touch_gives_a_live_entry_a_new_expiry() {
        cache.set("k", "v", Duration.ofSeconds(1));
        assertThat(cache.touch("k", Duration.ofSeconds(4))).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(cache.touch("k")).isTrue();
        pass(Duration.ofSeconds(3));
        assertThat(cache.get("k", String.class)).contains("v");
        assertThat(cache.touch("k", Duration.ofSeconds(1))).isTrue();
        pass(Duration.ofMillis(2_000));
        assertThat(cache.touch("k", Duration.ofSeconds(1))).isFalse();
        assertThat(cache.touch("absent")).isFalse();
    }

    @Test
    void touch_with_a_ttl_of_zero_or_less_ends_a_live_entry() {
        cache.set("k", "v");
        assertThat(cache.touch("k", Duration.ZERO)).isTrue();
        assertThat(cache.hasKey("k")).isFalse();
        assertThat(cache.touch("k", Duration.ofSeconds(-1))).isFalse();
    }

    // missing is not falsy

    @Test
    void missing_is_not_falsy() {
        cache.set("list", List.of());
        cache.set("false", false);
        cache.set("zero", 0);
        cache.set("text", "");
        cache.set("bytes", new byte[0]);

        assertThat(cache.get("list", List.class)).contains(List.of());
        assertThat(cache.get("false", Boolean.class)).contains(false);
        assertThat(cache.get("zero", Integer.class)).contains(0);
        assertThat(cache.get("text", String.class)).contains("");
        assertThat(cache.get("bytes", byte[].class))
                .hasValueSatisfying(b -> assertThat(b).isEmpty());
    }

    // counters

    @ParameterizedTest
    @CsvSource({
        "5, 1, 6",
        "5, -2, 3",
        "5, -9, 0",
        "5, 0, 5",
        "0, 0, 0",
        "0, -1, 0",
        "0, 9223372036854775807, 9223372036854775807",
        "9223372036854775806, 1, 9223372036854775807",
        "9223372036854775807, 0, 9223372036854775807",
        "9223372036854775807, -9223372036854775808, 0",
        "5, -9223372036854775808, 0"
    })
    void incr_adds_and_stops_at_zero(long start, long delta, long expected) {
        cache.set("n", start);
        assertThat(cache.incr("n", delta)).isEqualTo(expected);
        assertThat(cache.get("n", Long.class)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 4",
        "5, 9, 0",
        "5, -2, 7",
        "5, 0, 5",
        "5, 9223372036854775807, 0",
        "0, -9223372036854775807, 9223372036854775807"
    })
    void decr_subtracts_and_stops_at_zero(long start, long delta, long expected) {
        cache.set("n", start);
        assertThat(cache.decr("n", delta)).isEqualTo(expected);
        assertThat(cache.get("n", Long.class)).contains(expected);
    }

    @Test
    void above_the_range_the_counter_is_unchanged() {
        cache.set("n", Long.MAX_VALUE);
        assertThatThrownBy(() -> cache.incr("n"))
                .isInstanceOf(CacheValueException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("n");
        assertThatThrownBy(() -> cache.decr("n", -1)).isInstanceOf(CacheValueException.class);
        assertThatThrownBy(() -> cache.decr("n", Long.MIN_VALUE)).isInstanceOf(CacheValueException.class);
        assertThat(cache.get("n", Long.class)).contains(Long.MAX_VALUE);
        cache.set("n", 0);
        assertThatThrownBy(() -> cache.decr("n", Long.MIN_VALUE)).isInstanceOf(CacheValueException.class);
        assertThat(cache.get("n", Long.class)).contains(0L);
    }

    @Test
    void incr_and_decr_count_by_one() {
        cache.set("n", 1);
        assertThat(cache.incr("n")).isEqualTo(2);
        assertThat(cache.decr("n")).isEqualTo(1);
    }

    @Test
    void counters_are_set_as_any_whole_number() {
        for (Object number : new Object[] {(byte) 7, (short) 7, 7, 7L}) {
            cache.set("n", number);
            assertThat(cache.incr("n")).isEqualTo(8);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void counting_keeps_the_expiry() {
        cache.set("n", 1, Duration.ofSeconds(4));
        pass(Duration.ofSeconds(1));
        cache.incr("n");
        pass(Duration.ofSeconds(1));
        assertThat(cache.hasKey("n")).isTrue();
        pass(Duration.ofSeconds(3).plus(counterLateness()));
        assertThat(cache.hasKey("n")).isFalse();
    }

    @Test
    @Execution(CONCURRENT)
    void a_missing_key_cannot_be_counted() {
        assertThatThrownBy(() -> cache.incr("n", 0))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("n");
        assertThatThrownBy(() -> cache.decr("n")).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> cache.decr("n", Long.MIN_VALUE)).isInstanceOf(NoSuchKeyException.class);
        cache.set("n", 1, Duration.ofSeconds(1));
        pass(Duration.ofSeconds(3).plus(counterLateness()));
        assertThatThrownBy(() -> cache.incr("n")).isInstanceOf(NoSuchKeyException.class);
    }

    static Stream<Object> noCounters() {
        return Stream.of(
                -1, -1L, "7", "", 7.0, 7f, true, 'a', new byte[] {'7'}, new BigDecimal(7), BigInteger.TEN, List.of(7));
    }

    @ParameterizedTest
    @MethodSource("noCounters")
    void anything_else_cannot_be_counted(Object value) {
        cache.set("n", value);
        assertThatThrownBy(() -> cache.incr("n"))
                .isInstanceOf(CacheValueException.class)
                .hasMessageContaining("'default'");
        assertThatThrownBy(() -> cache.decr("n", 0)).isInstanceOf(CacheValueException.class);
        assertThat(cache.hasKey("n")).isTrue();
    }

    // values

    public record Author(String name, LocalDate born) {}

    public record Book(long id, String title, BigDecimal price, List<Author> authors, Map<String, Set<Integer>> tags) {}

    public enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a constant with a class of its own";
            }
        }
    }

    static Stream<Object> values() {
        return Stream.of(
                "text",
                "",
                "null",
                "\u00e4\u20ac\ud83d\ude00",
                true,
                'x',
                (byte) -1,
                (short) -2,
                -3,
                -4L,
                1.5f,
                Double.NaN,
                new BigDecimal("1.50"),
                new BigInteger("123456789012345678901234567890"),
                Colour.GREEN,
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                LocalDate.of(2026, 1, 2),
                Duration.ofMillis(1),
                ZoneId.of("Europe/Paris"),
                new Author("a", LocalDate.of(1900, 2, 3)),
                new Book(
                        1,
                        "t",
                        new BigDecimal("9.90"),
                        List.of(new Author("b", LocalDate.of(2000, 1, 1))),
                        Map.of("x", Set.of(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_come_back_equal(Object value) {
        assertThat(cache.set("k", value)).isTrue();

        Optional<?> got = cache.get("k", value.getClass());

        assertThat(got.orElseThrow()).isEqualTo(value);
    }

    @Test
    void generic_types_are_read_by_a_type_literal() {
        List<Author> authors = List.of(new Author("a", LocalDate.of(1900, 2, 3)));
        Map<String, List<Author>> byName = new LinkedHashMap<>(Map.of("x", authors));
        cache.set("l", authors);
        cache.set("m", byName);
        cache.set("s", Set.of(1, 2));

        assertThat(cache.get("l", new TypeLiteral<List<Author>>() {})).contains(authors);
        assertThat(cache.get("m", new TypeLiteral<Map<String, List<Author>>>() {}))
                .contains(byName);
        assertThat(cache.get("s", new TypeLiteral<Set<Integer>>() {})).contains(Set.of(1, 2));
        assertThat(cache.getAsync("l", new TypeLiteral<List<Author>>() {})
                        .toCompletableFuture()
                        .join())
                .contains(authors);
    }

    @Test
    void maps_and_sets_come_back_in_the_order_they_were_written_in() {
        Map<String, Integer> ranking = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (String name : List.of("zoe", "ann", "mia", "bob", "tim", "eve")) {
            ranking.put(name, ranking.size());
            names.add(name);
        }
        cache.set("m", ranking);
        cache.set("s", names);
        cache.set("l", List.of(Map.of("x", names)));

        assertThat(cache.get("m", new TypeLiteral<Map<String, Integer>>() {}).orElseThrow())
                .containsExactlyEntriesOf(ranking);
        assertThat(cache.get("m", Map.class).orElseThrow().keySet().toArray()).isEqualTo(names.toArray());
        assertThat(cache.get("s", new TypeLiteral<Set<String>>() {}).orElseThrow())
                .containsExactlyElementsOf(names);
        assertThat(cache.get("s", Set.class).orElseThrow().toArray()).isEqualTo(names.toArray());
        assertThat(cache.get("l", new TypeLiteral<List<Map<String, Set<String>>>>() {})
                        .orElseThrow()
                        .get(0)
                        .get("x"))
                .containsExactlyElementsOf(names);
    }

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
    }

    public static class Cat extends Animal {}

    public static class Secret {
        int hidden = 1;
    }

    public record Owner(String name, Animal animal) {}

    public record Holder(Object any) {}

    static Stream<Object> lossy() {
        BitSet bits = new BitSet();
        bits.set(3);
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));
        return Stream.of(
                new Money(199),
                List.of(new Money(199)),
                Map.of("a", List.of(new Money(199))),
                bits,
                map,
                List.of(map),
                new Secret(),
                new Holder(new Secret()),
                new Owner("o", new Cat()),
                new Holder(5),
                new Holder(LocalDate.of(2026, 1, 2)));
    }

    @ParameterizedTest
    @MethodSource("lossy")
    void what_would_read_back_as_another_value_is_refused_where_bytes_are_kept(Object value) {
        cache.set("k", "old");
        if (!copies()) {
            assertThat(cache.set("k", value)).isTrue();
            assertThat(cache.get("k", Object.class).orElseThrow()).isSameAs(value);
            return;
        }
        assertThatThrownBy(() -> cache.set("k", value))
                .isInstanceOf(CacheValueException.class)
                .hasMessageContaining("'default'")
                .hasMessageContaining("k")
                .hasMessageContaining(value.getClass().getName());
        assertThatThrownBy(
                        () -> cache.setAsync("k", value).toCompletableFuture().get(20, SECONDS))
                .hasCauseInstanceOf(CacheValueException.class);
        assertThat(cache.get("k", String.class)).as("nothing is stored").contains("old");
    }

    @Test
    void elements_count_by_their_own_classes_and_who_asks_for_a_supertype_gets_its_part() {
        Cat cat = new Cat();
        cat.name = "tom";
        assertThat(cache.set("l", List.of("a", 1, true))).isTrue();
        assertThat(cache.set("c", cat)).isTrue();
        assertThat(cache.set("cs", List.of(cat, new Animal()))).isTrue();

        assertThat(cache.get("c", Animal.class).orElseThrow().name).isEqualTo("tom");
        assertThat(cache.get("cs", new TypeLiteral<List<Animal>>() {}).orElseThrow())
                .extracting(animal -> animal.name)
                .containsExactly("tom", "");
    }

    @Test
    void bytes_come_back() {
        byte[] bytes = {0, 1, -1, '7'};
        cache.set("k", bytes);
        assertThat(cache.get("k", byte[].class))
                .hasValueSatisfying(got -> assertThat(got).isEqualTo(bytes));
    }

    @Test
    void a_whole_number_reads_as_any_type_that_can_hold_it() {
        for (Object seven : new Object[] {(byte) 7, (short) 7, 7, 7L, -7, -7L}) {
            cache.set("k", seven);
            long number = ((Number) seven).longValue();
            assertThat(cache.get("k", Byte.class)).contains((byte) number);
            assertThat(cache.get("k", Short.class)).contains((short) number);
            assertThat(cache.get("k", Integer.class)).contains((int) number);
            assertThat(cache.get("k", Long.class)).contains(number);
        }
        cache.set("k", 128);
        assertThat(cache.get("k", Byte.class)).isEmpty();
        assertThat(cache.get("k", Short.class)).contains((short) 128);
        cache.set("k", 1L << 40);
        assertThat(cache.get("k", Integer.class)).isEmpty();
        assertThat(cache.get("k", long.class)).contains(1L << 40);
    }

    @Test
    void there_is_no_other_conversion() {
        cache.set("k", "12");
        assertThat(cache.get("k", Integer.class)).isEmpty();
        assertThat(cache.get("k", Long.class)).isEmpty();
        cache.set("k", 12);
        assertThat(cache.get("k", String.class)).isEmpty();
        assertThat(cache.get("k", Double.class)).isEmpty();
        assertThat(cache.get("k", BigDecimal.class)).isEmpty();
        assertThat(cache.get("k", Boolean.class)).isEmpty();
        cache.set("k", 1.0);
        assertThat(cache.get("k", Long.class)).isEmpty();
        assertThat(cache.get("k", Float.class)).isEmpty();
        cache.set("k", true);
        assertThat(cache.get("k", String.class)).isEmpty();
    }

    @Test
    void a_value_of_another_type_is_a_miss_logged_once_a_minute_and_overwritten() {
        try (Logs logs = new Logs()) {
            cache.set("k", "text");
            assertThat(cache.get("k", Book.class)).isEmpty();
            assertThat(cache.get("k", Integer.class)).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(cache.get("k", Integer.class)).isEmpty();
            assertThat(logs.at(Level.WARNING)).hasSize(1);
            assertThat(logs.at(Level.WARNING).get(0)).contains("'default'", "k");
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(cache.get("k", Integer.class)).isEmpty();
            assertThat(logs.at(Level.WARNING)).hasSize(2);
            assertThat(cache.hasKey("k")).isTrue();
            cache.set("k", 3);
            assertThat(cache.get("k", Integer.class)).contains(3);
        }
    }

    @Test
    void a_value_larger_than_the_store_takes_is_not_stored_and_no_older_one_is_left() {
        try (Logs logs = new Logs()) {
            cache.set("k", "old");
            assertThat(cache.set("k", "x".repeat(tooLarge()))).isFalse();
            assertThat(cache.hasKey("k")).isFalse();
            assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("'default'", "k");
        }
    }

    @Test
    void a_value_larger_than_the_store_takes_is_not_added_which_is_logged() {
        try (Logs logs = new Logs()) {
            cache.set("there", "v");
            assertThat(cache.add("there", "x".repeat(tooLarge()))).isFalse();
            assertThat(cache.get("there", String.class)).contains("v");
            assertThat(cache.add("k", "x".repeat(tooLarge()))).isFalse();
            assertThat(cache.hasKey("k")).isFalse();
            assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("'default'", "'k'", "does not take");
        }
    }

    @Test
    void a_change_after_set_is_seen_where_references_are_kept_only() {
        byte[] bytes = {1};
        List<String> list = new java.util.ArrayList<>(List.of("a"));
        cache.set("k", list);
        cache.set("b", bytes);
        list.add("b");
        bytes[0] = 2;

        assertThat(cache.get("k", List.class)).contains(copies() ? List.of("a") : List.of("a", "b"));
        assertThat(cache.get("b", byte[].class).orElseThrow()[0]).isEqualTo((byte) (copies() ? 1 : 2));
        assertThat(cache.get("k", List.class).orElseThrow()
                        == cache.get("k", List.class).orElseThrow())
                .isEqualTo(!copies());
        cache.get("b", byte[].class).orElseThrow()[0] = 9;
        assertThat(cache.get("b", byte[].class).orElseThrow()[0]).isEqualTo((byte) (copies() ? 1 : 9));
    }

    @Test
    void a_change_after_an_asynchronous_set_is_seen_where_references_are_kept_only() throws Exception {
        for (int i = 0; i < 20; i++) {
            byte[] bytes = {1};
            List<String> list = new java.util.ArrayList<>(List.of("a"));
            CompletionStage<Boolean> bytesSet = cache.setAsync("b", bytes);
            CompletionStage<Boolean> listSet = cache.setAsync("k", list);
            bytes[0] = 2;
            list.add("b");

            assertThat(got(bytesSet)).isTrue();
            assertThat(got(listSet)).isTrue();
            assertThat(cache.get("b", byte[].class).orElseThrow()[0]).isEqualTo((byte) (copies() ? 1 : 2));
            assertThat(cache.get("k", List.class)).contains(copies() ? List.of("a") : List.of("a", "b"));
        }
    }

    @Test
    void a_value_that_cannot_be_written_is_the_callers_exception_and_nothing_is_stored() {
        cache.set("k", "old");
        Object unwritable = new Object();
        if (copies()) {
            assertThatThrownBy(() -> cache.set("k", unwritable))
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining("'default'")
                    .hasMessageContaining("key 'k'")
                    .hasMessageContaining("java.lang.Object");
            assertThat(cache.get("k", String.class)).contains("old");
            assertThatThrownBy(() -> cache.setAsync("k", unwritable)
                            .toCompletableFuture()
                            .get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CacheValueException.class);
        } else {
            assertThat(cache.set("k", unwritable)).isTrue();
            assertThat(cache.get("k", Object.class)).containsSame(unwritable);
        }
    }

    // keys

    @Test
    void keys_may_hold_any_characters_and_any_length() {
        String longKey = "x".repeat(5_000);
        List<String> keys = List.of(
                "",
                " ",
                "#",
                "#x",
                "a b",
                "\u0000",
                "\n",
                ":",
                "a:b",
                "%",
                "\u00e4",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "?",
                longKey,
                longKey + "y",
                "#" + longKey,
                "\ud83d\ude00".repeat(300),
                "\ud83d\ude01".repeat(300),
                "?".repeat(300));
        for (String key : keys) {
            assertThat(cache.set(key, "v" + keys.indexOf(key))).isTrue();
        }
        for (String key : keys) {
            assertThat(cache.get(key, String.class)).contains("v" + keys.indexOf(key));
            assertThat(cache.hasKey(key)).isTrue();
            cache.set(key, 1);
            assertThat(cache.incr(key)).isEqualTo(2);
            assertThat(cache.touch(key)).isTrue();
            assertThat(cache.delete(key)).isTrue();
        }
    }

    @Test
    void a_key_with_an_unpaired_surrogate_is_refused() {
        for (String key : List.of("\ud800", "\udc00", "a\udc00\ud800", "x".repeat(5_000) + "\ud800")) {
            for (ThrowingCallable operation : List.<ThrowingCallable>of(
                    () -> cache.get(key, String.class),
                    () -> cache.set(key, "v"),
                    () -> cache.set(key, "v", Duration.ZERO),
                    () -> cache.delete(key),
                    () -> cache.hasKey(key),
                    () -> cache.touch(key),
                    () -> cache.incr(key),
                    () -> cache.decr(key))) {
                assertThatThrownBy(operation)
                        .isInstanceOf(CacheValueException.class)
                        .hasMessageContaining("'default'")
                        .hasMessageContaining("key '" + key.substring(0, Math.min(200, key.length())) + "'");
            }
            for (CompletionStage<?> stage : List.of(
                    cache.getAsync(key, String.class),
                    cache.setAsync(key, "v"),
                    cache.setAsync(key, "v", Duration.ZERO),
                    cache.deleteAsync(key),
                    cache.hasKeyAsync(key),
                    cache.touchAsync(key),
                    cache.incrAsync(key),
                    cache.decrAsync(key))) {
                assertThatThrownBy(() -> stage.toCompletableFuture().join())
                        .hasRootCauseInstanceOf(CacheValueException.class);
            }
        }
    }

    @Test
    void a_text_with_an_unpaired_surrogate_is_refused_where_bytes_are_kept() {
        cache.set("k", "old");
        for (String text : List.of("\ud800", "a\udc00")) {
            if (copies()) {
                assertThatThrownBy(() -> cache.set("k", text))
                        .isInstanceOf(CacheValueException.class)
                        .hasMessageContaining("'default'")
                        .hasMessageContaining("'k'")
                        .hasMessageContaining("java.lang.String");
                assertThatThrownBy(() ->
                                cache.setAsync("k", text).toCompletableFuture().join())
                        .hasRootCauseInstanceOf(CacheValueException.class);
                assertThat(cache.get("k", String.class)).contains("old");
            } else {
                assertThat(cache.set("k", text)).isTrue();
                assertThat(cache.get("k", String.class)).contains(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "", "#k", "a:b:c", "käse und brot", "x"})
    void messages_name_the_key_by_its_first_200_characters(String start) {
        for (String key : List.of(start, start + "y".repeat(5_000))) {
            String shown = key.substring(0, Math.min(200, key.length()));

            assertThatThrownBy(() -> cache.incr(key))
                    .isInstanceOf(NoSuchKeyException.class)
                    .hasMessageContaining("'default'")
                    .hasMessageContaining("'" + shown + "'");
            cache.set(key, "no number");
            assertThatThrownBy(() -> cache.decr(key))
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining("'default'")
                    .hasMessageContaining("'" + shown + "'");
        }
    }

    @Test
    void no_key_forges_a_line_of_a_log() {
        assertThatThrownBy(() -> cache.incr("a\r\nb"))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("'a\\u000d\\u000ab'")
                .hasMessageNotContainingAny("\n", "\r");
    }

    enum Weather {
        SUNNY,
        RAINY {
            @Override
            public String toString() {
                return "it rains";
            }
        }
    }

    @Test
    void a_constant_with_a_body_is_read_as_its_enum_and_as_its_own_class() {
        cache.set("k", Weather.RAINY);

        assertThat(cache.get("k", Weather.class)).contains(Weather.RAINY);
        assertThat(cache.get("k", Weather.RAINY.getClass()).map(Object.class::cast))
                .contains(Weather.RAINY);
    }

    // views

    @Test
    void versions_never_meet() {
        ICacheService v2 = cache.version("v2");
        cache.set("k", "one");
        assertThat(v2.hasKey("k")).isFalse();
        v2.set("k", "two");
        assertThat(cache.get("k", String.class)).contains("one");
        assertThat(cache.version("1").get("k", String.class)).contains("one");
        assertThat(v2.version("").get("k", String.class)).contains("one");
        assertThat(cache.version("").get("k", String.class)).contains("one");
        assertThat(cache.version("0").get("k", String.class)).isEmpty();
        cache.version("a:b").set("c", "x");
        assertThat(cache.version("a").get("b:c", String.class)).isEmpty();
    }

    @Test
    void backends_never_meet() {
        ICacheService secondary = cache.backend("secondary");
        cache.set("k", "one");
        assertThat(secondary.hasKey("k")).isFalse();
        secondary.set("k", "two");
        assertThat(cache.get("k", String.class)).contains("one");
        assertThat(secondary.backend("").get("k", String.class)).contains("one");
        assertThat(secondary.backend("default").get("k", String.class)).contains("one");
    }

    @Test
    void a_view_of_a_backend_keeps_the_version() {
        cache.version("v2").backend("secondary").set("k", "x");

        assertThat(cache.backend("secondary").version("v2").get("k", String.class))
                .contains("x");
        assertThat(cache.backend("secondary").hasKey("k")).isFalse();
    }

    @Test
    void an_unknown_backend_is_an_exception_that_lists_the_known_ones() {
        assertThatThrownBy(() -> cache.backend("nowhere"))
                .isInstanceOf(UnknownBackendException.class)
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("'nowhere'")
                .hasMessageContaining("default, forever, never, secondary");
    }

    // asynchronous operations

    @Test
    void asynchronous_operations_do_the_same() throws Exception {
        assertThat(got(cache.setAsync("k", "v"))).isTrue();
        assertThat(got(cache.getAsync("k", String.class))).contains("v");
        assertThat(got(cache.getAsync("absent", String.class))).isEmpty();
        assertThat(got(cache.hasKeyAsync("k"))).isTrue();
        assertThat(got(cache.touchAsync("k"))).isTrue();
        assertThat(got(cache.touchAsync("k", Duration.ofSeconds(5)))).isTrue();
        assertThat(got(cache.deleteAsync("k"))).isTrue();
        assertThat(got(cache.deleteAsync("k"))).isFalse();
        assertThat(got(cache.setAsync("n", 5, Duration.ofSeconds(5)))).isTrue();
        assertThat(got(cache.incrAsync("n"))).isEqualTo(6);
        assertThat(got(cache.incrAsync("n", 4))).isEqualTo(10);
        assertThat(got(cache.decrAsync("n"))).isEqualTo(9);
        assertThat(got(cache.decrAsync("n", 4))).isEqualTo(5);
        assertThat(got(cache.setAsync("n", 5, Duration.ZERO))).isTrue();
        assertThat(got(cache.hasKeyAsync("n"))).isFalse();
        assertThat(got(cache.version("2").backend("secondary").setAsync("n", 5)))
                .isTrue();
    }

    @Test
    void failures_of_asynchronous_operations_arrive_in_the_stage_as_they_are() {
        CompletionStage<Long> stage = cache.incrAsync("absent");

        assertThatThrownBy(() -> got(stage)).cause().isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NoSuchKeyException.class);
        cache.set("text", "x");
        assertThatThrownBy(() -> got(cache.decrAsync("text"))).cause().isInstanceOf(CacheValueException.class);
        cache.set("n", 0);
        assertThatThrownBy(() -> got(cache.decrAsync("n", Long.MIN_VALUE)))
                .cause()
                .isInstanceOf(CacheValueException.class);
        assertThat(cache.get("n", Long.class)).contains(0L);
    }

    // operations on several entries, tags, loaders: each synchronously and asynchronously

    /** The two forms of every operation. */
    enum Form {
        SYNCHRONOUS {
            @Override
            ICacheService of(ICacheService service) {
                return service;
            }
        },
        ASYNCHRONOUS {
            @Override
            ICacheService of(ICacheService service) {
                return (ICacheService) Proxy.newProxyInstance(
                        ICacheService.class.getClassLoader(),
                        new Class<?>[] {ICacheService.class},
                        (proxy, method, arguments) -> joined(service, method, arguments));
            }
        };

        abstract ICacheService of(ICacheService service);

        /** Calls the asynchronous form of a method, if it has one, and waits. */
        private static Object joined(ICacheService service, Method method, Object... arguments) throws Throwable {
            Object[] given = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < given.length; i++) {
                if (given[i] instanceof Supplier<?> loader) {
                    given[i] = (Supplier<CompletionStage<?>>)
                            () -> CompletableFuture.supplyAsync(loader, later -> later.run());
                }
            }
            Method twin;
            try {
                twin = ICacheService.class.getMethod(method.getName() + "Async", method.getParameterTypes());
            } catch (NoSuchMethodException e) {
                return ASYNCHRONOUS.of((ICacheService) method.invoke(service, arguments)); // a view
            }
            try {
                return ((CompletionStage<?>) twin.invoke(service, given))
                        .toCompletableFuture()
                        .get(20, SECONDS);
            } catch (InvocationTargetException | ExecutionException e) {
                throw e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : e.getCause();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void add_stores_only_if_there_is_no_live_entry(Form form) {
        ICacheService c = form.of(cache);
        assertThat(c.add("k", "one")).isTrue();
        assertThat(c.add("k", "two")).isFalse();
        assertThat(c.get("k", String.class)).contains("one");
        assertThat(c.delete("k")).isTrue();
        assertThat(c.add("k", "three", Duration.ofSeconds(9))).isTrue();
        assertThat(c.add("n", 1)).isTrue();
        assertThat(c.add("n", 5)).isFalse();
        assertThat(c.incr("n")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void add_with_a_ttl_of_zero_or_less_stores_nothing(Form form) {
        ICacheService c = form.of(cache);
        assertThat(c.add("k", "v", Duration.ZERO)).isTrue();
        assertThat(c.hasKey("k")).isFalse();
        c.set("k", "v");
        assertThat(c.add("k", "w", Duration.ofSeconds(-1))).isFalse();
        assertThat(c.get("k", String.class)).contains("v");
    }

    @ParameterizedTest
    @EnumSource
    void what_was_cleared_is_not_live(Form form) {
        ICacheService c = form.of(cache);
        for (String key : List.of("get", "has", "touch", "delete", "add", "many")) {
            c.set(key, "v");
        }
        c.set("n", 7);
        c.version("v2").set("k", "v");
        assertThat(c.clear()).isTrue();

        assertThat(c.get("get", String.class)).isEmpty();
        assertThat(c.hasKey("has")).isFalse();
        assertThat(c.touch("touch")).isFalse();
        assertThat(c.delete("delete")).isFalse();
        assertThat(c.getMany(List.of("many"), String.class)).isEmpty();
        assertThat(c.deleteMany(List.of("many"))).isZero();
        assertThat(c.add("add", "w")).isTrue();
        assertThat(c.get("add", String.class)).contains("w");
        assertThat(c.version("v2").hasKey("k")).isFalse();
        assertThat(c.get("n", Long.class)).contains(7L);
        c.set("get", "w");
        assertThat(c.get("get", String.class)).contains("w");
    }

    @ParameterizedTest
    @EnumSource
    void what_was_invalidated_is_not_live(Form form) {
        ICacheService c = form.of(cache);
        ICacheService tagged = c.tags("t", "", "u");
        for (String key : List.of("get", "has", "touch", "delete", "many")) {
            tagged.set(key, "v");
        }
        assertThat(tagged.add("add", "v")).isTrue();
        assertThat(tagged.setMany(Map.of("m", "v", "o", "v"))).isEmpty();
        assertThat(tagged.getOrSet("l", String.class, () -> "v")).isEqualTo("v");
        c.set("untagged", "v");
        c.tags("other").set("other", "v");
        tagged.set("n", 7);
        assertThat(tagged.get("get", String.class)).contains("v");
        assertThat(c.getMany(List.of("l", "m", "o", "add", "untagged"), String.class))
                .hasSize(5);
        assertThat(c.invalidate("t")).isTrue();

        assertThat(c.get("get", String.class)).isEmpty();
        assertThat(c.hasKey("has")).isFalse();
        assertThat(c.touch("touch")).isFalse();
        assertThat(c.delete("delete")).isFalse();
        assertThat(c.getMany(List.of("l", "m", "o", "add", "untagged", "other", "n"), Object.class))
                .containsOnlyKeys("untagged", "other", "n");
        assertThat(c.add("add", "w")).isTrue();
        assertThat(c.getOrSet("l", String.class, () -> "w")).isEqualTo("w");
        assertThat(c.invalidate()).isTrue();
        tagged.set("get", "w");
        assertThat(c.invalidate("nobody", "")).isTrue();
        assertThat(c.hasKey("get")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void tags_belong_to_the_view_and_touch_keeps_them(Form form) {
        ICacheService c = form.of(cache);
        c.tags("a").tags("b").set("k", "v");
        c.invalidate("a");
        assertThat(c.hasKey("k")).isTrue();
        c.touch("k", Duration.ofSeconds(60));
        c.invalidate("b");
        assertThat(c.hasKey("k")).isFalse();

        c.tags("a").version("v2").backend("secondary").set("k", "v");
        ICacheService secondary = c.backend("secondary").version("v2");
        assertThat(secondary.hasKey("k")).isTrue();
        c.invalidate("a");
        assertThat(secondary.hasKey("k")).isFalse();

        c.tags("a").set("k", "v");
        c.tags("a").tags().set("k", "w");
        c.invalidate("a");
        assertThat(c.get("k", String.class)).contains("w");
    }

    @Test
    void an_entry_has_at_most_64_tags() {
        String[] tags = IntStream.range(0, 65).mapToObj(i -> "t" + i).toArray(String[]::new);
        assertThatThrownBy(() -> cache.tags(tags)).isInstanceOf(CacheValueException.class);
        tags[64] = "t0";
        assertThat(cache.tags(tags).set("k", "v")).isTrue();
        assertThat(cache.hasKey("k")).isTrue();
        cache.invalidate("t63");
        assertThat(cache.hasKey("k")).isFalse();
        assertThatThrownBy(() -> cache.tags("\ud800")).isInstanceOf(CacheValueException.class);
    }

    @ParameterizedTest
    @EnumSource
    void get_or_set_reads_or_makes_and_stores(Form form) {
        ICacheService c = form.of(cache);
        AtomicInteger loads = new AtomicInteger();
        Supplier<String> loader = () -> "v" + loads.incrementAndGet();
        assertThat(c.getOrSet("k", String.class, loader)).isEqualTo("v1");
        assertThat(c.getOrSet("k", String.class, loader)).isEqualTo("v1");
        assertThat(c.get("k", String.class)).contains("v1");
        assertThat(c.getOrSet("list", new TypeLiteral<List<Integer>>() {}, () -> List.of(1, 2)))
                .isEqualTo(List.of(1, 2));
        assertThat(c.getOrSet("list", new TypeLiteral<List<Integer>>() {}, Duration.ofSeconds(9), List::of))
                .isEqualTo(List.of(1, 2));
        assertThat(c.getOrSet("z", String.class, Duration.ZERO, loader)).isEqualTo("v2");
        assertThat(c.hasKey("z")).isFalse();
        c.set("set", "old");
        assertThat(c.getOrSet("set", String.class, loader)).isEqualTo("old");
    }

    @ParameterizedTest
    @EnumSource
    void what_a_loader_makes_is_no_counter(Form form) {
        ICacheService c = form.of(cache);
        assertThat(c.getOrSet("n", Long.class, () -> 7L)).isEqualTo(7L);
        assertThat(c.getOrSet("n", Long.class, () -> 8L)).isEqualTo(7L);
        assertThatThrownBy(() -> c.incr("n")).isInstanceOf(CacheValueException.class);
        c.clear();
        assertThat(c.hasKey("n")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_loader_without_a_value_stores_nothing(Form form) {
        ICacheService c = form.of(cache);
        assertThat(c.<String>getOrSet("k", String.class, () -> null)).isNull();
        assertThat(c.hasKey("k")).isFalse();
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> c.getOrSet("e", String.class, () -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(c.hasKey("e")).isFalse();
        assertThat(c.getOrSet("e", String.class, () -> "v")).isEqualTo("v");
        Object unwritable = new Object();
        assertThat(c.getOrSet("o", Object.class, () -> unwritable)).isSameAs(unwritable);
        assertThat(c.hasKey("o")).isEqualTo(!copies());
    }

    @ParameterizedTest
    @EnumSource
    void loaders_may_be_nested(Form form) {
        ICacheService c = form.of(cache);
        assertThat(c.getOrSet("a", String.class, () -> c.getOrSet("a", String.class, () -> "inner")))
                .isEqualTo("inner");
        assertThat(c.getOrSet(
                        "x",
                        String.class,
                        () -> c.getOrSet("y", String.class, () -> c.getOrSet("x", String.class, () -> "z"))))
                .isEqualTo("z");
    }

    @ParameterizedTest
    @EnumSource
    void many_are_read_stored_and_removed(Form form) {
        ICacheService c = form.of(cache);
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("b", "2");
        entries.put("a", "1");
        entries.put("n", 5);
        assertThat(c.setMany(entries)).isEmpty();
        assertThat(c.getMany(List.of("a", "absent", "n", "b", "a"), String.class))
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(c.incr("n")).isEqualTo(6);
        assertThat(c.getMany(List.of("n"), new TypeLiteral<Integer>() {})).containsExactly(Map.entry("n", 6));
        assertThat(c.getMany(List.of(), String.class)).isEmpty();
        assertThat(c.setMany(Map.of())).isEmpty();
        assertThat(c.deleteMany(List.of())).isZero();
        assertThat(c.deleteMany(List.of("a", "absent", "n", "a"))).isEqualTo(2);
        assertThat(c.setMany(Map.of("b", "x"), Duration.ZERO)).isEmpty();
        assertThat(c.hasKey("b")).isFalse();
        assertThat(c.setMany(Map.of("s", "v", "large", "x".repeat(tooLarge())), Duration.ofSeconds(60)))
                .containsExactly("large");
        assertThat(c.hasKey("s")).isTrue();
        Object unwritable = new Object();
        if (copies()) {
            assertThatThrownBy(() -> c.setMany(Map.of("p", "v", "q", unwritable)))
                    .isInstanceOf(CacheValueException.class);
            assertThat(c.hasKey("p")).isFalse();
        }
    }

    private static <T> T got(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void it_is_safe_for_many_threads() {
        cache.set("n", 0);
        Arrays.stream(new int[1_000]).parallel().forEach(any -> cache.incr("n"));
        assertThat(cache.get("n", Long.class)).contains(1_000L);
    }
}
