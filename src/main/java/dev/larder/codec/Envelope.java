package dev.larder.codec;

import dev.larder.key.StoreKey;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Format 1 of an entry, a published contract:
 *
 * <pre>
 * byte  0     C1, which begins no UTF-8, no number and no JSON
 * byte  1     format, 1
 * byte  2     kind, see {@link Kind}
 * byte  3     flags: 1 a key follows, 2 that key is UTF-16BE (else UTF-8), 4 the text is UTF-16BE (else UTF-8)
 * bytes 4-7   CRC32C of all other bytes, highest byte first
 * then        with flag 1: the length of the key in bytes (7 bits a byte, lowest first), and the key
 * then        the payload, to the end
 * </pre>
 *
 * The key is what a hash stands for in the store's key ({@link StoreKey#hashed}). UTF-16BE is for what UTF-8 cannot carry.
 *
 * @param kind what the payload is
 * @param payload at its beginning
 * @param utf16 whether a text is UTF-16BE
 */
record Envelope(Kind kind, EnvelopeReader payload, boolean utf16) {

    static final byte MAGIC = (byte) 0xC1;
    static final byte FORMAT = 1;
    static final int CHECKSUM_AT = 4;
    static final int HEAD = 8;
    static final int HAS_KEY = 1;
    static final int KEY_IS_UTF_16 = 2;
    static final int PAYLOAD_IS_UTF_16 = 4;
    private static final int ALL_FLAGS = 7;

    /** What opening bytes comes to: an envelope, or why not. */
    sealed interface Opened {
        record Open(Envelope envelope) implements Opened {}

        record OtherKey() implements Opened {}

        record Unreadable(String reason) implements Opened {}
    }

    /** Opens the envelope of this key's entry. */
    static Opened open(StoreKey key, byte[] bytes) {
        String problem = problem(bytes);
        if (problem != null) {
            return new Opened.Unreadable(problem);
        }
        Kind kind = Kind.of(bytes[2]);
        if (kind == null) {
            return new Opened.Unreadable("it is of an unknown kind, " + bytes[2]);
        }
        int flags = bytes[3];
        EnvelopeReader reader = new EnvelopeReader(bytes, HEAD);
        try {
            String hashed = (flags & HAS_KEY) == 0 ? null : reader.text(reader.length(), (flags & KEY_IS_UTF_16) != 0);
            if (hashed != null && key.hashed() != null && !hashed.equals(key.hashed())) {
                return new Opened.OtherKey();
            }
            if ((hashed == null) != (key.hashed() == null)) {
                return new Opened.Unreadable(
                        hashed == null ? "it lacks the key behind the hash" : "it has a key of its own");
            }
        } catch (EnvelopeReader.Malformed e) {
            return new Opened.Unreadable(String.valueOf(e.getMessage()));
        }
        return new Opened.Open(new Envelope(kind, reader, (flags & PAYLOAD_IS_UTF_16) != 0));
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_AT);
        crc.update(bytes, HEAD, bytes.length - HEAD);
        return (int) crc.getValue();
    }

    private static @Nullable String problem(byte[] bytes) {
        int length = bytes.length;
        if (bytes.length < HEAD || bytes[0] != MAGIC) {
            return "it is no entry of Larder's (" + length + " bytes)";
        }
        if (bytes[1] != FORMAT) {
            return "its format is " + bytes[1] + ", this version reads " + FORMAT;
        }
        int checksum = 0;
        for (int i = CHECKSUM_AT; i < HEAD; i++) {
            checksum = (checksum << 8) | (bytes[i] & 0xFF);
        }
        if (checksum != checksum(bytes)) {
            return "its checksum is wrong (" + length + " bytes, cut off or changed)";
        }
        return (bytes[3] & ~ALL_FLAGS) == 0 ? null : "its flags are unknown, " + bytes[3];
    }
}
