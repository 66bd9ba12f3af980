package dev.larder.codec;

import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks that nothing is lost: reads the JSON of a value as its type, and writes it again. The values and the JSON must
 * be equal.
 */
final class RoundTripCheck {

    private final Jsonb jsonb;
    private final BiFunction<String, Type, Decoded<Object>> reader;
    private final boolean whole;

    /**
     * Creates the check.
     *
     * @param reader reads JSON as any reader of the store does
     * @param whole whether fields with {@code JsonbTransient} count
     */
    RoundTripCheck(Jsonb jsonb, BiFunction<String, Type, Decoded<Object>> reader, boolean whole) {
        this.jsonb = jsonb;
        this.reader = reader;
        this.whole = whole;
    }

    /**
     * Describes what would be lost; null if nothing would.
     *
     * @param declared the type that the value is read as; null for its own class, and that of each element
     * @throws RuntimeException if JSON-B cannot read or write it
     */
    @Nullable
    String fault(Object value, @Nullable Type declared, String json) {
        if (declared != null) {
            return faultAs(declared, value, json);
        }
        Type type;
        try {
            type = RuntimeType.of(value);
        } catch (RuntimeType.MixedException e) {
            return mixed(value);
        }
        return faultAs(type, value, json);
    }

    private @Nullable String faultAs(Type type, Object value, String json) {
        Decoded<Object> decoded = reader.apply(json, type);
        if (!(decoded instanceof Decoded.Value<Object> read)) {
            return decoded instanceof Decoded.Unreadable<Object> unreadable ? unreadable.reason() : "it is unreadable";
        }
        String difference = new ValueComparison(jsonb, whole).difference(value, read.value());
        if (difference != null) {
            return difference;
        }
        String again = jsonb.toJson(read.value());
        return again.equals(json) || CanonicalJson.of(again).equals(CanonicalJson.of(json))
                ? null
                : "its JSON differs after it is read as " + type.getTypeName() + " and written again";
    }

    /** Checks elements of several types: those of each type separately. */
    private @Nullable String mixed(Object value) {
        if (value instanceof Map<?, ?> map && RuntimeType.order(map) == null) {
            Map<Type, Map<Object, Object>> byType = new LinkedHashMap<>();
            map.forEach((key, each) -> byType.computeIfAbsent(type(each), any -> new LinkedHashMap<>())
                    .put(key, each));
            return byType.size() > 1 ? faultOfEach(byType.values()) : ofMixedEntries(map);
        }
        if (value instanceof Collection<?> elements && RuntimeType.order(elements) == null) {
            Map<Type, List<Object>> byType = new LinkedHashMap<>();
            elements.forEach(each ->
                    byType.computeIfAbsent(type(each), any -> new ArrayList<>()).add(each));
            return faultOfEach(byType.size() > 1 ? byType.values() : elements);
        }
        return "values in it that need one common type are of several types";
    }

    /**
     * Checks a map whose keys, or whose values in themselves, are of several types: the keys together, and each value.
     */
    private @Nullable String ofMixedEntries(Map<?, ?> map) {
        try {
            Map<Object, Boolean> keys = new LinkedHashMap<>();
            map.keySet().forEach(key -> keys.put(key, true));
            String fault = faultAs(RuntimeType.of(keys), keys, jsonb.toJson(keys));
            return fault == null ? faultOfEach(map.values()) : fault;
        } catch (RuntimeType.MixedException e) {
            return "the keys of a map are of several types";
        }
    }

    private static Type type(@Nullable Object element) {
        try {
            return element == null ? void.class : RuntimeType.of(element);
        } catch (RuntimeType.MixedException e) {
            return Object.class;
        }
    }

    private @Nullable String faultOfEach(Collection<?> parts) {
        for (Object each : parts) {
            String fault = each == null ? null : fault(each, null, jsonb.toJson(each));
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
