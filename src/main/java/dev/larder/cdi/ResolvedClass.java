package dev.larder.cdi;

import dev.larder.policy.Hierarchy;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cached methods of one class.
 *
 * @param managed whether the container creates its instances, so that they are intercepted
 * @param lookups the results of earlier lookups
 */
record ResolvedClass(
        boolean managed, Collection<ResolvedMethod> methods, Map<Method, Optional<ResolvedMethod>> lookups) {

    ResolvedClass(boolean managed, Collection<ResolvedMethod> methods) {
        this(managed, methods, new ConcurrentHashMap<>());
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
