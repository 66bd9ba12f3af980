package dev.larder.codec;

import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Format 1 of an entry, a published contract:
 *
 * <pre>
 * byte  0     C1, which begins no UTF-8, no number and no JSON
 * byte  1     format, 1
 * byte  2     kind, see {@link Kind}
 * byte  3     flags: 1 a key follows; 8 generations follow; 2 and 4 are never used again (they stood for UTF-16)
 * bytes 4-7   CRC32C of all other bytes, highest byte first
 * then        with flag 1: the length of the key in bytes (7 bits a byte, lowest first), and the key in UTF-8
 * then        with flag 8: the generation of all entries, the number of tags (7 bits a byte, lowest first), and for each tag
 *             its length in bytes, itself in UTF-8, and its generation
 * then        the payload, to the end
 * </pre>
 *
 * The key is what the store's key contains only as a hash ({@link StoreKey#hashed}).
 *
 * @param kind the kind of the payload
 * @param generations the generations that the entry belongs to
 * @param payload a reader at the beginning of the payload
 */
record Envelope(Kind kind, Generations generations, EnvelopeReader payload) {

    static final byte MAGIC = (byte) 0xC1;
    static final byte FORMAT = 1;
    static final int CHECKSUM_AT = 4;
    static final int HEAD = 8;
    static final int HAS_KEY = 1;
    static final int HAS_GENERATIONS = 8;

    /** The result of opening bytes. */
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
        EnvelopeReader reader = new EnvelopeReader(bytes, HEAD);
        try {
            String hashed = (bytes[3] & HAS_KEY) == 0 ? null : reader.text();
            if (hashed != null && key.hashed() != null && !hashed.equals(key.hashed())) {
                return new Opened.OtherKey();
            }
            if ((hashed == null) != (key.hashed() == null)) {
                return new Opened.Unreadable(
                        hashed == null ? "it lacks the key behind the hash" : "it has a key of its own");
            }
            Generations generations = (bytes[3] & HAS_GENERATIONS) == 0 ? Generations.NONE : generations(reader);
            return new Opened.Open(new Envelope(kind, generations, reader));
        } catch (EnvelopeReader.Malformed e) {
            return new Opened.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Generations generations(EnvelopeReader reader) throws EnvelopeReader.Malformed {
        long all = reader.varint();
        int count = reader.count(2); // each tag has at least the two bytes of its length and its generation
        Map<String, Long> tags = count == 0 ? Map.of() : new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            tags.put(reader.text(), reader.varint());
        }
        return new Generations(all, tags);
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
        return (bytes[3] & ~(HAS_KEY | HAS_GENERATIONS)) == 0 ? null : "its flags are unknown, " + bytes[3];
    }
}
