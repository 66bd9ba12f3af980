package dev.larder.value;

import dev.larder.reflect.ResolvedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a method returns its value: plain, in an {@code Optional}, in a {@code CompletionStage}, or in both.
 *
 * @param stage whether the value comes in a stage
 * @param optional whether the value (in the stage) is optional
 * @param valueType the type of the value itself
 */
record ReturnShape(boolean stage, boolean optional, Type valueType) {

    /** The shape of what a method of a bean returns. The bean may inherit the method. */
    static ReturnShape of(Method method, Class<?> bean) {
        Type returnType = ResolvedType.of(method.getGenericReturnType(), bean);
        boolean stage = isStage(returnType);
        Type inside = stage ? argument(returnType) : returnType;
        boolean optional = raw(inside) == Optional.class;
        return new ReturnShape(stage, optional, optional ? argument(inside) : inside);
    }

    private static boolean isStage(Type type) {
        return raw(type) == CompletionStage.class || raw(type) == CompletableFuture.class;
    }

    private static @Nullable Object raw(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    /** The value in the shape the method declares. */
    Object wrap(Object value) {
        Object inside = optional ? Optional.of(value) : value;
        return stage ? CompletableFuture.completedFuture(inside) : inside;
    }

    /** The value inside what the method returned, or inside the result of its stage; null if there is none. */
    @Nullable
    Object unwrap(@Nullable Object inside) {
        return inside instanceof Optional<?> maybe && optional ? maybe.orElse(null) : inside;
    }
}
