package dev.larder.codec;

import dev.larder.reflect.GenericType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes JSON-B keep the order of maps and sets. For {@link Map} and {@link Set}, it would create a {@code HashMap} or
 * {@code HashSet}.
 */
final class OrderedType {

    private OrderedType() {}

    /** A type with {@link LinkedHashMap} and {@link LinkedHashSet} for each map and set; the type itself if it has none. */
    static Type of(Type type) {
        if (type instanceof Class<?> one) {
            return ordered(one);
        }
        if (!(type instanceof ParameterizedType generic)) {
            return type;
        }
        Class<?> raw = ordered((Class<?>) generic.getRawType());
        List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                .map(OrderedType::of)
                .toList();
        return raw == generic.getRawType() && arguments.equals(List.of(generic.getActualTypeArguments()))
                ? type
                : new GenericType(raw, arguments, generic.getOwnerType());
    }

    private static Class<?> ordered(Class<?> type) {
        return type == Map.class ? LinkedHashMap.class : type == Set.class ? LinkedHashSet.class : type;
    }
}
