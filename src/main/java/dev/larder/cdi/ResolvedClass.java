package dev.larder.cdi;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cached methods of one class.
 *
 * @param bean whether instances of it can be intercepted
 */
record ResolvedClass(boolean bean, Collection<ResolvedMethod> calls, Map<Method, Optional<ResolvedMethod>> known) {

    ResolvedClass(boolean bean, Collection<ResolvedMethod> calls) {
        this(bean, calls, new ConcurrentHashMap<>());
    }

    /** The call of a method, found by its name and parameters: some servers tell of the interface's or the proxy's method. */
    @Nullable
    ResolvedMethod call(Method method) {
        Optional<ResolvedMethod> found = known.get(method);
        if (found == null) {
            found = Optional.ofNullable(like(method));
            known.put(method, found);
        }
        return found.orElse(null);
    }

    private @Nullable ResolvedMethod like(Method method) {
        for (ResolvedMethod call : calls) {
            if (same(call.policy().method(), method)) {
                return call;
            }
        }
        return null;
    }

    private static boolean same(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }
}
