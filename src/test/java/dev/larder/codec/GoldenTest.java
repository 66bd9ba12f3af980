package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Month;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The published formats. The files are never changed: an entry that was written by any version is read by every newer one,
 * and found under the same key. A new format gets a new directory.
 */
class GoldenTest {

    private static final StoreKey KEY = new StoreKey("books:1:a", null);
    private static final StoreKey HASHED = new KeyLayout("books", "1", 250, true).of("käse");
    private static final Jsonb JSONB = JsonbBuilder.create();

    /** What an earlier version wrote in UTF-16, and no version writes any more. */
    private static final Set<String> RETIRED_ENTRIES = Set.of("text-utf-16", "text-hashed-utf-16");

    private static final String RETIRED_KEY = "lone-surrogate-hashed";

    private final ValueCodec values = new ValueCodec(() -> JSONB);
    private final ResponseCodec responses = new ResponseCodec();

    public record Book(String title) {}

    private record Sample(StoreKey key, Object value) {}

    private static Map<String, String> keys() {
        KeyLayout redis = new KeyLayout("books", "1", 1024, false);
        KeyLayout memcached = new KeyLayout("books", "1", 250, true);
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("plain", redis.of("list?page=2").text());
        keys.put("empty", redis.of("").text());
        keys.put("nothing-at-all", new KeyLayout("", "", 1024, false).of("").text());
        keys.put(
                "encoded", new KeyLayout("a:b%\n", "ä b", 1024, false).of("k:%").text());
        keys.put(
                "encoded-ascii",
                new KeyLayout("a:b%\n", "ä b", 250, true).of("k:%").text());
        keys.put(
                "lone-surrogate-in-prefix",
                new KeyLayout("\uD83E", "1", 250, true).of("k").text());
        keys.put("not-ascii", redis.of("käse").text());
        keys.put("not-ascii-hashed", memcached.of("käse").text());
        keys.put("long-hashed", redis.of("k".repeat(1_017)).text());
        keys.put("hash-sign-hashed", redis.of("#").text());
        keys.put(
                "all-hashed",
                new KeyLayout("p".repeat(300), "1", 250, true).of("k").text());
        keys.put(
                "local-verbatim",
                new KeyLayout("books", "1", Integer.MAX_VALUE, false).of("#k").text());
        return keys;
    }

    private static Map<String, Sample> samples() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("text", new Sample(KEY, "käse"));
        samples.put("text-empty", new Sample(KEY, ""));
        samples.put("text-hashed", new Sample(HASHED, "text"));
        samples.put("bytes", new Sample(KEY, new byte[] {0, 1, -1}));
        samples.put("whole", new Sample(KEY, 42L));
        samples.put("whole-hashed", new Sample(HASHED, Long.MAX_VALUE));
        samples.put("whole-negative", new Sample(KEY, -42L));
        samples.put("true", new Sample(KEY, true));
        samples.put("false", new Sample(KEY, false));
        samples.put("character", new Sample(KEY, '€'));
        samples.put("float", new Sample(KEY, 1.5f));
        samples.put("double", new Sample(KEY, -0.1));
        samples.put("json-record", new Sample(KEY, new Book("käse")));
        samples.put("json-decimal", new Sample(KEY, new BigDecimal("1.10")));
        samples.put("json-enum", new Sample(KEY, Month.MAY));
        samples.put("json-time", new Sample(KEY, Instant.parse("2026-01-02T03:04:05.006Z")));
        samples.put("response", new Sample(HASHED, response(0)));
        samples.put("response-dated", new Sample(KEY, response(1_851_779_000_000_000_000L)));
        return samples;
    }

    private static StoredResponse response(long generation) {
        Fields fields = Fields.of("Content-Type", "text/plain", "ETag", "\"1\"", "X-Empty", "");
        return new StoredResponse(
                200, fields, "käse".getBytes(UTF_8), 1_767_225_600_123L, 3, Long.MAX_VALUE, generation);
    }

    @Test
    void keys_of_version_1_are_unchanged() throws IOException {
        Map<String, String> golden = golden("keys");

        assertThat(golden.remove(RETIRED_KEY)).isNotNull();
        assertThat(keys()).isEqualTo(golden);
    }

    @Test
    void entries_in_utf_16_are_misses() throws IOException {
        Map<String, String> golden = golden("entries");
        for (String name : RETIRED_ENTRIES) {
            byte[] bytes = HexFormat.of().parseHex(golden.get(name));
            for (StoreKey key : List.of(KEY, new StoreKey(golden("keys").get(RETIRED_KEY), "\uD83E"))) {
                assertThat(values.decode(key, bytes, String.class)).as(name).isInstanceOf(Decoded.Unreadable.class);
            }
        }
    }

    @Test
    void entries_of_version_1_are_read() throws IOException {
        Map<String, String> golden = golden("entries");
        samples().forEach((name, sample) -> {
            byte[] bytes = HexFormat.of().parseHex(golden.get(name));
            Decoded<?> decoded = sample.value() instanceof StoredResponse
                    ? responses.decode(sample.key(), bytes)
                    : values.decode(sample.key(), bytes, sample.value().getClass());
            assertThat(decoded).as("%s: %s", name, decoded).isInstanceOf(Decoded.Value.class);
            assertThat(((Decoded.Value<?>) decoded).value())
                    .as(name)
                    .usingRecursiveComparison()
                    .isEqualTo(sample.value());
        });
    }

    @Test
    void entries_are_written_as_version_1() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        samples().forEach((name, sample) -> written.put(name, HexFormat.of().formatHex(encode(sample))));

        Map<String, String> golden = golden("entries");
        assertThat(golden.keySet().removeAll(RETIRED_ENTRIES)).isTrue();
        assertThat(written).isEqualTo(golden);
    }

    @Test
    void every_kind_has_an_entry() {
        List<Byte> kinds = samples().values().stream()
                .map(this::encode)
                .filter(bytes -> bytes[0] == Envelope.MAGIC)
                .map(bytes -> bytes[2])
                .distinct()
                .toList();

        assertThat(kinds).hasSize(Kind.values().length);
    }

    private byte[] encode(Sample sample) {
        return sample.value() instanceof StoredResponse response
                ? responses.encode(sample.key(), Generations.NONE, response)
                : values.encode(sample.key(), sample.value());
    }

    private static Map<String, String> golden(String name) throws IOException {
        try (InputStream file = GoldenTest.class.getResourceAsStream("/golden/v1/" + name + ".properties")) {
            Properties properties = new Properties();
            properties.load(file);
            Map<String, String> golden = new LinkedHashMap<>();
            properties.stringPropertyNames().forEach(key -> golden.put(key, properties.getProperty(key)));
            return golden;
        }
    }
}
