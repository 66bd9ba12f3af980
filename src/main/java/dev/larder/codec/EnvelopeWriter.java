package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.key.UnpairedSurrogate;
import java.util.Arrays;

/** Writes one {@link Envelope}: the constructor writes its head, {@link #finish} the checksum. */
final class EnvelopeWriter {

    private static final int MAX_VARINT_BYTES = 5;

    /** The longest array that every Java platform can allocate. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final byte[] NOTHING = {};

    private byte[] bytes;
    private int length;

    /**
     * Begins an envelope.
     *
     * @param expected the approximate number of bytes of the payload
     */
    EnvelopeWriter(Kind kind, StoreKey key, Generations generations, int expected) {
        String hashed = key.hashed();
        byte[] keyBytes = hashed == null ? NOTHING : hashed.getBytes(UTF_8);
        bytes = new byte
                [Envelope.HEAD
                        + (hashed == null ? 0 : keyBytes.length + MAX_VARINT_BYTES)
                        + expectedBytes(generations)
                        + expected];
        bytes[0] = Envelope.MAGIC;
        bytes[1] = Envelope.FORMAT;
        bytes[2] = kind.code;
        length = Envelope.HEAD;
        if (hashed != null) {
            bytes[3] = Envelope.HAS_KEY;
            varint(keyBytes.length);
            put(keyBytes);
        }
        if (generations != Generations.NONE) {
            bytes[3] |= Envelope.HAS_GENERATIONS;
            varint(generations.all());
            varint(generations.tags().size());
            generations.tags().forEach((tag, generation) -> {
                text(tag);
                varint(generation);
            });
        }
    }

    private static int expectedBytes(Generations generations) {
        return generations == Generations.NONE
                ? 0
                : 16 + 48 * generations.tags().size();
    }

    /**
     * Writes an envelope whose payload is a text, in UTF-8.
     *
     * @param value the value whose text it is
     * @throws CacheValueException if the text has an unpaired surrogate; the message names the type of the value
     */
    static byte[] ofText(Kind kind, StoreKey key, Generations generations, String text, Object value) {
        if (isAscii(text)) {
            EnvelopeWriter writer = new EnvelopeWriter(kind, key, generations, text.length());
            writer.ascii(text);
            return writer.finish();
        }
        String problem = UnpairedSurrogate.in(text);
        if (problem != null) {
            throw new CacheValueException("A value of type " + value.getClass().getName()
                    + " cannot be written: its text has " + problem + ", which is no Unicode");
        }
        byte[] utf8 = text.getBytes(UTF_8);
        EnvelopeWriter writer = new EnvelopeWriter(kind, key, generations, utf8.length);
        writer.put(utf8);
        return writer.finish();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Writes ASCII text without a temporary array. */
    @SuppressWarnings("deprecation") // it drops the upper byte of each char, which is 0 in ASCII
    private void ascii(String text) {
        if (text.length() > bytes.length - length) {
            grow(text.length());
        }
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
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

    /** Writes the lowest {@code count} bytes of a number, the highest of them first. */
    void number(long number, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            put((int) (number >> shift));
        }
    }

    /** Writes seven bits per byte, the lowest first; a set high bit means that more follow. */
    void varint(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** Writes the length of a text in bytes, and the text in UTF-8. */
    void text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        varint(utf8.length);
        put(utf8);
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
        if ((long) length + count > MAX_BYTES) {
            throw new IllegalStateException("An entry has at most " + MAX_BYTES + " bytes");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MAX_BYTES));
    }
}
