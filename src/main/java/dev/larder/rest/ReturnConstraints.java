package dev.larder.rest;

import dev.larder.reflect.Hierarchy;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;

/** Finds Bean Validation constraints on the return value of a method. Compares names, since that API may be absent. */
final class ReturnConstraints {

    private static final String CONSTRAINT = "jakarta.validation.Constraint";
    private static final String CASCADE = "jakarta.validation.Valid";

    private ReturnConstraints() {}

    /**
     * Whether the return value of a method has constraints, in its class or in what that class inherits (Bean
     * Validation §5.6.5).
     */
    static boolean areOn(Class<?> type, Method method) {
        return Hierarchy.types(type).stream().anyMatch(each -> areDeclaredIn(each, method));
    }

    private static boolean areDeclaredIn(Class<?> type, Method like) {
        try {
            Method method = type.getDeclaredMethod(like.getName(), like.getParameterTypes());
            return isConstrained(method) || isConstrained(method.getAnnotatedReturnType());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static boolean isConstrained(AnnotatedType type) {
        if (isConstrained((AnnotatedElement) type)) {
            return true;
        }
        if (type instanceof AnnotatedParameterizedType generic) {
            for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                if (isConstrained(argument)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isConstrained(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            if (type.getName().equals(CASCADE)) {
                return true;
            }
            for (Annotation meta : type.getAnnotations()) {
                if (meta.annotationType().getName().equals(CONSTRAINT)) {
                    return true;
                }
            }
        }
        return false;
    }
}
