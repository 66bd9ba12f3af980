package dev.larder.codec;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.reflect.ResolvedType;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes and reads values as JSON, by JSON-B. */
final class JsonCodec {

    private final Supplier<Jsonb> jsonb;
    private final VerifiedForms verified = new VerifiedForms();

    JsonCodec(Supplier<Jsonb> jsonb) {
        this.jsonb = jsonb;
    }

    /** @param declared the type that the value will be read as; null for its own class */
    byte[] encode(StoreKey key, Generations generations, Object value, @Nullable Type declared) {
        String scalar = JsonScalar.json(value);
        if (scalar != null && declared != null && !JsonScalar.is(ResolvedType.rawType(declared))) {
            check(value, declared, scalar, false);
        }
        String json = scalar == null ? text(value, declared, false) : scalar;
        return EnvelopeWriter.ofText(Kind.JSON, key, generations, json, value);
    }

    /**
     * The JSON of a value.
     *
     * @param declared the type that the value will be read as; null for its own class
     * @param whole whether fields with {@code JsonbTransient} count
     * @throws CacheValueException if the value cannot be written, or would not read back whole as that type
     */
    String text(Object value, @Nullable Type declared, boolean whole) {
        if (value instanceof Future<?> || value instanceof CompletionStage<?>) { // JSON-B would wait for it
            throw new CacheValueException(refused(value) + "it may not be completed yet. Store its value instead");
        }
        String json;
        try {
            json = jsonb.get().toJson(value);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new CacheValueException(refused(value) + e, e);
        }
        if (json.equals("null") || json.isEmpty()) {
            throw new CacheValueException(refused(value) + "JSON-B writes nothing for it");
        }
        if (!verified.contains(value, declared)) {
            check(value, declared, json, whole);
            verified.learn(value, declared);
        }
        return json;
    }

    private void check(Object value, @Nullable Type declared, String json, boolean whole) {
        String fault;
        try {
            fault = new RoundTripCheck(jsonb.get(), this::read, whole).fault(value, declared, json);
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
            return read(payload.text(payload.remaining()), type);
        } catch (EnvelopeReader.Malformed e) {
            return new Decoded.Unreadable<>("its JSON does not read as " + type.getTypeName() + ": " + e);
        }
    }

    private Decoded<Object> read(String json, Type type) {
        Class<?> raw = ResolvedType.rawType(type);
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

    // Yasson reads an array as a map with a null key, and JSON-B demands no error for any such mistake
    private static boolean hasShape(String json, Class<?> raw, Object value) {
        boolean items = raw.isArray() || Collection.class.isAssignableFrom(raw);
        boolean map = Map.class.isAssignableFrom(raw);
        if (!items && !map) {
            return true;
        }
        if (json.startsWith("[") && map) {
            // a map whose keys are objects is written as an array of entries
            Map<?, ?> read = (Map<?, ?>) value;
            return !read.isEmpty() && read.keySet().stream().allMatch(Objects::nonNull);
        }
        return json.startsWith(items ? "[" : "{");
    }
}
