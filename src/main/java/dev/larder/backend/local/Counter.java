package dev.larder.backend.local;

import dev.larder.CacheValueException;
import dev.larder.spi.CounterDigits;
import org.jspecify.annotations.Nullable;

/** Counters: boxed whole numbers from 0 to 2^63-1. An array is never one, as it may be a value of the application. */
final class Counter {

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
                    + delta + ": the maximum is 2^63-1");
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

    /** The bytes of a stored value: the bytes themselves, or the digits of a counter; null for any other. */
    static byte @Nullable [] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return number(value) < 0 ? null : CounterDigits.of(number(value));
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
