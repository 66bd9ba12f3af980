package dev.larder.cdi;

import dev.larder.policy.Problems;
import dev.larder.reflect.Hierarchy;
import dev.larder.reflect.ResolvedType;
import dev.larder.rest.Placeholder;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the order of the interceptors around a cached method. All of them must run on a hit, so Larder's interceptor must
 * be the innermost one, except for that of Bean Validation. Anything else that CDI calls between Larder's interceptor and
 * the method is a problem of the deployment.
 */
final class InterceptorOrder {

    private static final List<String> OF_VALIDATION =
            List.of("org.hibernate.validator.", "org.apache.bval.", "org.apache.tomee.microprofile.jwt.bval.");
    private static final List<String> OF_SERVERS = List.of(
            "com.arjuna.",
            "com.sun.",
            "fish.payara.",
            "io.smallrye.",
            "org.apache.",
            "org.eclipse.",
            "org.glassfish.",
            "org.hibernate.",
            "org.jboss.",
            "org.wildfly.");

    private final BeanManager manager;
    private final List<Class<?>> prioritized;
    private final Collection<Bean<?>> beans;

    /**
     * Inspects a deployment.
     *
     * @param prioritized the interceptors that have a priority, in the order in which they are called
     * @param beans the enabled beans, with interceptors and decorators among them
     */
    InterceptorOrder(BeanManager manager, List<Class<?>> prioritized, Collection<Bean<?>> beans) {
        this.manager = manager;
        this.prioritized = prioritized;
        this.beans = beans;
    }

    /** Moves Larder's interceptor behind the application's interceptors that have a greater priority. */
    static void moveInwards(List<Class<?>> enabled) {
        int at = enabled.indexOf(CacheInterceptor.class);
        int last = enabled.size() - 1;
        while (last > at && isOfServer(enabled.get(last))) {
            last--;
        }
        if (at >= 0 && last > at) {
            // to the end: in between, Weld gives it the priority of a neighbour, and their order is not certain
            enabled.remove(at);
            enabled.add(CacheInterceptor.class);
        }
    }

    /**
     * Reports what would be skipped on a hit of these methods. Returns the interceptors of the application around
     * resource methods.
     */
    Set<String> check(AnnotatedType<?> type, List<CacheableMethod> methods, Problems problems) {
        Set<String> around = new LinkedHashSet<>();
        for (CacheableMethod cacheable : methods) {
            Method method = cacheable.method();
            List<Class<?>> order = interceptorsOf(type, method);
            String skipped = skippedOnHit(type.getJavaClass(), method, order);
            if (skipped == null && cacheable.isResource()) {
                skipped = checkedOnHit(type.getJavaClass(), method);
            }
            if (skipped != null) {
                problems.add("@Cache on " + type.getJavaClass().getName() + "." + method.getName() + " cannot work: "
                        + skipped);
            } else if (cacheable.isResource()) {
                order.stream()
                        .filter(any -> !isOfServer(any))
                        .map(Class::getName)
                        .forEach(around::add);
            }
        }
        return around;
    }

    private @Nullable String skippedOnHit(Class<?> type, Method method, List<Class<?>> order) {
        int own = order.indexOf(CacheInterceptor.class);
        for (Class<?> inner : order.subList(own + 1, order.size())) {
            if (!isOfServer(inner)) {
                return "CDI calls the interceptor " + inner.getName()
                        + " after Larder's interceptor, so it would not run on a hit: beans.xml enables it, and it has"
                        + " no priority. Annotate it with @Priority";
            }
        }
        for (Class<?> above : Hierarchy.classes(type)) {
            for (Method any : above.getDeclaredMethods()) {
                if (any.isAnnotationPresent(AroundInvoke.class)) {
                    return "CDI calls the @AroundInvoke method " + above.getName() + "." + any.getName()
                            + " after Larder's interceptor, so it would not run on a hit. Move it to an interceptor"
                            + " class";
                }
            }
        }
        Class<?> decorator = decorator(type, method);
        return decorator == null
                ? null
                : "CDI calls the decorator " + decorator.getName()
                        + " after Larder's interceptor, so it would not run on a hit. Make an interceptor of it, or"
                        + " cache what calls the decorated bean";
    }

