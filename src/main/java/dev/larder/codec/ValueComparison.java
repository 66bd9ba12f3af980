package dev.larder.codec;

import jakarta.json.bind.Jsonb;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with the one that was read back. Equal JSON does not prove that they are equal: it does not show a
 * subclass that adds nothing, a number or a date behind {@code Object}, a null in a map, an object in which JSON-B
 * finds no property, or a field that belongs to no property.
 */
final class ValueComparison {

    private final Jsonb jsonb;
    private final boolean whole;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Creates the comparison of one value.
     *
     * @param whole whether fields with {@code JsonbTransient} count
     */
    ValueComparison(Jsonb jsonb, boolean whole) {
        this.jsonb = jsonb;
        this.whole = whole;
    }

    /** Describes the first difference; null if there is none. */
    @Nullable
    String difference(@Nullable Object written, @Nullable Object read) {
        if (written == read) {
            return null;
        }
        if (written == null || read == null) {
            return differ(written, read);
        }
        if (written instanceof Optional<?> one && read instanceof Optional<?> other) {
            return difference(one.orElse(null), other.orElse(null));
        }
        Class<?> type = written.getClass();
        if (JsonTypes.of(type) != null) {
            return written.equals(read) ? null : differ(written, read);
        }
        if (written instanceof Map<?, ?> one) {
            return read instanceof Map<?, ?> other ? ofMaps(one, other) : differ(written, read);
        }
        if (written instanceof Collection<?> one) {
            return read instanceof Collection<?> other && isSameKind(one, other)
                    ? ofCollections(one, other)
                    : differ(written, read);
        }
        if (type.isArray()) {
            return read.getClass() == type ? ofArrays(written, read) : differ(written, read);
        }
        if (written instanceof Enum || type.getName().startsWith("java.")) {
            return written.equals(read) && read.equals(written) ? null : differ(written, read);
        }
        if (read.getClass() != type) {
            return differ(written, read);
        }
        if (!open.add(written)) {
            return null; // a field leads back to an object that is being compared
        }
        try {
            return ofObjects(written, read);
        } finally {
            open.remove(written);
        }
    }

    private static String differ(@Nullable Object written, @Nullable Object read) {
        String one = nameOf(written);
        String other = nameOf(read);
        return one.equals(other)
                ? "a " + one + " in it would read back as another value"
                : "a " + one + " in it would read back as " + (read == null ? "null" : "a " + other);
    }

    private static String nameOf(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    private @Nullable String ofArrays(Object written, Object read) {
        int length = Array.getLength(written);
        if (Array.getLength(read) != length) {
            return differ(written, read);
        }
        for (int i = 0; i < length; i++) {
            String difference = difference(Array.get(written, i), Array.get(read, i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String ofObjects(Object written, Object read) {
        Class<?> type = written.getClass();
        AccessibleObject[] properties = JsonbProperties.of(type);
        if (JsonbProperties.isAdapted(type)) {
            return jsonb.toJson(written).equals(jsonb.toJson(read)) ? null : differ(written, read);
        }
        if (properties.length == 0
                && RuntimeType.hasFields(type)
                && !JsonbProperties.isCustomized(type)
                && jsonb.toJson(written).equals("{}")) {
            return "JSON-B finds no property in a " + type.getName() + " (public getter or field)";
        }
        for (AccessibleObject property : properties) {
            String difference =
                    difference(JsonbProperties.read(property, written), JsonbProperties.read(property, read));
            if (difference != null) {
                return difference;
            }
        }
        String lost = lostField(JsonbProperties.unwrittenFields(type), written, read);
        return lost == null && whole ? lostField(JsonbProperties.leftOutFields(type), written, read) : lost;
    }

    /** Names the first of the fields whose value is not in the JSON. */
    private @Nullable String lostField(Field[] fields, Object written, Object read) {
        for (Field field : fields) {
            if (difference(JsonbProperties.read(field, written), JsonbProperties.read(field, read)) != null) {
                return "JSON-B does not write the field " + field.getName() + " of a "
                        + written.getClass().getName()
                        + " (give it a getter and a setter; or make it transient, if it is no part of the value)";
            }
        }
        return null;
    }

    private @Nullable String ofMaps(Map<?, ?> written, Map<?, ?> read) {
        if (written.size() != read.size()) {
            return "only " + read.size() + " of the " + written.size() + " entries of a map would read back";
        }
        String lost = lostProperty(written, read);
        if (lost != null) {
            return lost;
        }
        if (RuntimeType.order(written) != null
                && !new ArrayList<>(written.keySet()).equals(new ArrayList<>(read.keySet()))) {
            return "a " + nameOf(written) + " would read back in another order";
        }
        for (Map.Entry<?, ?> entry : written.entrySet()) {
            if (!has(read, entry.getKey())) {
                return "a key of a map, a " + nameOf(entry.getKey()) + ", would read back as another value";
            }
            String difference = difference(entry.getValue(), read.get(entry.getKey()));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static boolean has(Map<?, ?> read, @Nullable Object key) {
        try {
            return read.containsKey(key);
        } catch (ClassCastException | NullPointerException e) {
            return false; // a sorted map whose keys have another class
        }
    }

    /** Whether both are sets or none is, and a list was read back as a list. */
    private static boolean isSameKind(Collection<?> written, Collection<?> read) {
        return written instanceof Set == read instanceof Set && (read instanceof List || !(written instanceof List));
    }

    private @Nullable String ofCollections(Collection<?> written, Collection<?> read) {
        if (written.size() != read.size()) {
            return "only " + read.size() + " of the " + written.size() + " elements of a collection would read back";
        }
        String lost = lostProperty(written, read);
        if (lost != null) {
            return lost;
        }
        boolean anyOrder = written instanceof Set && read instanceof Set && RuntimeType.order(written) == null;
        Iterator<?> others = read.iterator();
        for (Object element : written) {
            String difference = difference(element, others.next());
            if (difference != null) {
                return anyOrder ? ofSets(written, read) : difference;
            }
        }
        return null;
    }

    private @Nullable String ofSets(Collection<?> written, Collection<?> read) {
        Map<Object, Object> byEquality = new HashMap<>();
        read.forEach(element -> byEquality.put(element, element));
        for (Object element : written) {
            String difference = difference(element, byEquality.get(element));
            // compared with all, since it may have no equals()
            if (difference != null && read.stream().noneMatch(any -> difference(element, any) == null)) {
                return difference;
            }
        }
        return null;
    }

    /** Describes what a collection or map has besides its elements and would lose; null if nothing. */
    private static @Nullable String lostProperty(Object written, Object read) {
        Comparator<?> order = RuntimeType.order(written);
        if (order != null && isOrdering(read) && !order.equals(RuntimeType.order(read))) {
            return "the comparator of a " + nameOf(written) + " would be lost";
        }
        Class<?> type = written.getClass();
        return read.getClass() == type && RuntimeType.holdsMore(type)
                ? "JSON-B writes no field of a " + type.getName() + ", only its elements"
                : null;
    }

    private static boolean isOrdering(Object collection) {
        return collection instanceof SortedMap
                || collection instanceof SortedSet
                || collection instanceof PriorityQueue;
    }
}
