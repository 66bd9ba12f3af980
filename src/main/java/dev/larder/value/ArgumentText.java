package dev.larder.value;

import dev.larder.CacheValueException;
import dev.larder.codec.ValueCodec;
import dev.larder.reflect.ResolvedType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the arguments of a call as JSON text, so that equal texts mean equal arguments. JSON-B writes values that are no
 * plain value, record, collection or map, if it can read them back. If the class of a value is not the declared one, the
 * name of its class precedes the value; for a collection of the JDK, this is the name of the interface: list, set or map.
 *
 * <p>Persisted: the text is part of the store's keys, so a change makes stored values unreachable.
 */
final class ArgumentText {

    private static final int MAX_DEPTH = 64;

    /** Types whose type arguments are the types of their elements. */
    private static final Set<Type> AS_THEIR_HOLDER =
            Set.of(Collection.class, List.class, Set.class, Map.class, Optional.class);

    /** An argument that cannot be written. */
    static final class UnwritableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnwritableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private final ValueCodec codec;
    private final StringBuilder text;

    private ArgumentText(ValueCodec codec, StringBuilder text) {
        this.codec = codec;
        this.text = text;
    }

    /**
     * Appends the arguments, in brackets.
     *
     * @param declared the types of the parameters
     */
    static void append(StringBuilder text, Object[] arguments, List<? extends Type> declared, ValueCodec codec)
            throws UnwritableException {
        ArgumentText writer = new ArgumentText(codec, text);
        text.append('[');
        for (int i = 0; i < arguments.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            writer.value(arguments[i], declared.get(i), 0);
        }
        text.append(']');
    }

    private void value(@Nullable Object value, Type declared, int depth) throws UnwritableException {
        if (value == null) {
            text.append("null");
            return;
        }
        Class<?> shown = shown(value);
        if (shown != ResolvedType.rawType(declared)) {
            text.append(shown.getName()).append(':');
        }
        if (value instanceof String || value instanceof Character || value instanceof Enum) {
            string(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else if ((value instanceof Number number && isOfJava(number)) || value instanceof Boolean) {
            text.append(value);
        } else if (isText(value)) {
            string(value instanceof Class<?> type ? type.getName() : value.toString());
        } else if (depth >= MAX_DEPTH) {
            throw new UnwritableException("it is nested deeper than " + MAX_DEPTH, null);
        } else {
            composite(value, declared, depth + 1);
        }
    }

    /** Whether a value is written as its text, and not by JSON-B. */
    private static boolean isText(Object value) {
        return value instanceof UUID
                || value instanceof Locale
                || value instanceof Currency
                || value instanceof Class
                || value.getClass().getPackageName().startsWith("java.time");
    }

    /** The class of a value as the key contains it: all lists of the JDK count as {@code List}, and so on. */
    private static Class<?> shown(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass();
        }
        boolean ofJava = value.getClass().getName().startsWith("java.");
        if (ofJava && value instanceof Collection) {
            return value instanceof List ? List.class : value instanceof Set ? Set.class : Collection.class;
        }
        return ofJava && value instanceof Map ? Map.class : value.getClass();
    }

    private static boolean isOfJava(Number number) {
        return number.getClass().getModule() == Number.class.getModule();
    }

    private void composite(Object value, Type declared, int depth) throws UnwritableException {
        if (value instanceof Optional<?> optional) {
            objects(optional.stream().iterator(), argument(declared, Optional.class, 0), depth);
        } else if (value instanceof Collection<?> collection) {
            requireElementsOnly(value);
            objects(collection.iterator(), argument(declared, Collection.class, 0), depth);
        } else if (value.getClass().isArray()) {
            array(value, declared, depth);
        } else if (value instanceof Map<?, ?> map) {
            requireElementsOnly(value);
            map(map, declared, depth);
        } else if (value instanceof Record record) {
            record(record, declared, depth);
        } else {
            object(value);
        }
    }

    /**
     * Rejects a collection or map that has more than its elements: a comparator, or fields of the application's class.
     */
    private void requireElementsOnly(Object collection) throws UnwritableException {
        boolean ordering = (collection instanceof SortedMap<?, ?> map && map.comparator() != null)
                || (collection instanceof SortedSet<?> set && set.comparator() != null)
                || (collection instanceof PriorityQueue<?> queue && queue.comparator() != null);
        if (ordering) {
            throw new UnwritableException(
                    "a " + collection.getClass().getName() + " has a comparator, which cannot be written", null);
        }
        if (ValueCodec.hasMoreThanElements(collection.getClass())) {
            throw new UnwritableException(
                    "the elements of a " + collection.getClass().getName() + " can be written, but not its fields",
                    null);
        }
    }

    /** The declared type of the elements of a collection; Object if none is declared. */
    private static Type argument(Type declared, Class<?> holder, int index) {
        if (declared instanceof ParameterizedType generic && AS_THEIR_HOLDER.contains(generic.getRawType())) {
            return generic.getActualTypeArguments()[index];
        }
        return holder.isAssignableFrom(ResolvedType.rawType(declared))
                ? ResolvedType.of(holder.getTypeParameters()[index], declared)
                : Object.class;
    }

    private void objects(Iterator<?> elements, Type declared, int depth) throws UnwritableException {
        text.append('[');
        while (elements.hasNext()) {
            value(elements.next(), declared, depth);
            if (elements.hasNext()) {
                text.append(',');
            }
        }
        text.append(']');
    }

    private void array(Object array, Type declared, int depth) throws UnwritableException {
        Type component =
                declared instanceof GenericArrayType generic && array.getClass() == ResolvedType.rawType(declared)
                        ? generic.getGenericComponentType()
                        : array.getClass().getComponentType();
        text.append('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            if (i > 0) {
                text.append(',');
            }
            value(Array.get(array, i), component, depth);
        }
        text.append(']');
    }

    private void map(Map<?, ?> map, Type declared, int depth) throws UnwritableException {
        Type keys = argument(declared, Map.class, 0);
        Type values = argument(declared, Map.class, 1);
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(comma);
            value(entry.getKey(), keys, depth);
            text.append(':');
            value(entry.getValue(), values, depth);
            comma = ",";
        }
        text.append('}');
    }

    /** Not left to JSON-B, whose implementations do not all know records. */
    private void record(Record record, Type declared, int depth) throws UnwritableException {
        boolean generic = declared instanceof ParameterizedType && record.getClass() == ResolvedType.rawType(declared);
        text.append('{');
        String comma = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text.append(comma);
            string(component.getName());
            text.append(':');
            Object value;
            try {
                component.getAccessor().setAccessible(true);
                value = component.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
                throw new UnwritableException("its component " + component.getName() + " cannot be read", e);
            }
            value(value, ResolvedType.of(component.getGenericType(), generic ? declared : record.getClass()), depth);
            comma = ",";
        }
        text.append('}');
    }

    private void object(Object value) throws UnwritableException {
        String json;
        try {
            json = codec.json(value);
        } catch (CacheValueException e) {
            throw new UnwritableException("JSON-B cannot write it", e);
        }
        if (json.equals("{}")) {
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
