package dev.larder.cdi;

import dev.larder.reflect.Hierarchy;
import dev.larder.value.CachedValue;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cached methods of a deployment, and whether Larder's filters see the requests to them. Beans are resolved at
 * deployment; resource classes that are no beans, when Jakarta REST first names them. Thread-safe.
 */
final class ResolvedMethods {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Map<Class<?>, ResolvedClass> classes;
    private final Function<Class<?>, ResolvedClass> resolveUnmanaged;
    private final Set<Method> filtered = ConcurrentHashMap.newKeySet();
    private final Set<Method> reported = ConcurrentHashMap.newKeySet();
    private volatile boolean filtersUnbound;

    /**
     * The methods of a deployment.
     *
     * @param beans the classes of beans
     * @param resolveUnmanaged resolves a class that is no bean
     */
    ResolvedMethods(Map<Class<?>, ResolvedClass> beans, Function<Class<?>, ResolvedClass> resolveUnmanaged) {
        this.classes = new ConcurrentHashMap<>(beans);
        this.resolveUnmanaged = resolveUnmanaged;
    }

    /** All classes that are resolved so far. */
    Collection<ResolvedClass> classes() {
        return classes.values();
    }

    /** The cached method of a call; null if the method is not cached. */
    @Nullable
    ResolvedMethod of(InvocationContext call) {
        ResolvedClass type = classOf(call.getTarget().getClass());
        return type == null ? null : type.method(call.getMethod());
    }

    /** The method with {@code @CacheInvalidate} of a call; null if the method has none. */
    @Nullable
    InvalidatingMethod invalidating(InvocationContext call) {
        ResolvedClass type = classOf(call.getTarget().getClass());
        return type == null ? null : type.invalidating(call.getMethod());
    }

    /** The cached methods of a class, or of the class behind a proxy's; null if there are none. */
    @Nullable
    ResolvedClass classOf(Class<?> target) {
        ResolvedClass resolved = classes.get(target);
        if (resolved != null) {
            return resolved;
        }
        for (Class<?> each : Hierarchy.classes(target)) {
            resolved = classes.get(each);
            if (resolved != null) {
                classes.put(target, resolved);
                return resolved;
            }
        }
        return null;
    }

    /**
     * The cached methods of a resource class.
     *
     * @throws jakarta.enterprise.inject.spi.DeploymentException if the annotations of a class that is no bean are wrong
     */
    ResolvedClass resourceClass(Class<?> type) {
        ResolvedClass resolved = classOf(type);
        return resolved == null ? classes.computeIfAbsent(type, resolveUnmanaged) : resolved;
    }

    /** Whether the container creates the instances of a resource class, so that they are intercepted. */
    boolean isManaged(Class<?> type) {
        ResolvedClass resolved = classOf(type);
        return resolved != null && resolved.managed();
    }

    /** Whether a key generator may read a request to a resource method that is not cached itself. */
    boolean haveGeneratedKeys() {
        for (ResolvedClass type : classes.values()) {
            for (ResolvedMethod method : type.methods()) {
                CachedValue value = method.value();
                if (value != null && value.generatedKey() != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Notes that the filters are bound to no method: they see every request. */
    void markFiltersUnbound() {
        filtersUnbound = true;
    }

    /** Notes that a filter sees the requests to a resource method. */
    void markFiltered(ResolvedMethod method) {
        filtered.add(method.policy().method());
    }

    /**
     * Whether no filter sees the requests to a resource method. A call may come from anyone then, and what the rules of
     * HTTP allow is unknown. Logged once for each method.
     */
    boolean isUnfiltered(ResolvedMethod method) {
        if (filtersUnbound || filtered.contains(method.policy().method())) {
            return false;
        }
        if (reported.add(method.policy().method())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Calls of " + method.policy().signature()
                            + " run uncached: Jakarta REST does not know Larder's filters (reported once). Let"
                            + " getClasses() of the Application list dev.larder.cdi.ScannedCacheFeature");
        }
        return true;
    }
}
