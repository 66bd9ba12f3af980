package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Counters as memcached counts them: whole numbers from 0 to 2^63-1 in decimal digits, without leading zeros. */
final class Digits {

    static final int MAX_DIGITS = 19;

    private Digits() {}

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(ISO_8859_1);
    }

    /** The number, or a negative one if these are not the digits of one. */
    static long number(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_DIGITS || (bytes[0] == '0' && bytes.length > 1)) {
            return -1;
        }
        long number = 0;
        for (byte digit : bytes) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            // 19 digits end below 2^64: what is too large for a long is negative
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    /** Without the spaces that memcached leaves behind when a number gets shorter: after 100 - 91 it stores "9  ". */
    static byte[] trimmed(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == ' ') {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
