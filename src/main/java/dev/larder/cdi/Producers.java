package dev.larder.cdi;

import dev.larder.policy.Problems;
import dev.larder.reflect.ResolvedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The producers of a deployment. The container does not intercept what they return, unless they create it by an
 * {@link InterceptionFactory}.
 */
final class Producers {

    private final Map<Bean<?>, Method> methods = new LinkedHashMap<>();
    private final Map<Bean<?>, Field> fields = new HashMap<>();

    void add(Bean<?> bean, Method method) {
        methods.put(bean, method);
    }

    void add(Bean<?> bean, Field field) {
        fields.put(bean, field);
    }

    /** Names the producer of a bean, or its class if it has no producer. */
    String origin(Bean<?> bean) {
        Method method = methods.get(bean);
        Member member = method == null ? fields.get(bean) : method;
        return bean.getBeanClass().getName() + (member == null ? "" : "." + member.getName());
    }

    /**
     * Reports annotated methods whose calls cannot be intercepted, because the application creates the instances.
     *
     * @param annotated the classes with an annotation
     * @param cacheable the methods of beans; those of the intercepted classes that producers create are added
     * @param invalidating the same for {@code @CacheInvalidate}
     */
    void check(
            Collection<Class<?>> annotated,
            Map<Class<?>, List<CacheableMethod>> cacheable,
            Map<Class<?>, List<InvalidatingMethod>> invalidating,
            Problems problems) {
        Map<Class<?>, String> unmanaged = new LinkedHashMap<>();
        Map<Class<?>, List<Method>> intercepting = new LinkedHashMap<>();
        methods.forEach((bean, method) -> {
            Class<?> intercepted = intercepted(bean);
            if (intercepted == null) {
                unmanaged.putIfAbsent(method.getReturnType(), whyNotIntercepted(method));
            } else {
                intercepting
                        .computeIfAbsent(intercepted, any -> new ArrayList<>())
                        .add(method);
            }
        });
        fields.values().forEach(field -> unmanaged.putIfAbsent(field.getType(), whyNotIntercepted(field)));
        unmanaged.forEach((type, why) -> report(type, why, cacheable.keySet(), invalidating.keySet(), problems));
        intercepting.forEach((type, producers) -> {
            addIntercepted(type, cacheable, invalidating, problems);
            reportSharing(type, producers, cacheable.getOrDefault(type, List.of()), problems);
        });
        for (Class<?> type : annotated) {
            String why = UnmanagedClasses.whyNoBean(type);
            if (why != null && !unmanaged.containsKey(type)) {
                report(type, why, cacheable.keySet(), invalidating.keySet(), problems);
            }
        }
    }

    /** Reports the annotated methods of a class, unless it is a bean. */
    private static void report(
            Class<?> type, String why, Set<Class<?>> cacheable, Set<Class<?>> invalidating, Problems problems) {
        if (isUnmanaged(type, cacheable)) {
            UnmanagedClasses.report(type, why, problems);
        }
        if (isUnmanaged(type, invalidating)) {
            InvalidateInspection.report(type, why, problems);
        }
    }

    private static void addIntercepted(
            Class<?> type,
            Map<Class<?>, List<CacheableMethod>> cacheable,
            Map<Class<?>, List<InvalidatingMethod>> invalidating,
            Problems problems) {
        if (isUnmanaged(type, cacheable.keySet())) {
            cacheable.put(type, Inspection.of(type, problems).methods());
        }
        if (isUnmanaged(type, invalidating.keySet())) {
            List<InvalidatingMethod> methods = InvalidateInspection.of(type, problems);
            if (!methods.isEmpty()) {
                invalidating.put(type, methods);
            }
        }
    }

    private static boolean isUnmanaged(Class<?> type, Set<Class<?>> beans) {
        return !type.isPrimitive()
                && !Modifier.isAbstract(type.getModifiers())
                && beans.stream().noneMatch(type::isAssignableFrom);
    }

    /** The class whose instances a producer has intercepted; null if it does not. */
    private static @Nullable Class<?> intercepted(Bean<?> bean) {
        return bean.getInjectionPoints().stream()
                .map(InjectionPoint::getType)
                .filter(type ->
                        ResolvedType.rawType(type) == InterceptionFactory.class && type instanceof ParameterizedType)
                .map(type -> ResolvedType.rawType(((ParameterizedType) type).getActualTypeArguments()[0]))
                .findFirst()
                .orElse(null);
    }

    private static String whyNotIntercepted(Method producer) {
        String type = producer.getReturnType().getSimpleName();
        return "what the producer method " + name(producer)
                + " returns is not created by the container, so no interceptor runs before it. Make a bean of " + type
                + ", or let the producer take an InterceptionFactory<" + type + "> and return what that creates";
    }

    private static String whyNotIntercepted(Field producer) {
        String type = producer.getType().getSimpleName();
        return "what the producer field " + name(producer)
                + " holds is not created by the container, so no interceptor runs before it. Make a bean of " + type
                + ", or use a producer method that takes an InterceptionFactory<" + type
                + "> and returns what that creates";
    }

    private static String name(Member producer) {
        return producer.getDeclaringClass().getName() + "." + producer.getName();
    }

    /**
     * Reports that several producers create intercepted instances of one class: the key names the class and not the
     * producer, so they would share their entries.
     */
    private static void reportSharing(
            Class<?> type, List<Method> producers, List<CacheableMethod> methods, Problems problems) {
        if (producers.size() > 1 && methods.stream().anyMatch(method -> !method.isResource())) {
            String all = producers.stream().map(Producers::name).sorted().collect(Collectors.joining(" and "));
            problems.add("@Cache on " + type.getName() + " cannot work: the producer methods " + all
                    + " each create an intercepted instance of it. These would share their entries, since the key"
                    + " names only class, method and arguments. Let each producer create its own subclass, or keep one"
                    + " producer");
        }
    }
}
