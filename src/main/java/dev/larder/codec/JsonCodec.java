package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values as JSON, bound by JSON-B. */
final class JsonCodec {

    private static final int EXPECTED_LENGTH = 1024;

    private static final StoreKey NO_KEY = new StoreKey("", null);

    private final Supplier<Jsonb> jsonb;
    private final Proofs proofs = new Proofs();

    JsonCodec(Supplier<Jsonb> jsonb) {
        this.jsonb = jsonb;
    }

    /** @param declared the type that the value will be read as; null for its own class */
    byte[] encode(StoreKey key, Object value, @Nullable Type declared) {
        String scalar = JsonScalar.json(value);
        if (scalar != null) {
            byte[] json = scalar.getBytes(UTF_8);
            EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, key, json.length);
            writer.put(json);
            if (declared != null && !JsonScalar.is(RawType.of(declared))) {
                check(value, declared, scalar, false);
            }
            return writer.finish();
        }
        EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, key, EXPECTED_LENGTH);
        write(value, writer, declared, false);
        return writer.finish();
    }

    /**
     * The JSON of a value, of which nothing may be left out.
     *
     * @throws CacheValueException if the value cannot be written, or would not read back as its own class, whole
     */
    String text(Object value) {
        EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, NO_KEY, EXPECTED_LENGTH);
        int from = writer.length();
        write(value, writer, null, true);
        return writer.textFrom(from);
    }

    /** The JSON of a value, without a check. */
    private String written(Object value) {
        EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, NO_KEY, EXPECTED_LENGTH);
        int from = writer.length();
        put(value, writer);
        return writer.textFrom(from);
    }

    private void put(Object value, EnvelopeWriter writer) {
        try (JsonText text = new JsonText(writer)) {
            jsonb.get().toJson(value, text);
        }
    }

    private void write(Object value, EnvelopeWriter writer, @Nullable Type declared, boolean whole) {
        int from = writer.length();
        try {
            put(value, writer);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new CacheValueException(refused(value) + e, e);
        }
        if (writer.isFrom(from, "null") || writer.isFrom(from, "")) {
            throw new CacheValueException(refused(value) + "JSON-B makes nothing of it");
        }
        if (!proofs.cover(value, declared)) {
            check(value, declared, writer.textFrom(from), whole);
            proofs.learn(value, declared);
        }
    }

    private void check(Object value, @Nullable Type declared, String json, boolean whole) {
        String fault;
        try {
            fault = new RoundTrip(jsonb.get(), this::written, this::read, whole).fault(value, declared, json);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new CacheValueException(refused(value) + "it does not read back: " + e, e);
        }
        if (fault != null) {
            throw new CacheValueException(refused(value) + fault);
        }
    }

    private static String refused(Object value) {
        return "A value of type " + value.getClass().getName() + " cannot be written as JSON: ";
    }

    Decoded<Object> decode(EnvelopeReader payload, Type type) {
        try {
            return read(payload.text(payload.remaining(), false), type);
        } catch (EnvelopeReader.Malformed e) {
            return new Decoded.Unreadable<>("its JSON does not read as " + type.getTypeName() + ": " + e);
        }
    }

    private Decoded<Object> read(String json, Type type) {
        Class<?> raw = RawType.of(type);
        try {
            Object value = JsonScalar.is(raw)
                    ? JsonScalar.value(json, raw)
                    : jsonb.get().fromJson(json, OrderedType.of(type));
            if (raw.isInstance(value) && hasShape(json.stripLeading(), raw, value)) {
                return new Decoded.Value<>(value);
            }
            return new Decoded.Unreadable<>("its JSON reads as "
                    + (value == null ? "null" : value.getClass().getName()) + ", not as " + type.getTypeName());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Decoded.Unreadable<>("its JSON does not read as " + type.getTypeName() + ": " + e);
        }
    }

    // Yasson reads an array as a map of which the key is null, and JSON-B demands no error for any such mistake
    private static boolean hasShape(String json, Class<?> raw, Object value) {
        boolean items = raw.isArray() || Collection.class.isAssignableFrom(raw);
        boolean map = Map.class.isAssignableFrom(raw);
        if (!items && !map) {
            return true;
        }
        if (json.startsWith("[") && map) {
            // a map of which the keys are objects is an array of entries
            Map<?, ?> read = (Map<?, ?>) value;
            return !read.isEmpty() && read.keySet().stream().allMatch(Objects::nonNull);
        }
        return json.startsWith(items ? "[" : "{");
    }
}
