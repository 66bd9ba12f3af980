package dev.larder.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

    private static final StoreKey KEY = new StoreKey("books:1:a", null);
    private static final StoreKey HASHED = new StoreKey("books:1:#hash", "the full key, ä");
    private static final Jsonb JSONB = JsonbBuilder.create();

    private final ValueCodec codec = new ValueCodec(() -> JSONB);

    public record Author(String name, int born) {}

    public record Book(String title, BigDecimal price, List<Author> authors, LocalDate published, DayOfWeek day) {}

    public record Marker() {}

    public static class Bean {
        private String name;
        private Map<String, Integer> counts;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Map<String, Integer> getCounts() {
            return counts;
        }

        public void setCounts(Map<String, Integer> counts) {
            this.counts = counts;
        }
    }

    public static class Secretive {
        int hidden = 1;
    }

    public static class Failing {
        public String getName() {
            throw new IllegalStateException("no name today");
        }
    }

    public static class Circle {
        public Circle getNext() {
            return this;
        }
    }

    public enum Weather {
        SUNNY,
        RAINY {
            @Override
            public String toString() {
                return "wet";
            }
        }
    }

    // text and bytes

    @Test
    void text_comes_back_whatever_it_holds() {
        for (String text : List.of("", "text", "käse", "\uD83E\uDDC0", "a\0b", "42", " 5", "\u00C1")) {
            assertThat(roundTrip(text, String.class)).isEqualTo(text);
        }
    }

    @Test
    void text_with_an_unpaired_surrogate_is_refused_wherever_it_is() {
        for (String text : List.of("\uD83E", "\uDDC0\uD83E?", "ä\uD83E", "\uD83E\uDDC0\uDDC0")) {
            for (Object value : List.of(
                    text, new Author(text, 0), List.of(text), Map.of("a", text), Map.of(text, 1), new String[] {text
                    })) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> codec.encode(KEY, value))
                            .isInstanceOf(CacheValueException.class)
                            .hasMessageContaining(value.getClass().getName())
                            .hasMessageContaining("unpaired surrogate");
                }
            }
        }
    }

    @Test
    void text_is_readable_utf_8_in_the_store() {
        assertThat(new String(codec.encode(KEY, "käse"), UTF_8)).endsWith("käse");
    }

    @Test
    void bytes_come_back() {
        assertThat(roundTrip(new byte[0], byte[].class)).isEqualTo(new byte[0]);
        assertThat(roundTrip(new byte[] {'4', '2'}, byte[].class)).isEqualTo(new byte[] {'4', '2'});
    }

    @Test
    void what_is_added_to_key_and_value_is_at_most_64_bytes() {
        assertThat(codec.encode(KEY, "x".repeat(1_000))).hasSizeLessThanOrEqualTo(1_000 + 64);
        assertThat(codec.encode(HASHED, new byte[1_000]))
                .hasSizeLessThanOrEqualTo(1_000 + "the full key, ä".getBytes(UTF_8).length + 64);
    }

    // numbers, booleans, characters

    @Test
    void a_whole_number_is_its_digits_so_that_stores_can_count() {
        for (Object number : List.<Object>of((byte) 42, (short) 42, 42, 42L)) {
            assertThat(codec.encode(KEY, number)).isEqualTo(ascii("42"));
            assertThat(codec.encode(HASHED, number)).isEqualTo(ascii("42"));
        }
        assertThat(codec.encode(KEY, Long.MAX_VALUE)).isEqualTo(ascii("9223372036854775807"));
        assertThat(codec.encode(KEY, 0)).isEqualTo(ascii("0"));
    }

    @Test
    void a_whole_number_reads_as_every_type_that_can_hold_it() {
        for (long number : new long[] {0, 1, 127, -1, -128}) {
            assertThat(roundTrip(number, Byte.class)).isEqualTo((byte) number);
            assertThat(roundTrip(number, short.class)).isEqualTo((short) number);
            assertThat(roundTrip(number, int.class)).isEqualTo((int) number);
            assertThat(roundTrip(number, Long.class)).isEqualTo(number);
            assertThat(roundTrip(number, Number.class)).isEqualTo(number);
            assertThat(roundTrip(number, Object.class)).isEqualTo(number);
        }
        assertThat(roundTrip(Long.MAX_VALUE, long.class)).isEqualTo(Long.MAX_VALUE);
        assertThat(roundTrip(Long.MIN_VALUE, long.class)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void a_whole_number_does_not_read_as_a_type_that_cannot_hold_it() {
        assertUnreadable(codec.encode(KEY, 128), Byte.class);
        assertUnreadable(codec.encode(KEY, -129), Byte.class);
        assertUnreadable(codec.encode(KEY, 40_000), Short.class);
        assertUnreadable(codec.encode(KEY, 1L << 31), Integer.class);
    }

    @Test
    void memcached_fills_shorter_numbers_up_with_spaces() {
        assertThat(codec.decode(KEY, ascii("9  "), Integer.class))
                .isEqualTo(new Decoded.Value<>(9, Generations.ENDLESS));
    }

    @Test
    void digits_that_are_no_counter_are_unreadable() {
        for (String text :
                List.of("007", "00", "12a", "1 2", "9223372036854775808", "18446744073709551615", "1.5", "1e3")) {
            assertUnreadable(ascii(text), Long.class);
            assertUnreadable(ascii(text), String.class);
        }
    }

    @Test
    void other_scalars_come_back_to_the_bit() {
        for (Object value : List.<Object>of(
                true, false, 'x', '\uD83E', 0f, -0f, Float.NaN, 1.5, -0.0, Double.NaN, Double.MIN_VALUE)) {
            assertThat(roundTrip(value, value.getClass())).isEqualTo(value);
            assertThat(roundTrip(value, Object.class)).isEqualTo(value);
        }
        assertThat(roundTrip(true, boolean.class)).isEqualTo(true);
        assertThat(roundTrip('x', char.class)).isEqualTo('x');
        assertThat(roundTrip(1.5, double.class)).isEqualTo(1.5);
        assertThat(roundTrip(1.5, Number.class)).isEqualTo(1.5);
    }

    @Test
    void there_is_no_other_conversion() {
        assertUnreadable(codec.encode(KEY, "12"), Integer.class);
        assertUnreadable(codec.encode(KEY, "12"), BigDecimal.class);
        assertUnreadable(codec.encode(KEY, "text"), byte[].class);
        assertUnreadable(codec.encode(KEY, "text"), Book.class);
        assertUnreadable(codec.encode(KEY, ascii("text")), String.class);
        assertUnreadable(codec.encode(KEY, 12), String.class);
        assertUnreadable(codec.encode(KEY, 12), Double.class);
        assertUnreadable(codec.encode(KEY, 12), BigDecimal.class);
        assertUnreadable(codec.encode(KEY, 1), Boolean.class);
        assertUnreadable(codec.encode(KEY, true), Integer.class);
        assertUnreadable(codec.encode(KEY, 1.5), Float.class);
        assertUnreadable(codec.encode(KEY, 1.5f), Double.class);
        assertUnreadable(codec.encode(KEY, 'x'), String.class);
        assertUnreadable(codec.encode(KEY, new BigDecimal("12")), Integer.class);
        assertUnreadable(codec.encode(KEY, Weather.SUNNY), String.class);
        assertUnreadable(codec.encode(KEY, new BigDecimal("12")), Weather.class);
        assertUnreadable(codec.encode(KEY, new BigDecimal("12")), Year.class);
    }

    @Test
    void a_value_reads_as_the_types_above_its_own() {
        assertThat(roundTrip("text", CharSequence.class)).isEqualTo("text");
        assertThat(roundTrip("text", Object.class)).isEqualTo("text");
        assertThat(roundTrip(5, Serializable.class)).isEqualTo(5L);
        assertThat(roundTrip("text", new TypeLiteral<Comparable<String>>() {}.getType()))
                .isEqualTo("text");
    }

    // JSON

    @Test
    void single_values_that_json_b_may_not_know_come_back() {
        for (Object value : List.of(
                new BigDecimal("1.00"),
                new BigDecimal("1E+3"),
                new BigDecimal("-0.000000000000000000000000000000000000001"),
                BigDecimal.ONE.divide(BigDecimal.valueOf(3), 200, RoundingMode.DOWN),
                new BigInteger("9223372036854775808"),
                BigInteger.valueOf(-5),
                Weather.SUNNY,
                DayOfWeek.MONDAY,
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                LocalDate.of(2026, 1, 2),
                LocalTime.of(3, 4),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
                OffsetTime.of(3, 4, 5, 6, ZoneOffset.ofHours(-3)),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(2)),
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
                        .withLaterOffsetAtOverlap(),
                Duration.ofSeconds(-5, 6),
                Period.of(1, -2, 3),
                Year.of(5),
                YearMonth.of(2026, 1),
                MonthDay.of(2, 29),
                ZoneOffset.ofHours(2),
                UUID.fromString("3d6f0a53-7c5e-4f5e-9a7a-0c2f6f1b1a11"),
                URI.create("https://example.org/k%C3%A4se?q=ä"))) {
            assertThat(roundTrip(value, value.getClass())).isEqualTo(value);
        }
        assertThat(roundTrip(Weather.RAINY, Weather.class)).isEqualTo(Weather.RAINY);
        assertThat(roundTrip(ZoneId.of("Europe/Paris"), ZoneId.class)).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    @Test
    void records_with_everything_in_them_come_back() {
        Book book = new Book(
                "Der Käse \uD83E\uDDC0 \" \\ \n",
                new BigDecimal("12.50"),
                List.of(new Author("Eco", 1932), new Author("\uD83E\uDDC0", 0)),
                LocalDate.of(1980, 1, 2),
                DayOfWeek.FRIDAY);

        assertThat(roundTrip(book, Book.class)).isEqualTo(book);
        assertThat(roundTrip(List.of(book, book), new TypeLiteral<List<Book>>() {}.getType()))
                .isEqualTo(List.of(book, book));
        assertThat(roundTrip(new Book(null, null, null, null, null), Book.class))
                .isEqualTo(new Book(null, null, null, null, null));
    }

    @Test
    void classes_come_back() {
        Bean bean = new Bean();
        bean.setName("name");
        bean.setCounts(Map.of("a", 1));

        Bean read = (Bean) roundTrip(bean, Bean.class);
        assertThat(read).usingRecursiveComparison().isEqualTo(bean);
        assertThat(roundTrip(new Bean(), Bean.class)).usingRecursiveComparison().isEqualTo(new Bean());
    }

    @Test
    void collections_sets_arrays_and_nested_maps_come_back_as_declared() {
        assertThat(roundTrip(Set.of("a", "b"), new TypeLiteral<Set<String>>() {}.getType()))
                .isEqualTo(Set.of("a", "b"));
        assertThat(roundTrip(List.of(), new TypeLiteral<List<Book>>() {}.getType()))
                .isEqualTo(List.of());
        assertThat(roundTrip(Map.of(), new TypeLiteral<Map<String, Book>>() {}.getType()))
                .isEqualTo(Map.of());
        Map<String, Map<String, List<Author>>> nested = Map.of("x", Map.of("y", List.of(new Author("Eco", 1932))));
        assertThat(roundTrip(nested, new TypeLiteral<Map<String, Map<String, List<Author>>>>() {}.getType()))
                .isEqualTo(nested);
        assertThat(roundTrip(Map.of(1, "a", 2, "b"), new TypeLiteral<Map<Integer, String>>() {}.getType()))
                .isEqualTo(Map.of(1, "a", 2, "b"));
        assertThat(roundTrip(Map.of(new Author("Eco", 1932), 1), new TypeLiteral<Map<Author, Integer>>() {}.getType()))
                .isEqualTo(Map.of(new Author("Eco", 1932), 1));
        assertThat(roundTrip(Map.of(Weather.SUNNY, 1), new TypeLiteral<Map<Weather, Integer>>() {}.getType()))
                .isEqualTo(Map.of(Weather.SUNNY, 1));
        assertThat(roundTrip(List.of(new BigDecimal("1.10")), new TypeLiteral<List<BigDecimal>>() {}.getType()))
                .isEqualTo(List.of(new BigDecimal("1.10")));
        assertThat(roundTrip(List.of(1L, 2L), new TypeLiteral<List<Long>>() {}.getType()))
                .isEqualTo(List.of(1L, 2L));
        assertThat(roundTrip(new int[] {1, 2}, int[].class)).isEqualTo(new int[] {1, 2});
        assertThat(roundTrip(new String[] {"a"}, String[].class)).isEqualTo(new String[] {"a"});
        assertThat(roundTrip(Arrays.asList("a", null), new TypeLiteral<List<String>>() {}.getType()))
                .isEqualTo(Arrays.asList("a", null));
    }

    @Test
    void json_of_another_shape_is_unreadable() {
        byte[] book = codec.encode(KEY, new Book("title", null, null, null, null));
        byte[] list = codec.encode(KEY, List.of("a"));

        assertUnreadable(book, new TypeLiteral<List<Book>>() {}.getType());
        assertUnreadable(book, String.class);
        assertUnreadable(book, Integer.class);
        assertUnreadable(book, Weather.class);
        assertUnreadable(list, Book.class);
        assertUnreadable(list, Map.class);
        assertUnreadable(list, Instant.class);
        assertUnreadable(list, new TypeLiteral<List<Book>>() {}.getType());
        assertUnreadable(codec.encode(KEY, List.of()), Map.class);
        assertUnreadable(codec.encode(KEY, List.of()), Book.class);
        assertUnreadable(codec.encode(KEY, Map.of()), List.class);
        assertUnreadable(codec.encode(KEY, Map.of("title", List.of(1))), Book.class);
        for (Object scalar : List.of(Weather.SUNNY, BigDecimal.ONE)) {
            assertUnreadable(codec.encode(KEY, scalar), Book.class);
            assertUnreadable(codec.encode(KEY, scalar), Bean.class);
            assertUnreadable(codec.encode(KEY, scalar), Map.class);
            assertUnreadable(codec.encode(KEY, scalar), List.class);
            assertUnreadable(codec.encode(KEY, scalar), int[].class);
        }
    }

    @Test
    void a_constant_that_is_no_more_is_unreadable() {
        assertUnreadable(codec.encode(KEY, DayOfWeek.MONDAY), Weather.class);
    }

    @Test
    void a_value_that_cannot_be_written_is_refused_by_the_name_of_its_type() {
        Runnable lambda = () -> {};
        for (Object value : List.of(
                new Object(),
                lambda,
                new Secretive(),
                new Failing(),
                new Circle(),
                new ByteArrayInputStream(new byte[1]))) {
            assertThatThrownBy(() -> codec.encode(KEY, value))
                    .isInstanceOf(CacheValueException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    @Test
    void a_record_without_components_loses_nothing() {
        assertThat(roundTrip(new Marker(), Marker.class)).isEqualTo(new Marker());
    }

    @Test
    void json_b_is_created_only_for_json() {
        ValueCodec without = new ValueCodec(() -> {
            throw new IllegalStateException("there is no JSON-B");
        });
        assertThat(without.decode(KEY, without.encode(KEY, "text"), String.class))
                .isEqualTo(new Decoded.Value<>("text"));
        assertThatThrownBy(() -> without.encode(KEY, new Bean())).isInstanceOf(CacheValueException.class);
    }

    // the key behind a hash

    @Test
    void the_entry_of_another_key_with_the_same_hash_is_absent() {
        byte[] bytes = codec.encode(HASHED, "text");

        assertThat(codec.decode(HASHED, bytes, String.class)).isEqualTo(new Decoded.Value<>("text"));
        assertThat(codec.decode(new StoreKey("books:1:#hash", "another"), bytes, String.class))
                .isEqualTo(new Decoded.OtherKey<>());
    }

    @Test
    void keys_of_different_surrogate_pairs_differ() {
        byte[] bytes = codec.encode(new StoreKey("#", "\uD83E\uDDC0"), "text");

        assertThat(codec.decode(new StoreKey("#", "\uD83E\uDDC0"), bytes, String.class))
                .isEqualTo(new Decoded.Value<>("text"));
        assertThat(codec.decode(new StoreKey("#", "\uD83F\uDDC0"), bytes, String.class))
                .isEqualTo(new Decoded.OtherKey<>());
        assertThat(codec.decode(new StoreKey("#", "?"), bytes, String.class)).isEqualTo(new Decoded.OtherKey<>());
    }

    @Test
    void an_entry_without_the_key_under_a_hash_is_unreadable_and_so_is_the_opposite() {
        assertThat(codec.decode(HASHED, codec.encode(KEY, "text"), String.class))
                .isInstanceOf(Decoded.Unreadable.class);
        assertUnreadable(codec.encode(HASHED, "text"), String.class);
    }

    private Object roundTrip(Object value, Type type) {
        List<Object> read = new ArrayList<>();
        for (StoreKey key : List.of(KEY, HASHED, new StoreKey("#", "\uD83E\uDDC0"))) {
            Decoded<Object> decoded = codec.decode(key, codec.encode(key, value), type);
            assertThat(decoded).as("%s", decoded).isInstanceOf(Decoded.Value.class);
            read.add(((Decoded.Value<Object>) decoded).value());
        }
        return read.get(read.size() - 1);
    }

    private void assertUnreadable(byte[] bytes, Type type) {
        Decoded<Object> decoded = codec.decode(KEY, bytes, type);
        assertThat(decoded).as("%s", decoded).isInstanceOf(Decoded.Unreadable.class);
        assertThat(((Decoded.Unreadable<Object>) decoded).reason()).isNotBlank();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
