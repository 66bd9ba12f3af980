package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.ICacheService;
import dev.larder.policy.Problems;
import dev.larder.statistics.BackendStatistics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of the modules that one CDI container serves. There is one, unless {@link Modules} finds several. Each
 * has its own configuration and backends, and a call goes to the one of the current module.
 */
final class ModuleDeployments implements AutoCloseable {

    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile @Nullable Deployment first;

    /** Empty if there is one deployment only. */
    private volatile Map<ClassLoader, Deployment> byLoader = Map.of();

    /**
     * Assembles the deployment of each module; none at all if there is a problem.
     *
     * @param types the classes of all modules that use the cache
     * @param assemble assembles the deployment of a module from the classes that the module sees; null on a problem
     */
    void assemble(
            Set<Class<?>> types, Function<Predicate<Class<?>>, @Nullable Deployment> assemble, Problems problems) {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        Set<ClassLoader> loaders = Modules.of(own, types);
        Map<ClassLoader, Deployment> assembled = new LinkedHashMap<>();
        try {
            for (ClassLoader loader : loaders) {
                // configuration, backends and generators are looked up by it
                thread.setContextClassLoader(loader);
                Deployment deployment =
                        assemble.apply(loaders.size() == 1 ? any -> true : any -> Modules.sees(loader, any));
                if (deployment != null) {
                    assembled.put(loader, deployment);
                }
            }
        } finally {
            thread.setContextClassLoader(own);
        }
        if (problems.isEmpty()) {
            first = assembled.values().iterator().next();
            byLoader = loaders.size() == 1 ? Map.of() : assembled;
            assembled.values().forEach(Deployment::start);
        } else {
            assembled.values().forEach(Deployment::close);
        }
    }

    boolean areSeveral() {
        return !byLoader.isEmpty();
    }

    /** The deployment of the current module, once the container has validated it. */
    Deployment current() {
        return requireNonNull(ofCurrentModule(), "Larder is not ready before the deployment is validated");
    }

    /**
     * The deployment of a module that has a class, preferably of the current module; null if no module has it, or before
     * the container has validated the deployment.
     */
    @Nullable
    Deployment having(Class<?> target) {
        Deployment current = ofCurrentModule();
        if (current != null && current.methods().classOf(target) != null) {
            return current;
        }
        return byLoader.values().stream()
                .filter(other -> other.methods().classOf(target) != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Deployment ofCurrentModule() {
        if (areSeveral()) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            for (; loader != null; loader = loader.getParent()) {
                Deployment deployment = byLoader.get(loader);
                if (deployment != null) {
                    return deployment;
                }
            }
        }
        return first;
    }

    /** The backends of all modules; empty before the container has validated the deployment. */
    List<BackendStatistics> backends() {
        Deployment only = first;
        Collection<Deployment> all = areSeveral() ? byLoader.values() : only == null ? List.of() : List.of(only);
        return all.stream()
                .flatMap(each -> each.statistics().backends().stream())
                .toList();
    }

    /** The service of the current module. One bean serves all modules, so each call looks for its module. */
    ICacheService service() {
        if (!areSeveral()) {
            return current().service();
        }
        return (ICacheService) Proxy.newProxyInstance(
                ICacheService.class.getClassLoader(),
                new Class<?>[] {ICacheService.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(current().service(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    /** Closes the deployments; without effect if it did so before. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        Deployment running = first;
        if (running != null) {
            running.close();
        }
        byLoader.values().stream().filter(other -> other != running).forEach(Deployment::close);
    }
}
