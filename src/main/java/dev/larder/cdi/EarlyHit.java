package dev.larder.cdi;

import dev.larder.policy.CachePolicy;
import dev.larder.reflect.Hierarchy;
import dev.larder.rest.ResourceMethods;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a filter may serve a hit before the bean of its resource class is created and called. That costs the
 * least, but nothing between the last request filter and the method may refuse the request, change it or observe it. So
 * everything is an obstacle unless it is certainly harmless: an annotation that may bind an interceptor or a constraint,
 * an interface that may be decorated, an object that is created and injected for the request, and a parameter that is no
 * part of the URI in the key.
 */
final class EarlyHit {

    private final AnnotatedType<?> type;
    private final Collection<InjectionPoint> injected;

    /**
     * Inspects the bean of a resource class.
     *
     * @param type the class as the container sees it, with what other extensions changed
     * @param injected the injection points of the bean
     */
    EarlyHit(AnnotatedType<?> type, Collection<InjectionPoint> injected) {
        this.type = type;
        this.injected = injected;
    }

    /**
     * Why a filter may not serve a hit of a method; null if it may.
     *
     * @param lazy whether an injected object is created when it is first called, and not with the bean
     */
    @Nullable
    String obstacle(CachePolicy policy, Predicate<InjectionPoint> lazy) {
        List<String> obstacles = new ArrayList<>();
        if (!policy.defaultKey()) {
            obstacles.add("the key generator, which may read the arguments");
        }
        if (policy.tags().readsArguments()) {
            obstacles.add("the tags, which read the arguments");
        }
        if (!type.isAnnotationPresent(Path.class)) {
            obstacles.add("the locator of a sub-resource");
        }
        addAnnotations("the class", type.getAnnotations(), HarmlessAnnotations::isHarmlessOnClass, obstacles);
        for (Class<?> each : Hierarchy.classes(type.getJavaClass())) {
            addClass(each, policy, obstacles);
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (Hierarchy.isSameMethod(method.getJavaMember(), policy.method())) {
                addAnnotations(
                        "the method",
                        method.getAnnotations(),
                        HarmlessAnnotations::isHarmlessOnResourceMethod,
                        obstacles);
            }
        }
        for (InjectionPoint point : injected) {
            if (!lazy.test(point)) {
                obstacles.add(
                        "the injected " + point.getType().getTypeName() + ", which may be created for each request");
            }
        }
        return obstacles.isEmpty() ? null : obstacles.get(0);
    }

    private static void addClass(Class<?> type, CachePolicy policy, List<String> obstacles) {
        addAnnotations("the class", List.of(type.getAnnotations()), HarmlessAnnotations::isHarmlessOnClass, obstacles);
        addConstruction(type, obstacles);
        for (Method method : type.getDeclaredMethods()) {
            if (Hierarchy.isSameMethod(method, policy.method())) {
                addResourceMethod(method, policy.queryParams(), obstacles);
            } else if (!servesRequests(type, method)) {
                addAnnotations(
                        method.getName(),
                        List.of(method.getAnnotations()),
                        HarmlessAnnotations::isHarmlessOnOtherMethod,
                        obstacles);
            }
        }
    }

    private static void addConstruction(Class<?> type, List<String> obstacles) {
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
            addAnnotations(
                    field.getName(),
                    List.of(field.getAnnotations()),
                    HarmlessAnnotations::isHarmlessOnField,
                    obstacles);
        }
    }

    private static void addResourceMethod(Method method, List<String> queryParams, List<String> obstacles) {
        addAnnotations(
                "the method",
                List.of(method.getAnnotations()),
                HarmlessAnnotations::isHarmlessOnResourceMethod,
                obstacles);
        for (Parameter parameter : method.getParameters()) {
            if (!isOfServer(parameter) && !isInKey(parameter, queryParams)) {
                obstacles.add("the parameter " + parameter + ", which is no plain part of the URI in the key");
            }
        }
    }

    private static void addAnnotations(
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

    /** Whether a method serves other requests, so that it has no part in this one. */
    private static boolean servesRequests(Class<?> type, Method method) {
        return ResourceMethods.httpMethod(type, method) != null || method.isAnnotationPresent(Path.class);
    }

    /** Whether the server passes the argument, whatever the client sent. */
    private static boolean isOfServer(Parameter parameter) {
        return parameter.getType().getName().startsWith("jakarta.")
                && isAnnotatedWithin(parameter, "jakarta.ws.rs", "jakarta.ws.rs.core", "jakarta.ws.rs.container");
    }

    /** Whether the key determines the argument, so that a stored response proves that the argument is valid. */
    private static boolean isInKey(Parameter parameter, List<String> queryParams) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        boolean inUri = query == null
                ? parameter.isAnnotationPresent(PathParam.class) || parameter.isAnnotationPresent(MatrixParam.class)
                : queryParams.isEmpty() || queryParams.contains(query.value());
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
}
