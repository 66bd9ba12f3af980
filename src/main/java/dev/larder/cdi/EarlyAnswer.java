package dev.larder.cdi;

import dev.larder.policy.CachePolicy;
import dev.larder.rest.ResourceMethods;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a hit may be answered before the bean of its resource class is made and called. That costs the least, and is right
 * only where nobody can tell the difference: nothing between the last request filter and the method may refuse the request,
 * change it, or want to know of it. So everything that is not known to be harmless is an obstacle: an annotation that may
 * bind an interceptor or a constraint, an interface that may be decorated, an object that is made and injected for the
 * request, and a parameter that is not a part of the URI in the key.
 */
final class EarlyAnswer {

    /** The packages of annotations that are read before a request comes, or by what is over when the last filter is asked. */
    private static final Set<String> HARMLESS =
            Set.of("jakarta.ws.rs", "dev.larder", "java.lang", "jakarta.enterprise.context");

    private static final Set<String> HARMLESS_ON_CLASSES = Set.of("jakarta.inject");
    private static final String DESCRIPTIONS = "org.eclipse.microprofile.openapi.annotations";

    private final AnnotatedType<?> type;
    private final Collection<InjectionPoint> injected;

    /**
     * Looks at the bean of a resource class.
     *
     * @param type the class as the container sees it, with what other extensions changed
     * @param injected what the bean wants
     */
    EarlyAnswer(AnnotatedType<?> type, Collection<InjectionPoint> injected) {
        this.type = type;
        this.injected = injected;
    }

    /**
     * What keeps a hit of a method from being answered early, in words; null: nothing does.
     *
     * @param lazy whether an injected object is made when it is first called, and not with the bean
     */
    @Nullable
    String obstacle(CachePolicy cached, Predicate<InjectionPoint> lazy) {
        List<String> obstacles = new ArrayList<>();
        if (!cached.defaultKey()) {
            obstacles.add("the key generator, which may want the arguments");
        }
        if (!type.isAnnotationPresent(Path.class)) {
            obstacles.add("the locator of a sub-resource");
        }
        annotations("the class", type.getAnnotations(), EarlyAnswer::isHarmlessOnClass, obstacles);
        for (Class<?> each : hierarchy()) {
            annotations("the class", List.of(each.getAnnotations()), EarlyAnswer::isHarmlessOnClass, obstacles);
            construction(each, obstacles);
            for (Method method : each.getDeclaredMethods()) {
                if (isSame(method, cached.method())) {
                    resourceMethod(method, cached.queryParams(), obstacles);
                } else if (!isResource(each, method)) {
                    annotations(method.getName(), List.of(method.getAnnotations()), EarlyAnswer::isPlain, obstacles);
                }
            }
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (isSame(method.getJavaMember(), cached.method())) {
                annotations("the method", method.getAnnotations(), EarlyAnswer::isHarmless, obstacles);
            }
        }
        for (InjectionPoint point : injected) {
            if (!lazy.test(point)) {
                obstacles.add("the injected " + point.getType().getTypeName() + ", which may be made for each request");
            }
        }
        return obstacles.isEmpty() ? null : obstacles.get(0);
    }

    private static void construction(Class<?> type, List<String> obstacles) {
        for (Class<?> one : type.getInterfaces()) {
            if (!one.getName().startsWith("java.")) {
                obstacles.add("the interface " + one.getName() + ", which may be decorated");
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() > 0) {
                obstacles.add("the constructor, which has parameters");
            }
        }
        for (Field field : type.getDeclaredFields()) {
            annotations(field.getName(), List.of(field.getAnnotations()), EarlyAnswer::isHarmlessOnField, obstacles);
        }
    }

    private static void resourceMethod(Method method, List<String> keyed, List<String> obstacles) {
        annotations("the method", List.of(method.getAnnotations()), EarlyAnswer::isHarmless, obstacles);
        for (Parameter parameter : method.getParameters()) {
            if (!isGiven(parameter) && !isInKey(parameter, keyed)) {
                obstacles.add("the parameter " + parameter + ", which is no plain part of the URI in the key");
            }
        }
    }

    private static void annotations(
            String where,
            Collection<Annotation> annotations,
            Predicate<Class<? extends Annotation>> harmless,
            List<String> obstacles) {
        for (Annotation annotation : annotations) {
            if (!harmless.test(annotation.annotationType())) {
                obstacles.add("@" + annotation.annotationType().getName() + " on " + where);
            }
        }
    }

    private static boolean isPlain(Class<? extends Annotation> annotation) {
        return annotation.getPackageName().equals("java.lang");
    }

    private static boolean isHarmless(Class<? extends Annotation> annotation) {
        return annotation == ObservedOutcome.class
                || HARMLESS.contains(annotation.getPackageName())
                || annotation.getPackageName().startsWith(DESCRIPTIONS);
    }

    private static boolean isHarmlessOnClass(Class<? extends Annotation> annotation) {
        return isHarmless(annotation) || HARMLESS_ON_CLASSES.contains(annotation.getPackageName());
    }

    private static boolean isHarmlessOnField(Class<? extends Annotation> annotation) {
        return annotation == Inject.class
                || annotation == Context.class
                || annotation.isAnnotationPresent(Qualifier.class)
                || isPlain(annotation);
    }

    /** Whether what a method does is done for requests of its own. */
    private static boolean isResource(Class<?> type, Method method) {
        return ResourceMethods.httpMethod(type, method) != null || method.isAnnotationPresent(Path.class);
    }

    /** Whether the server gives it whatever the client sent. */
    private static boolean isGiven(Parameter parameter) {
        return parameter.getType().getName().startsWith("jakarta.")
                && isAnnotatedWithin(parameter, "jakarta.ws.rs", "jakarta.ws.rs.core", "jakarta.ws.rs.container");
    }

    /** Whether the same key is always the same value, so that a stored answer proves that it is a valid one. */
    private static boolean isInKey(Parameter parameter, List<String> keyed) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        boolean inUri = query == null
                ? parameter.isAnnotationPresent(PathParam.class) || parameter.isAnnotationPresent(MatrixParam.class)
                : keyed.isEmpty() || keyed.contains(query.value());
        Class<?> type = parameter.getType();
        boolean plain = type.isPrimitive() || type.isEnum() || type.getName().startsWith("java.");
        return inUri && plain && isAnnotatedWithin(parameter, "jakarta.ws.rs");
    }

    private static boolean isAnnotatedWithin(Parameter parameter, String... packages) {
        for (Annotation annotation : parameter.getAnnotations()) {
            if (!List.of(packages).contains(annotation.annotationType().getPackageName())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    private List<Class<?>> hierarchy() {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> one = type.getJavaClass(); one != null && one != Object.class; one = one.getSuperclass()) {
            classes.add(one);
        }
        return classes;
    }
}
