package dev.larder.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that are a single JSON string or number. Not every JSON-B accepts one that is not part
 * of an object, so they are written here: numbers with every digit, enums by their constants' names, the others as
 * {@code toString}.
 */
final class JsonScalar {

    private static final Map<Class<?>, Function<String, ?>> NUMBERS =
            Map.of(BigDecimal.class, BigDecimal::new, BigInteger.class, BigInteger::new);

    private static final Map<Class<?>, Function<String, ?>> TEXTS = Map.ofEntries(
            Map.entry(Instant.class, Instant::parse),
            Map.entry(LocalDate.class, LocalDate::parse),
            Map.entry(LocalTime.class, LocalTime::parse),
            Map.entry(LocalDateTime.class, LocalDateTime::parse),
            Map.entry(OffsetTime.class, OffsetTime::parse),
            Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
            Map.entry(ZonedDateTime.class, ZonedDateTime::parse),
            Map.entry(Duration.class, Duration::parse),
            Map.entry(Period.class, Period::parse),
            // Year.parse wants four digits, Year.toString does not write them
            Map.entry(Year.class, text -> Year.of(Integer.parseInt(text))),
            Map.entry(YearMonth.class, YearMonth::parse),
            Map.entry(MonthDay.class, MonthDay::parse),
            Map.entry(ZoneId.class, ZoneId::of),
            Map.entry(ZoneOffset.class, ZoneOffset::of),
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(URI.class, URI::create));

    private JsonScalar() {}

    /** Whether this type is read and written here. */
    static boolean is(Class<?> type) {
        Class<?> supported = supported(type);
        return supported.isEnum() || NUMBERS.containsKey(supported) || TEXTS.containsKey(supported);
    }

    // a constant with a body, and the zone of a region, have classes of their own
    private static Class<?> supported(Class<?> type) {
        Class<?> above = type.getSuperclass();
        return above != null && (above.isEnum() || above == ZoneId.class) && type != ZoneOffset.class ? above : type;
    }

    /** The JSON of a value; null if its type is none of these. */
    static @Nullable String json(Object value) {
        if (value instanceof Enum<?> constant) {
            return '"' + constant.name() + '"';
        }
        if (NUMBERS.containsKey(value.getClass())) {
            return value.toString();
        }
        return TEXTS.containsKey(value.getClass()) || value instanceof ZoneId ? '"' + value.toString() + '"' : null;
    }

    /**
     * The value of a JSON text.
     *
     * @throws RuntimeException if the text is not the JSON of a value of this type
     */
    static Object value(String json, Class<?> type) {
        return parse(json, supported(type));
    }

    private static Object parse(String json, Class<?> type) {
        Function<String, ?> number = NUMBERS.get(type);
        if (number != null) {
            return number.apply(json);
        }
        if (json.length() < 2 || json.charAt(0) != '"' || json.charAt(json.length() - 1) != '"') {
            throw new IllegalArgumentException("a JSON string is expected");
        }
        String text = json.substring(1, json.length() - 1);
        Function<String, ?> parse = TEXTS.get(type);
        return parse == null ? constant(text, type) : parse.apply(text);
    }

    private static Object constant(String name, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no constant " + name));
    }
}
