package dev.larder.method;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the arguments of a call as JSON text, so that equal texts mean equal arguments. What is no plain value, record,
 * collection or map is written by JSON-B; an object that shows JSON-B no property at all cannot be told from another one
 * and is not written.
 */
final class ArgumentText {

    private static final int DEEPEST = 64;

    /** An argument that cannot be written. */
    static final class UnwritableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnwritableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private final Supplier<Jsonb> jsonb;
    private final StringBuilder text;

    private ArgumentText(Supplier<Jsonb> jsonb, StringBuilder text) {
        this.jsonb = jsonb;
        this.text = text;
    }

    /** Appends the arguments, in brackets. */
    static void append(StringBuilder text, Object[] arguments, Supplier<Jsonb> jsonb) throws UnwritableException {
        new ArgumentText(jsonb, text).objects(arguments, 0);
    }

    private void value(@Nullable Object value, int depth) throws UnwritableException {
        if (value instanceof String || value instanceof Character || value instanceof Enum) {
            string(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else if (value == null || (value instanceof Number number && isOfJava(number)) || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof UUID || value.getClass().getPackageName().startsWith("java.time")) {
            string(value.toString());
        } else if (depth >= DEEPEST) {
            throw new UnwritableException("it is nested deeper than " + DEEPEST, null);
        } else {
            composite(value, depth + 1);
        }
    }

    private static boolean isOfJava(Number number) {
        return number.getClass().getModule() == Number.class.getModule();
    }

    private void composite(Object value, int depth) throws UnwritableException {
        if (value instanceof Optional<?> optional) {
            objects(optional.stream().toArray(), depth);
        } else if (value instanceof Collection<?> collection) {
            objects(collection.toArray(), depth);
        } else if (value instanceof Object[] array) {
            objects(array, depth);
        } else if (value.getClass().isArray()) {
            primitives(value, depth);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof Record record) {
            record(record, depth);
        } else {
            object(value);
        }
    }

    private void objects(@Nullable Object[] array, int depth) throws UnwritableException {
        text.append('[');
        for (int i = 0; i < array.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            value(array[i], depth);
        }
        text.append(']');
    }

    private void primitives(Object array, int depth) throws UnwritableException {
        Object[] boxed = new Object[Array.getLength(array)];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = Array.get(array, i);
        }
        objects(boxed, depth);
    }

    private void map(Map<?, ?> map, int depth) throws UnwritableException {
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(comma);
            value(entry.getKey(), depth);
            text.append(':');
            value(entry.getValue(), depth);
            comma = ",";
        }
        text.append('}');
    }

    /** Not left to JSON-B, whose implementations do not all know records. */
    private void record(Record record, int depth) throws UnwritableException {
        text.append('{');
        String comma = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text.append(comma);
            string(component.getName());
            text.append(':');
            try {
                component.getAccessor().setAccessible(true);
                value(component.getAccessor().invoke(record), depth);
            } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
                throw new UnwritableException("its component " + component.getName() + " cannot be read", e);
            }
            comma = ",";
        }
        text.append('}');
    }

    private void object(Object value) throws UnwritableException {
        String json;
        try {
            json = jsonb.get().toJson(value);
        } catch (JsonbException | StackOverflowError | IllegalStateException | ClassCastException e) {
            throw new UnwritableException(
                    "JSON-B cannot write a " + value.getClass().getName(), e);
        }
        if (json.equals("{}") || json.equals("null")) {
            throw new UnwritableException(
                    "JSON-B finds no property in a " + value.getClass().getName(), null);
        }
        text.append(json);
    }

    private void string(String value) {
        text.append('"');
        if (value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
            text.append(value);
        } else {
            escaped(value);
        }
        text.append('"');
    }

    private void escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
    }
}
