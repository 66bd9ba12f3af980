package dev.larder.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What JSON-B is asked for where a {@link Map} or a {@link Set} is wanted: one that keeps the order it was written in. By
 * itself JSON-B makes a {@code HashMap} or a {@code HashSet}, and a ranking comes back shuffled. Equal for equal types, as
 * JSON-B keeps what it knows of each.
 */
record OrderedType(
        Class<?> rawType, List<Type> arguments, @Nullable Type ownerType) implements ParameterizedType {

    /** The type itself if nothing in it can be kept in order. */
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
                : new OrderedType(raw, arguments, generic.getOwnerType());
    }

    private static Class<?> ordered(Class<?> type) {
        return type == Map.class ? LinkedHashMap.class : type == Set.class ? LinkedHashSet.class : type;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return rawType;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return ownerType;
    }

    @Override
    public String getTypeName() {
        return rawType.getName()
                + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
