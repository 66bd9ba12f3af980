package dev.larder.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A whole number from 0 to 2^63-1 as its digits, so that stores can count. */
final class Decimal {

    private static final int MOST_DIGITS = 19;

    private Decimal() {}

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(ISO_8859_1);
    }

    static boolean begins(byte[] bytes) {
        return bytes.length > 0 && isDigit(bytes[0]);
    }

    /**
     * The number, or a negative one if these are not the digits of one. Memcached keeps the length when a number gets
     * shorter and fills up with spaces.
     */
    static long number(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == ' ') {
            length--;
        }
        if (length == 0 || length > MOST_DIGITS || (bytes[0] == '0' && length > 1)) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            // 19 digits end below 2^64: what is too large for a long is negative
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
