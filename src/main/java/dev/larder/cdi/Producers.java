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
import java.util.HashSet;
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
     */
    void check(Collection<Class<?>> annotated, Map<Class<?>, List<CacheableMethod>> cacheable, Problems problems) {
        Set<Class<?>> produced = new HashSet<>();
        Map<Class<?>, List<Method>> intercepting = new LinkedHashMap<>();
        methods.forEach((bean, method) -> {
            Class<?> type = method.getReturnType();
            Class<?> intercepted = intercepted(bean);
            if (intercepted != null) {
                intercepting
                        .computeIfAbsent(intercepted, any -> new ArrayList<>())
                        .add(method);
            }
            if (intercepted != null && isUnmanaged(intercepted, cacheable)) {
                cacheable.put(intercepted, Inspection.of(intercepted, problems).methods());
            } else if (isUnmanaged(type, cacheable) && produced.add(type)) {
                UnmanagedClasses.report(type, whyNotIntercepted(method), problems);
            }
        });
        intercepting.forEach(
                (type, producers) -> reportSharing(type, producers, cacheable.getOrDefault(type, List.of()), problems));
        for (Class<?> type : annotated) {
            String why = UnmanagedClasses.whyNoBean(type);
            if (why != null && isUnmanaged(type, cacheable) && !produced.contains(type)) {
                UnmanagedClasses.report(type, why, problems);
            }
        }
    }

    private static boolean isUnmanaged(Class<?> type, Map<Class<?>, List<CacheableMethod>> ofBeans) {
        return !type.isPrimitive()
                && !Modifier.isAbstract(type.getModifiers())
                && ofBeans.keySet().stream().noneMatch(type::isAssignableFrom);
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
        return "what the producer method " + producer.getDeclaringClass().getName() + "." + producer.getName()
                + " returns is not created by the container, so no interceptor runs before it. Make a bean of " + type
                + ", or let the producer take an InterceptionFactory<" + type + "> and return what that creates";
    }

    /**
     * Reports that several producers create intercepted instances of one class: the key names the class and not the
     * producer, so they would share their entries.
     */
    private static void reportSharing(
            Class<?> type, List<Method> producers, List<CacheableMethod> methods, Problems problems) {
        if (producers.size() > 1 && methods.stream().anyMatch(method -> !method.isResource())) {
            String all = producers.stream()
                    .map(any -> any.getDeclaringClass().getName() + "." + any.getName())
                    .sorted()
                    .collect(Collectors.joining(" and "));
            problems.add("@Cache on " + type.getName() + " cannot work: the producer methods " + all
                    + " each create an intercepted instance of it. These would share their entries, since the key"
                    + " names only class, method and arguments. Let each producer create its own subclass, or keep one"
                    + " producer");
        }
    }
}
