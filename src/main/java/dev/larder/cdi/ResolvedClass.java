package dev.larder.cdi;

import dev.larder.reflect.Hierarchy;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cached methods of one class, and those with {@code @CacheInvalidate}.
 *
 * @param managed whether the container creates its instances, so that they are intercepted
 * @param lookups the results of earlier lookups
 */
record ResolvedClass(
        boolean managed,
        Collection<ResolvedMethod> methods,
        Collection<InvalidatingMethod> invalidating,
        Map<Method, Optional<ResolvedMethod>> lookups) {

    ResolvedClass(boolean managed, Collection<ResolvedMethod> methods, Collection<InvalidatingMethod> invalidating) {
        this(managed, methods, invalidating, new ConcurrentHashMap<>());
    }

    /** The method with {@code @CacheInvalidate} of the same signature; or null. */
    @Nullable
    InvalidatingMethod invalidating(Method method) {
        return invalidating.stream()
                .filter(each -> Hierarchy.isSameMethod(each.method(), method))
                .findFirst()
                .orElse(null);
    }

    /** The cached method of the same signature, since some servers name the method of an interface or a proxy; or null. */
    @Nullable
    ResolvedMethod method(Method method) {
        Optional<ResolvedMethod> resolved = lookups.get(method);
        if (resolved == null) {
            resolved = methods.stream()
                    .filter(each -> Hierarchy.isSameMethod(each.policy().method(), method))
                    .findFirst();
            lookups.put(method, resolved);
        }
        return resolved.orElse(null);
    }
}
