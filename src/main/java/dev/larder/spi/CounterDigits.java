package dev.larder.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The bytes of a counter: a number from 0 to 2^63-1 in decimal digits without leading zeros, so that stores can count. */
public final class CounterDigits {

    private static final int MAX_DIGITS = 19;

    private CounterDigits() {}

    /**
     * Writes a number.
     *
     * @param number the number, 0 or more
     * @return its digits, in ASCII
     */
    public static byte[] of(long number) {
        return Long.toString(number).getBytes(ISO_8859_1);
    }

    /**
     * Reads a number.
     *
     * @param bytes any bytes
     * @return the number, or a negative number if these are not the digits of a counter
     */
    public static long number(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_DIGITS || (bytes[0] == '0' && bytes.length > 1)) {
            return -1;
        }
        long number = 0;
        for (byte digit : bytes) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            // 19 digits stay below 2^64, so a number above 2^63-1 becomes negative
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    /**
     * Removes the spaces that memcached leaves when a counter becomes shorter: 100 - 91 is stored as {@code "9  "}.
     *
     * @param bytes the bytes, unchanged
     * @return the same array if it does not end with a space, otherwise a copy without the spaces at its end
     */
    public static byte[] withoutPadding(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == ' ') {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
