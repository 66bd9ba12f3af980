package dev.larder.cdi;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Whether the resource instance that serves a request is intercepted. The instance of a bean is, unless the application itself
 * created this one: as a singleton of its {@code Application}, or in a locator.
 */
final class Interception implements Predicate<ContainerRequestContext> {

    private final Class<?> type;
    private final Class<?> resourceClass;
    private final boolean managed;
    private final boolean bindsNothing;
    private final Supplier<Set<Class<?>>> singletons;

    /**
     * For one resource class.
     *
     * @param type the class that the server names, which is a proxy's on Jersey
     * @param resourceClass the class itself
     * @param managed whether it is a bean
     * @param singletons the classes of the singletons of the application
     */
    Interception(Class<?> type, Class<?> resourceClass, boolean managed, Supplier<Set<Class<?>>> singletons) {
        this.type = type;
        this.resourceClass = resourceClass;
        this.managed = managed;
        this.bindsNothing = bindsNothing(type);
        this.singletons = singletons;
    }

    @Override
    public boolean test(ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        boolean unknown = matched == null || matched.isEmpty();
        if (managed && !singletons.get().contains(type)) {
            return unknown || !isUnmanaged(matched);
        }
        return !unknown && isSubclass(matched.get(0));
    }

    /** Whether the instance of a bean's class is one that the application created. */
    private boolean isUnmanaged(List<Object> matched) {
        Object instance = matched.get(0);
        if (instance instanceof Class) {
            // CXF shows the class and not the instance. Either may be right where no interceptor can be bound
            return bindsNothing && matched.size() > 1;
        }
        // returned by a locator of another class; Jersey lists a root resource twice, for its class and for its method
        return instance != null
                && instance.getClass() == resourceClass
                && matched.stream().anyMatch(other -> other != null && other.getClass() != resourceClass);
    }

    /** Whether a class has neither a scope nor anything else that may bind an interceptor. */
    private static boolean bindsNothing(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() != Object.class && !HarmlessAnnotations.hasNoOther(method)) {
                return false;
            }
        }
        return HarmlessAnnotations.hasNoOther(type);
    }

    /**
     * Whether the container created an instance of a class that is no bean: on Payara, Jersey has Weld create the
     * instances of a class without a scope, too, and Weld intercepts by a subclass.
     */
    private boolean isSubclass(Object instance) {
        return instance != null && instance.getClass() != type && type.isInstance(instance);
    }
}
