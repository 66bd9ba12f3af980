package dev.larder.codec;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The forms of values that JSON-B writes alike: if one value of a form reads back, all of them do. Extreme values of a
 * type (a number beyond 2^53, control characters, a year of five digits) have no form.
 */
enum JsonForm {
    NULL,
    NULL_ELEMENT,
    LIST,
    EMPTY_LIST,
    RECORD,
    EMPTY_TEXT,
    TEXT,
    ESCAPED_TEXT,
    BOOLEAN,
    CHARACTER,
    WHOLE,
    FRACTION,
    DECIMAL,
    DECIMAL_THAT_ENDS_WITH_ZERO,
    DECIMAL_WITHOUT_FRACTION,
    ENUM,
    ENUM_WITH_A_BODY,
    UUID_TEXT,
    DATE,
    MINUTES,
    SECONDS,
    MILLIS,
    MICROS,
    NANOS;

    private static final long MAX_EXACT_WHOLE = 1L << 53;
    private static final int MAX_DECIMAL_DIGITS = 15;

    /** A small number with a larger scale is written with an exponent. */
    private static final int MAX_DECIMAL_SCALE = 6;

    private static final byte ESCAPED = 1;
    private static final byte UNUSUAL = 2;
    private static final byte[] ASCII = ascii();

    private static final long FIRST_SECOND =
            Instant.parse("1000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            Instant.class);

    /** One bit of an int, in this process. */
    @SuppressWarnings("EnumOrdinal") // it is never stored
    int bit() {
        return 1 << ordinal();
    }

    /** Whether the values of a type have forms, and the type has no subclasses except those of enum constants. */
    static boolean has(Class<?> type) {
        return type.isRecord()
                || (type.isEnum() && isPlainEnum(type))
                || TYPES.contains(MethodType.methodType(type).wrap().returnType());
    }

    /** Whether neither an enum nor its constants have an annotation of JSON-B. */
    private static boolean isPlainEnum(Class<?> type) {
        return !JsonbProperties.isCustomized(type)
                && Arrays.stream(type.getDeclaredFields()).noneMatch(JsonbProperties::isCustomized);
    }

    /** The form of a value, null if it has none. */
    static @Nullable JsonForm of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String text) {
            return ofText(text);
        }
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof Character character) {
            return ofText(character.toString()) == TEXT ? CHARACTER : null;
        }
        if (value instanceof Enum<?> constant) {
            return hasBody(constant) ? ENUM_WITH_A_BODY : ENUM;
        }
        if (value instanceof Record) {
            return RECORD;
        }
        return value instanceof UUID ? UUID_TEXT : ofTime(value);
    }

    private static boolean hasBody(Object constant) {
        return !constant.getClass().isEnum();
    }

    private static @Nullable JsonForm ofText(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            marks |= c < ASCII.length ? ASCII[c] : isUnusual(c) ? UNUSUAL : 0;
        }
        return (marks & UNUSUAL) != 0 ? null : text.isEmpty() ? EMPTY_TEXT : marks == 0 ? TEXT : ESCAPED_TEXT;
    }

    private static byte[] ascii() {
        byte[] marks = new byte[0x80];
        Arrays.fill(marks, 0, ' ', UNUSUAL);
        marks[0x7F] = UNUSUAL;
        marks['"'] = ESCAPED;
        marks['\\'] = ESCAPED;
        marks['/'] = ESCAPED;
        return marks;
    }

    /** Whether it is a control character, a line separator, half of a surrogate pair, or not a character. */
    private static boolean isUnusual(char c) {
        return c < 0xA0 || (c >= 0x2000 && c < 0x2070) || Character.isSurrogate(c) || c >= 0xFFF0;
    }

    private static @Nullable JsonForm ofNumber(Number number) {
        if (number instanceof Long whole) {
            return whole > -MAX_EXACT_WHOLE && whole < MAX_EXACT_WHOLE ? WHOLE : null;
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return WHOLE;
        }
        if (number instanceof Double || number instanceof Float) {
            double size = Math.abs(number.doubleValue());
            boolean plain = size >= 0.001 && size < 10_000_000;
            return plain || Double.doubleToRawLongBits(number.doubleValue()) == 0 ? FRACTION : null;
        }
        return number instanceof BigDecimal decimal ? ofDecimal(decimal) : null;
    }

    private static @Nullable JsonForm ofDecimal(BigDecimal decimal) {
        if (decimal.precision() > MAX_DECIMAL_DIGITS
                || decimal.scale() < 0
                || decimal.scale() > MAX_DECIMAL_SCALE
                || decimal.signum() == 0) {
            return null;
        }
        if (decimal.scale() == 0) {
            return DECIMAL_WITHOUT_FRACTION;
        }
        return decimal.unscaledValue().longValue() % 10 == 0 ? DECIMAL_THAT_ENDS_WITH_ZERO : DECIMAL;
    }

    private static @Nullable JsonForm ofTime(Object value) {
        if (value instanceof LocalDate date) {
            return hasFourDigitYear(date) ? DATE : null;
        }
        if (value instanceof LocalTime time) {
            return ofTime(time.getSecond(), time.getNano());
        }
        if (value instanceof LocalDateTime both) {
            return hasFourDigitYear(both.toLocalDate()) ? ofTime(both.getSecond(), both.getNano()) : null;
        }
        if (value instanceof Instant instant) {
            return instant.getEpochSecond() >= FIRST_SECOND && instant.getEpochSecond() < LAST_SECOND
                    ? ofTime(Math.floorMod(instant.getEpochSecond(), 60), instant.getNano())
                    : null;
        }
        return null;
    }

    /** Whether the year has four digits, and no sign. */
    private static boolean hasFourDigitYear(LocalDate date) {
        return date.getYear() >= 1_000 && date.getYear() <= 9_999;
    }

    private static JsonForm ofTime(int second, int nano) {
        if (nano == 0) {
            return second == 0 ? MINUTES : SECONDS;
        }
        return nano % 1_000_000 == 0 ? MILLIS : nano % 1_000 == 0 ? MICROS : NANOS;
    }
}
