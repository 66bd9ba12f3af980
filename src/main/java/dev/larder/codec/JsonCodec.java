package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.annotation.JsonbAnnotation;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values as JSON, bound by JSON-B. */
final class JsonCodec {

    private static final int EXPECTED_LENGTH = 1024;

    private final Supplier<Jsonb> jsonb;

    JsonCodec(Supplier<Jsonb> jsonb) {
        this.jsonb = jsonb;
    }

    byte[] encode(StoreKey key, Object value) {
        String scalar = JsonScalar.json(value);
        if (scalar != null) {
            byte[] json = scalar.getBytes(UTF_8);
            EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, key, json.length);
            writer.put(json);
            return writer.finish();
        }
        EnvelopeWriter writer = new EnvelopeWriter(Kind.JSON, 0, key, EXPECTED_LENGTH);
        int from = writer.length();
        try (JsonText text = new JsonText(writer)) {
            jsonb.get().toJson(value, text);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new CacheValueException(
                    "A value of type " + value.getClass().getName() + " cannot be written as JSON: " + e, e);
        }
        String lost = whatIsLost(value, writer, from);
        if (lost != null) {
            throw new CacheValueException(
                    "A value of type " + value.getClass().getName() + " cannot be written as JSON: " + lost);
        }
        return writer.finish();
    }

    Decoded<Object> decode(EnvelopeReader payload, Type type) {
        Class<?> raw = RawType.of(type);
        try {
            String json = payload.text(payload.remaining(), false);
            Object value = JsonScalar.is(raw)
                    ? JsonScalar.value(json, raw)
                    : jsonb.get().fromJson(json, OrderedType.of(type));
            if (raw.isInstance(value) && hasShape(json.stripLeading(), raw, value)) {
                return new Decoded.Value<>(value);
            }
            return new Decoded.Unreadable<>("its JSON reads as "
                    + (value == null ? "null" : value.getClass().getName()) + ", not as " + type.getTypeName());
        } catch (RuntimeException | StackOverflowError | LinkageError | EnvelopeReader.Malformed e) {
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

    // An object of which JSON-B sees no property is written as {} without a complaint, and all that it holds is lost
    private static @Nullable String whatIsLost(Object value, EnvelopeWriter json, int from) {
        if (json.isFrom(from, "null") || json.isFrom(from, "")) {
            return "JSON-B makes nothing of it";
        }
        if (json.isFrom(from, "{}") && !(value instanceof Map) && !hasProperties(value.getClass())) {
            return "JSON-B finds no property in it (public getter or field)";
        }
        return null;
    }

    private static boolean hasProperties(Class<?> type) {
        return type.isRecord()
                || Arrays.stream(type.getMethods()).anyMatch(JsonCodec::isGetter)
                || Arrays.stream(type.getFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()))
                || isCustomized(type);
    }

    private static boolean isGetter(Method method) {
        String name = method.getName();
        return (name.startsWith("get") || name.startsWith("is"))
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && method.getDeclaringClass() != Object.class
                && !Modifier.isStatic(method.getModifiers());
    }

    private static boolean isCustomized(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(JsonbAnnotation.class)) {
                return true;
            }
        }
        return false;
    }
}