    /** Why the constraints of a return value would be checked on a hit; null if they would not. */
    private @Nullable String checkedOnHit(Class<?> type, Method method) {
        int own = prioritized.indexOf(CacheInterceptor.class);
        boolean checked = prioritized.subList(0, Math.max(own, 0)).stream()
                .anyMatch(any -> OF_VALIDATION.stream().anyMatch(any.getName()::startsWith));
        return checked && Placeholder.of(type, method).constrained()
                ? "its return value has constraints, which would be checked on a hit, since the interceptor "
                        + prioritized.get(own - 1).getName()
                        + " has a greater priority than that of Bean Validation. Give it one of at most 4700"
                : null;
    }

    private @Nullable Class<?> decorator(Class<?> type, Method method) {
        for (Bean<?> bean : beans) {
            if (bean instanceof Decorator<?> decorator
                    && declares(decorator.getBeanClass(), method)
                    && decorator.getDecoratedTypes().stream()
                            .map(ResolvedType::rawType)
                            .anyMatch(any -> any.isAssignableFrom(type) && declares(any, method))) {
                return decorator.getBeanClass();
            }
        }
        return null;
    }

    /** The interceptors of a method in the order in which they are called: first those with a priority. */
    private List<Class<?>> interceptorsOf(AnnotatedType<?> type, Method method) {
        Map<Class<?>, Annotation> bindings = new LinkedHashMap<>();
        collect(type.getAnnotations(), bindings);
        type.getMethods().stream()
                .filter(any -> Hierarchy.isSameMethod(any.getJavaMember(), method))
                .forEach(any -> collect(any.getAnnotations(), bindings));
        List<Class<?>> order = new ArrayList<>();
        for (Class<?> interceptor : prioritized) {
            Map<Class<?>, Annotation> its = new LinkedHashMap<>();
            collect(Arrays.asList(interceptor.getAnnotations()), its);
            if (areBound(its.values(), bindings)) {
                order.add(interceptor);
            }
        }
        for (Bean<?> bean : beans) {
            if (bean instanceof Interceptor<?> interceptor
                    && !prioritized.contains(interceptor.getBeanClass())
                    && areBound(interceptor.getInterceptorBindings(), bindings)) {
                order.add(interceptor.getBeanClass());
            }
        }
        return order;
    }

    private boolean areBound(Collection<Annotation> wanted, Map<Class<?>, Annotation> bindings) {
        return !wanted.isEmpty()
                && wanted.stream().allMatch(one -> {
                    Annotation bound = bindings.get(one.annotationType());
                    return bound != null && manager.areInterceptorBindingsEquivalent(one, bound);
                });
    }

    private void collect(Collection<Annotation> annotations, Map<Class<?>, Annotation> bindings) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (manager.isInterceptorBinding(type)) {
                collect(manager.getInterceptorBindingDefinition(type), bindings);
                bindings.put(type, annotation);
            } else if (manager.isStereotype(type)) {
                collect(manager.getStereotypeDefinition(type), bindings);
            }
        }
    }

    private static boolean declares(Class<?> type, Method like) {
        return Arrays.stream(type.getMethods())
                .anyMatch(any -> Hierarchy.isSameMethod(any, like)
                        && (type.isInterface() || !Modifier.isAbstract(any.getModifiers())));
    }

    /** Whether an interceptor is Larder's or the server's, such as that of Bean Validation: these are where they should be. */
    private static boolean isOfServer(Class<?> interceptor) {
        return interceptor == OutcomeInterceptor.class
                || interceptor == CacheInterceptor.class
                || interceptor == InvalidateInterceptor.class
                || OF_SERVERS.stream().anyMatch(interceptor.getName()::startsWith);
    }
}
