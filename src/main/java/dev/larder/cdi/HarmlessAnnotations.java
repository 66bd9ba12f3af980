package dev.larder.cdi;

import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;

/**
 * The annotations of a resource class that change nothing about a call of its methods. Every other annotation may bind an
 * interceptor, a constraint or a decorator.
 */
final class HarmlessAnnotations {

    /** Packages whose annotations have taken effect before the last request filter runs. */
    private static final Set<String> PACKAGES =
            Set.of("jakarta.ws.rs", "dev.larder", "java.lang", "jakarta.enterprise.context");

    private static final String INJECTION = "jakarta.inject";
    private static final String DESCRIPTIONS = "org.eclipse.microprofile.openapi.annotations";

    private HarmlessAnnotations() {}

    static boolean isHarmlessOnResourceMethod(Class<? extends Annotation> annotation) {
        return annotation == ObservedOutcome.class
                || PACKAGES.contains(annotation.getPackageName())
                || annotation.getPackageName().startsWith(DESCRIPTIONS);
    }

    static boolean isHarmlessOnClass(Class<? extends Annotation> annotation) {
        return isHarmlessOnResourceMethod(annotation)
                || annotation.getPackageName().equals(INJECTION);
    }

    static boolean isHarmlessOnField(Class<? extends Annotation> annotation) {
        return annotation == Inject.class
                || annotation == Context.class
                || annotation.isAnnotationPresent(Qualifier.class)
                || isHarmlessOnOtherMethod(annotation);
    }

    /** Whether it is harmless on a method that serves no request, such as a setter or a callback. */
    static boolean isHarmlessOnOtherMethod(Class<? extends Annotation> annotation) {
        return annotation.getPackageName().equals("java.lang");
    }

    /** Whether a class or method has annotations of Jakarta REST and Larder only: nothing binds an interceptor, not even a scope. */
    static boolean hasNoOther(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            String name = annotation.annotationType().getName();
            if (!name.startsWith("jakarta.ws.rs.") && !name.startsWith("dev.larder.")) {
                return false;
            }
        }
        return true;
    }
}
