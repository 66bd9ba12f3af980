package dev.larder.cdi;

import dev.larder.metrics.MetricsServer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The application's beans that a deployment uses. What is created for the deployment is released when it is closed. */
final class Beans implements MetricsServer, AutoCloseable {

    private final BeanManager manager;
    private final Collection<Bean<?>> all;
    private final Predicate<Class<?>> visible;
    private final List<Runnable> releases = new ArrayList<>();

    Beans(BeanManager manager, Collection<Bean<?>> all) {
        this(manager, all, any -> true);
    }

    /**
     * The beans of a module.
     *
     * @param all the beans of the deployment, of which the manager may not show all
     * @param visible whether the module sees a class
     */
    Beans(BeanManager manager, Collection<Bean<?>> all, Predicate<Class<?>> visible) {
        this.manager = manager;
        this.all = all;
        this.visible = visible;
    }

    /** The bean of a type: the one of exactly that class, else the one that the container resolves; null if there is none. */
    @Nullable
    Bean<?> of(Class<?> type) {
        Set<Bean<?>> candidates = all(type);
        for (Bean<?> bean : candidates) {
            if (bean.getBeanClass() == type && bean.getTypes().contains(type)) {
                return bean;
            }
        }
        return candidates.isEmpty() ? null : manager.resolve(candidates);
    }

    /** All beans of a type. */
    Set<Bean<?>> all(Class<?> type) {
        Set<Bean<?>> shown = manager.getBeans(type, Any.Literal.INSTANCE);
        return (shown.isEmpty() ? all.stream().filter(bean -> bean.getTypes().contains(type)) : shown.stream())
                .filter(bean -> visible.test(bean.getBeanClass()))
                .collect(Collectors.toSet());
    }

    /** Whether an injected object is a proxy, whose bean is created when it is first called; false if that is unknown. */
    boolean isLazy(InjectionPoint point) {
        if (point.getAnnotated().isAnnotationPresent(Context.class)
                || point.getType().getTypeName().startsWith("jakarta.enterprise.")) {
            return true;
        }
        List<Bean<?>> candidates = all.stream()
                .filter(bean -> bean.getTypes().contains(point.getType()))
                .toList();
        return !candidates.isEmpty() && candidates.stream().allMatch(bean -> manager.isNormalScope(bean.getScope()));
    }

    /** A reference to a bean. */
    Object reference(Bean<?> bean, Class<?> type) {
        CreationalContext<?> context = manager.createCreationalContext(bean);
        Object reference = manager.getReference(bean, type, context);
        if (bean.getScope() == Dependent.class) {
            release(context::release);
        }
        return reference;
    }

    @Override
    public @Nullable Object bean(Class<?> type) {
        Bean<?> bean = of(type);
        return bean == null ? null : reference(bean, type);
    }

    @Override
    public <T> T injected(Class<T> type) {
        try {
            return type.cast(instance(type));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be created", e);
        }
    }

    /**
     * The bean of a class, else an injected instance created by its constructor without parameters.
     *
     * @throws NoSuchMethodException if there is neither
     * @throws ReflectiveOperationException if the constructor throws
     */
    <T> Object beanOrInstance(Class<T> type) throws ReflectiveOperationException {
        Bean<?> bean = of(type);
        return bean == null ? instance(type) : reference(bean, type);
    }

    /**
     * The same, but no proxy: when the contexts are destroyed at undeployment, a proxy would create another instance.
     *
     * @throws NoSuchMethodException if there is neither
     * @throws ReflectiveOperationException if the constructor throws
     */
    <T> Object lastingBeanOrInstance(Class<T> type) throws ReflectiveOperationException {
        Bean<?> bean = of(type);
        if (bean == null) {
            return instance(type);
        }
        return manager.isNormalScope(bean.getScope()) ? contextual(bean) : reference(bean, type);
    }

    private <T> T contextual(Bean<T> bean) {
        return manager.getContext(bean.getScope()).get(bean, manager.createCreationalContext(bean));
    }

    private <T> T instance(Class<T> type) throws ReflectiveOperationException {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        T instance = constructor.newInstance();
        InjectionTarget<T> target = manager.getInjectionTargetFactory(manager.createAnnotatedType(type))
                .createInjectionTarget(null);
        CreationalContext<T> context = manager.createCreationalContext(null);
        target.inject(instance, context);
        target.postConstruct(instance);
        release(() -> {
            target.preDestroy(instance);
            context.release();
        });
        return instance;
    }

    private synchronized void release(Runnable release) {
        releases.add(release);
    }

    @Override
    public synchronized void close() {
        releases.forEach(Runnable::run);
        releases.clear();
    }
}
