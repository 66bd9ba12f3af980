package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.larder.http.Fields;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are cut off, changed or somebody else's are unreadable, and nothing worse. */
class DamageTest {

    private static final StoreKey KEY = new StoreKey("books:1:a", null);
    private static final StoreKey HASHED = new StoreKey("books:1:#hash", "the full key");
    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final List<Class<?>> TYPES =
            List.of(Object.class, String.class, byte[].class, Long.class, Map.class, Double.class);

    private final ValueCodec values = new ValueCodec(() -> JSONB);
    private final ResponseCodec responses = new ResponseCodec();

    @Test
    void an_entry_cut_off_anywhere_is_unreadable() {
        for (StoreKey key : List.of(KEY, HASHED)) {
            for (byte[] whole : entries(key)) {
                for (int length = 0; length < whole.length; length++) {
                    assertUnreadable(key, Arrays.copyOf(whole, length));
                }
                assertUnreadable(key, Arrays.copyOf(whole, whole.length + 1));
            }
        }
    }

    @Test
    void an_entry_with_any_bit_flipped_is_unreadable() {
        for (StoreKey key : List.of(KEY, HASHED)) {
            for (byte[] whole : entries(key)) {
                for (int bit = 0; bit < 8 * whole.length; bit++) {
                    byte[] flipped = whole.clone();
                    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                    assertUnreadable(key, flipped);
                }
            }
        }
    }

    @Test
    void random_bytes_are_unreadable() {
        Random random = new Random(42);
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] |= (byte) 0x80;
            }
            assertUnreadable(KEY, bytes);
        }
    }

    @Test
    void the_entries_of_others_are_unreadable() {
        for (String foreign :
                List.of("", " ", " 5", "-5", "+5", "null", "\"text\"", "{\"a\":1}", "<xml/>", "O:8:\"stdClass\"")) {
            assertUnreadable(KEY, foreign.getBytes(UTF_8));
        }
        // Java serialization, Python's pickle, gzip
        for (byte[] foreign :
                List.of(new byte[] {-84, -19, 0, 5}, new byte[] {-128, 4, -107}, new byte[] {31, -117, 8})) {
            assertUnreadable(KEY, foreign);
        }
    }

    @Test
    void random_contents_with_a_right_checksum_are_no_exception() {
        Random random = new Random(42);
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[Envelope.HEAD + random.nextInt(24)];
            random.nextBytes(bytes);
            bytes[2] = (byte) random.nextInt(12);
            bytes[3] = (byte) random.nextInt(10);
            sign(bytes);
            for (StoreKey key : List.of(KEY, HASHED)) {
                Class<?> type = TYPES.get(i % TYPES.size());
                values.decode(key, bytes, type);
                responses.decode(key, bytes);
            }
        }
    }

    @Test
    void nothing_is_allocated_because_bytes_claim_it() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] manyFields = claim(Kind.RESPONSE, 0);
        byte[] longKey = claim(Kind.TEXT, Envelope.HAS_KEY);
        decodeAll(manyFields, longKey);

        long before = threads.getCurrentThreadAllocatedBytes();
        decodeAll(manyFields, longKey);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    @Test
    void a_newer_format_and_an_undefined_flag_are_unreadable() {
        byte[] later = values.encode(KEY, "text");
        later[1] = 2;
        sign(later);
        assertThat(((Decoded.Unreadable<?>) values.decode(KEY, later, String.class)).reason())
                .contains("format is 2");

        byte[] flagged = values.encode(KEY, "text");
        flagged[3] = 8;
        sign(flagged);
        assertUnreadable(KEY, flagged);
    }

    private void decodeAll(byte[] manyFields, byte[] longKey) {
        assertThat(responses.decode(KEY, manyFields)).isInstanceOf(Decoded.Unreadable.class);
        assertThat(values.decode(HASHED, longKey, String.class)).isInstanceOf(Decoded.Unreadable.class);
    }

    // numbers of 2^31-1 wherever a length or a count may stand
    private static byte[] claim(Kind kind, int flags) {
        byte[] bytes = new byte[Envelope.HEAD + 30];
        for (int i = Envelope.HEAD; i < bytes.length; i++) {
            bytes[i] = (byte) ((i - Envelope.HEAD) % 5 == 4 ? 7 : 0xFF);
        }
        bytes[0] = Envelope.MAGIC;
        bytes[2] = kind.code;
        bytes[3] = (byte) flags;
        sign(bytes);
        return bytes;
    }

    private static void sign(byte[] bytes) {
        bytes[0] = Envelope.MAGIC;
        bytes[1] = bytes[1] == 2 ? bytes[1] : Envelope.FORMAT;
        int checksum = Envelope.checksum(bytes);
        for (int i = 0; i < 4; i++) {
            bytes[Envelope.CHECKSUM_AT + i] = (byte) (checksum >> (24 - 8 * i));
        }
    }

    private List<byte[]> entries(StoreKey key) {
        StoredResponse response = new StoredResponse(
                200, Fields.of("ETag", "\"1\""), "body".getBytes(UTF_8), 1_700_000_000_000L, 3, 60_000);
        return List.of(
                values.encode(key, "text"),
                values.encode(key, ""),
                values.encode(key, "käse"),
                values.encode(key, new byte[] {1, 2, 3}),
                values.encode(key, -5),
                values.encode(key, true),
                values.encode(key, 1.5),
                values.encode(key, List.of("a", "b")),
                values.encode(key, Map.of("a", 1)),
                responses.encode(key, Generations.NONE, response));
    }

    private void assertUnreadable(StoreKey key, byte[] bytes) {
        for (Class<?> type : TYPES) {
            assertThat(values.decode(key, bytes, type)).isInstanceOf(Decoded.Unreadable.class);
        }
        assertThat(responses.decode(key, bytes)).isInstanceOf(Decoded.Unreadable.class);
    }
}
