package dev.larder.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** The class of which every value of a type is an instance. */
public final class RawType {

    private RawType() {}

    /** That class; for a primitive type, its wrapper. */
    public static Class<?> of(Type type) {
        if (type instanceof Class<?> one) {
            return one.isPrimitive() ? MethodType.methodType(one).wrap().returnType() : one;
        }
        if (type instanceof ParameterizedType generic) {
            return of(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? of(variable.getBounds()[0]) : Object.class;
    }
}
