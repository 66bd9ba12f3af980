package dev.larder.cdi;

import dev.larder.policy.Problems;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Classes whose instances the container does not manage, so that it intercepts no call of their methods. */
final class UnmanagedClasses {

    private UnmanagedClasses() {}

    /** Why a class can be no bean; null if it can. */
    static @Nullable String whyNoBean(Class<?> type) {
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return "the class is an inner class, which cannot be a bean. Make it static";
        }
        return Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(any -> any.isAnnotationPresent(Inject.class)
                                || (any.getParameterCount() == 0 && !Modifier.isPrivate(any.getModifiers())))
                ? null
                : "the class has no constructor that the container can call, so it is no bean. Annotate one with"
                        + " @Inject, or add one without parameters";
    }

    /** Reports the annotated methods of a class, except resource methods, which are cached nevertheless. */
    static void report(Class<?> type, String why, Problems problems) {
        if (CacheAnnotations.areDeclaredIn(type)
                || CacheAnnotations.inherited(type).stream().anyMatch(CacheAnnotations::areDeclaredIn)) {
            // other problems of these methods can wait until this one is solved
            Inspection.of(type, new Problems()).methods().stream()
                    .filter(method -> !method.isResource())
                    .map(method -> "@Cache on " + type.getName() + "."
                            + method.method().getName() + " cannot work: " + why)
                    .forEach(problems::add);
        }
    }
}
