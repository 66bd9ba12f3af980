package dev.larder.cdi;

import dev.larder.Cache;
import dev.larder.reflect.Hierarchy;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@link Cache} on classes and methods: the annotation itself, or a stereotype or interceptor binding that carries
 * it, since the container binds the interceptor by these, too.
 */
final class CacheAnnotations {

    private CacheAnnotations() {}

    /** The annotation of a class or method; null if there is none. */
    static @Nullable Cache of(AnnotatedElement element) {
        return among(Arrays.asList(element.getAnnotations()));
    }

    /** The annotation among others, else that of the first stereotype or binding that carries it; null if there is none. */
    static @Nullable Cache among(Collection<Annotation> annotations) {
        return among(annotations, Cache.class);
    }

    /** The same for another annotation. */
    static <A extends Annotation> @Nullable A among(Collection<Annotation> annotations, Class<A> wanted) {
        return among(annotations, wanted, new HashSet<>());
    }

    private static <A extends Annotation> @Nullable A among(
            Collection<Annotation> annotations, Class<A> wanted, Set<Class<?>> visited) {
        for (Annotation annotation : annotations) {
            if (wanted.isInstance(annotation)) {
                return wanted.cast(annotation);
            }
        }
        for (Annotation annotation : annotations) {
            Class<?> type = annotation.annotationType();
            if (mayCarry(type) && visited.add(type)) {
                A carried = among(Arrays.asList(type.getAnnotations()), wanted, visited);
                if (carried != null) {
                    return carried;
                }
            }
        }
        return null;
    }

    private static boolean mayCarry(Class<?> annotationType) {
        return annotationType.isAnnotationPresent(Stereotype.class)
                || annotationType.isAnnotationPresent(InterceptorBinding.class);
    }

    /** Whether an annotation is {@link Cache}, or carries it. */
    static boolean isCache(Annotation annotation) {
        return among(Set.of(annotation)) != null;
    }

    /** Whether there is any such annotation, including on an interface or an overridden method. */
    static boolean areIn(AnnotatedType<?> type) {
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (among(method.getAnnotations()) != null) {
                return true;
            }
        }
        return among(type.getAnnotations()) != null
                || inherited(type.getJavaClass()).stream().anyMatch(CacheAnnotations::areDeclaredIn);
    }

    /** Whether a class has the annotation, or a method of it or of its superclasses. */
    static boolean areIn(Class<?> type) {
        return of(type) != null || methods(type).stream().anyMatch(method -> !method.isDefault() && of(method) != null);
    }

    /** Whether a class or interface has the annotation, or a method that it declares. */
    static boolean areDeclaredIn(Class<?> type) {
        try {
            return of(type) != null || Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> of(method) != null);
        } catch (LinkageError e) {
            return false; // an optional library is missing, which the container did not need either
        }
    }

    /** The superclasses of a class, and all its interfaces. */
    static List<Class<?>> inherited(Class<?> type) {
        return Hierarchy.types(type).stream().filter(each -> each != type).toList();
    }

    /** The methods of a class, its superclasses and interfaces, without bridges and overridden methods. */
    static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        Set<String> signatures = new HashSet<>();
        for (Class<?> each : Hierarchy.classes(type)) {
            for (Method method : each.getDeclaredMethods()) {
                boolean own = Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers());
                if (isWritten(method) && signatures.add(signature(method) + (own ? each.getName() : ""))) {
                    methods.add(method);
                }
            }
        }
        for (Method method : type.getMethods()) {
            if (method.isDefault() && !method.isBridge() && signatures.add(signature(method))) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static boolean isWritten(Method method) {
        return !method.isBridge() && !method.isSynthetic();
    }

    private static String signature(Method method) {
        return method.getName() + List.of(method.getParameterTypes());
    }
}
