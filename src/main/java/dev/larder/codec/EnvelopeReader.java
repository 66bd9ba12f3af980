package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the parts of an envelope. Trusts no length: one beyond the end is {@link Malformed} before anything is
 * allocated.
 */
final class EnvelopeReader {

    /** The bytes end early, or contain an impossible length. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            // no stack trace: this is a result, and foreign bytes may cause many
            super(message, null, false, false);
        }
    }

    final byte[] bytes;
    private int at;

    EnvelopeReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int remaining() {
        return bytes.length - at;
    }

    long number(int count) throws Malformed {
        int from = skip(count);
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }

    /** A number that fills all remaining bytes. */
    long last(int count) throws Malformed {
        if (remaining() != count) {
            throw new Malformed(remaining() + " bytes where " + count + " are expected");
        }
        return number(count);
    }

    long varint() throws Malformed {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[skip(1)];
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new Malformed("a number of more than 64 bits");
    }

    /** A length, at most that of the remaining bytes. */
    int length() throws Malformed {
        return count(1);
    }

    /** A number of items, at most as many as fit into the remaining bytes. */
    int count(int bytesEach) throws Malformed {
        long count = varint();
        if (count < 0 || count > remaining() / bytesEach) {
            throw new Malformed(count + " items where " + remaining() + " bytes follow");
        }
        return (int) count;
    }

    String text() throws Malformed {
        return text(length());
    }

    String text(int length) throws Malformed {
        return new String(bytes, skip(length), length, UTF_8);
    }

    /** Skips bytes and returns the index of the first of them. */
    int skip(int count) throws Malformed {
        if (count > remaining()) {
            throw new Malformed("it ends early");
        }
        int from = at;
        at += count;
        return from;
    }
}
