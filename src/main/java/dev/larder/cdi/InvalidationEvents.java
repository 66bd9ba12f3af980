package dev.larder.cdi;

import dev.larder.CacheInvalidated;
import dev.larder.reflect.ResolvedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.Collection;
import java.util.function.Consumer;

/** Fires an asynchronous CDI event for each invalidation. Thread-safe; never throws. */
final class InvalidationEvents {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private InvalidationEvents() {}

    /** Fires the events of a deployment with these observers; does nothing if none of them would receive any. */
    static Consumer<CacheInvalidated> to(Collection<ObserverMethod<?>> observers, BeanManager manager) {
        return observers.stream().anyMatch(InvalidationEvents::receives) ? event -> fire(event, manager) : event -> {};
    }

    static boolean receives(ObserverMethod<?> observer) {
        return observer.isAsync()
                && ResolvedType.rawType(observer.getObservedType()).isAssignableFrom(CacheInvalidated.class);
    }

    private static void fire(CacheInvalidated event, BeanManager manager) {
        try {
            var ignored = manager.getEvent()
                    .select(CacheInvalidated.class)
                    .fireAsync(event)
                    .whenComplete((any, failure) -> {
                        if (failure != null) {
                            LOG.log(System.Logger.Level.WARNING, "An observer of an invalidation failed", failure);
                        }
                    });
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "An invalidation is not reported to its observers", e);
        }
    }
}
