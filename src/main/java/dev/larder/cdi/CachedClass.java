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
record CachedClass(boolean bean, Collection<CachedCall> calls, Map<Method, Optional<CachedCall>> known) {

    CachedClass(boolean bean, Collection<CachedCall> calls) {
        this(bean, calls, new ConcurrentHashMap<>());
    }

    /** The call of a method, found by its name and parameters: some servers tell of the interface's or the proxy's method. */
    @Nullable
    CachedCall call(Method method) {
        Optional<CachedCall> found = known.get(method);
        if (found == null) {
            found = Optional.ofNullable(like(method));
            known.put(method, found);
        }
        return found.orElse(null);
    }

    private @Nullable CachedCall like(Method method) {
        for (CachedCall call : calls) {
            if (same(call.method().method(), method)) {
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
