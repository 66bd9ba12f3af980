package dev.larder.reflect;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generic type with its arguments. A record, since JSON-B caches by type and needs equality. */
public record GenericType(
        Class<?> rawType, List<Type> arguments, @Nullable Type ownerType) implements ParameterizedType {

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
