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
 * A generic type that JSON-B reads with its order: it has {@link LinkedHashMap} and {@link LinkedHashSet} in place of
 * {@link Map} and {@link Set}, for which JSON-B would create a {@code HashMap} or {@code HashSet}. A record, since
 * JSON-B caches by type and needs equality.
 */
record OrderedType(
        Class<?> rawType, List<Type> arguments, @Nullable Type ownerType) implements ParameterizedType {

    /** The ordered type of a type; the type itself if it has no map and no set. */
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
