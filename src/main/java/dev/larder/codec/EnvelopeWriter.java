package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.key.StoreKey;
import dev.larder.key.Utf16;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one {@link Envelope}: the head when made, then the payload, then the checksum over both. */
final class EnvelopeWriter {

    private static final int LONGEST_LENGTH = 5;
    private static final byte[] NOTHING = {};

    private byte[] bytes;
    private int length;

    /**
     * Begins an envelope.
     *
     * @param flags flags of the payload, 0 or {@link Envelope#PAYLOAD_IS_UTF_16}
     * @param expected about how many bytes the payload will have
     */
    EnvelopeWriter(Kind kind, int flags, StoreKey key, int expected) {
        String hashed = key.hashed();
        byte[] keyBytes = keyBytes(hashed);
        bytes = new byte[Envelope.HEAD + (keyBytes == null ? 0 : keyBytes.length + LONGEST_LENGTH) + expected];
        bytes[0] = Envelope.MAGIC;
        bytes[1] = Envelope.FORMAT;
        bytes[2] = kind.code;
        bytes[3] = (byte) flags;
        length = Envelope.HEAD;
        if (hashed != null && keyBytes != null) {
            bytes[3] |= (byte) (Envelope.HAS_KEY | (Utf16.isValid(hashed) ? 0 : Envelope.KEY_IS_UTF_16));
            varint(keyBytes.length);
            put(keyBytes, 0, keyBytes.length);
        }
    }

    void put(int one) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) one;
    }

    void put(byte[] more, int from, int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    void put(byte[] more) {
        put(more, 0, more.length);
    }

    /** The lowest {@code count} bytes of a number, the highest of them first. */
    void number(long number, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            put((int) (number >> shift));
        }
    }

    /** Seven bits a byte, the lowest first, the high bit says that more follow. */
    void varint(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** Characters that are a byte each, without making an array of them first. */
    @SuppressWarnings("deprecation") // it takes the lower half of each char, and of ASCII there is no upper
    void ascii(String text) {
        if (text.length() > bytes.length - length) {
            grow(text.length());
        }
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    /** UTF-8 behind its length. */
    void text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        varint(utf8.length);
        put(utf8);
    }

    int length() {
        return length;
    }

    /** Whether all that was put from there on is this ASCII text. */
    boolean isFrom(int from, String ascii) {
        if (length - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The text that was put from a position on. */
    String textFrom(int from) {
        return new String(bytes, from, length - from, UTF_8);
    }

    /** The finished envelope. */
    byte[] finish() {
        return finish(NOTHING);
    }

    /**
     * The finished envelope.
     *
     * @param rest the end of its payload, copied behind what was put
     */
    byte[] finish(byte[] rest) {
        int size = Math.addExact(length, rest.length);
        byte[] finished = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        System.arraycopy(rest, 0, finished, length, rest.length);
        int checksum = Envelope.checksum(finished);
        for (int i = 0; i < 4; i++) {
            finished[Envelope.CHECKSUM_AT + i] = (byte) (checksum >> (24 - 8 * i));
        }
        return finished;
    }

    private void grow(int count) {
        long wanted = Math.max((long) length + count, 2L * bytes.length);
        if ((long) length + count > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("An entry has at most 2^31-9 bytes");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }

    private static byte @Nullable [] keyBytes(@Nullable String hashed) {
        if (hashed == null) {
            return null;
        }
        return Utf16.isValid(hashed) ? hashed.getBytes(UTF_8) : Utf16.bytes(hashed);
    }
}
