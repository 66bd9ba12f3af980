package dev.larder.backend.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.CacheValueException;
import org.jspecify.annotations.Nullable;

/** Whole numbers from 0 to 2^63-1, boxed. An array is none, whatever is in it: it may be a value of the application's. */
final class Counter {

    private static final int MAX_DIGITS = 19;

    private Counter() {}

    static long plus(String key, Object value, long delta) {
        long now = number(value);
        if (now < 0) {
            throw new CacheValueException(
                    "The entry '" + shown(key) + "' is no counter: a whole number from 0 to 2^63-1"
                            + " is expected, but it holds " + described(value));
        }
        if (delta < 0) {
            // 0 - MIN_VALUE overflows, now + MIN_VALUE does not
            return Math.max(0, now + delta);
        }
        if (now > Long.MAX_VALUE - delta) {
            throw new CacheValueException("The counter '" + shown(key) + "' is " + now + " and cannot be increased by "
                    + delta + ": at most 2^63-1 is counted");
        }
        return now + delta;
    }

    /** The number, or a negative one if the value is no counter. */
    private static long number(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return -1;
    }

    /** The number that these bytes are the digits of, or a negative one. */
    static long number(byte[] digits) {
        if (digits.length == 0 || digits.length > MAX_DIGITS || (digits[0] == '0' && digits.length > 1)) {
            return -1;
        }
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            // 19 digits overflow into the negative numbers at most once
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    /** The bytes of what is stored: bytes themselves, the digits of a counter; null if it has none. */
    static byte @Nullable [] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return number(value) < 0 ? null : value.toString().getBytes(ISO_8859_1);
    }

    private static String described(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return value instanceof Number
                ? "the number " + value
                : "a " + value.getClass().getName();
    }

    static String shown(String key) {
        return key.length() > 200 ? key.substring(0, 200) : key;
    }
}
