package dev.larder.reflect;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the type variables of a declared type for a class that inherits it: {@code T} of {@code Repo<T>} is
 * {@code Book} in {@code Books extends Repo<Book>}.
 */
public final class ResolvedType {

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public String getTypeName() {
            return component.getTypeName() + "[]";
        }
    }

    private ResolvedType() {}

    /**
     * Resolves a type. A wildcard becomes its upper bound, unless that is {@code Object}. A type variable without a
     * value is kept.
     *
     * @param in the class or generic type that, with its superclasses and interfaces, gives the variables their values
     */
    public static Type of(Type type, Type in) {
        if (type instanceof Class) {
            return type;
        }
        Map<TypeVariable<?>, Type> values = new HashMap<>();
        collect(in, values);
        return resolved(type, values);
    }

    /** The class of which every value of a type is an instance; for a primitive type, its wrapper. */
    public static Class<?> rawType(Type type) {
        if (type instanceof Class<?> one) {
            return one.isPrimitive() ? MethodType.methodType(one).wrap().returnType() : one;
        }
        if (type instanceof ParameterizedType generic) {
            return rawType(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return rawType(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawType(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? rawType(variable.getBounds()[0]) : Object.class;
    }

    private static void collect(@Nullable Type type, Map<TypeVariable<?>, Type> values) {
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
            Type[] arguments = generic.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                values.put(variables[i], resolved(arguments[i], values));
            }
            collect(generic.getRawType(), values);
        } else if (type instanceof Class<?> one) {
            collect(one.getGenericSuperclass(), values);
            for (Type above : one.getGenericInterfaces()) {
                collect(above, values);
            }
        }
    }

    private static Type resolved(Type type, Map<TypeVariable<?>, Type> values) {
        if (type instanceof TypeVariable<?> variable) {
            return values.getOrDefault(variable, variable);
        }
        if (type instanceof WildcardType wildcard) {
            Type bound = wildcard.getUpperBounds()[0];
            return bound == Object.class ? wildcard : resolved(bound, values);
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolved(array.getGenericComponentType(), values);
            return component instanceof Class<?> one ? one.arrayType() : new ArrayOf(component);
        }
        if (type instanceof ParameterizedType generic) {
            List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> resolved(argument, values))
                    .toList();
            return arguments.equals(List.of(generic.getActualTypeArguments()))
                    ? type
                    : new GenericType((Class<?>) generic.getRawType(), arguments, generic.getOwnerType());
        }
        return type;
    }
}
