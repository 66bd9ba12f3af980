package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that share the classes of this jar: one if the jar is in a WAR, several if it is in the library of an EAR
 * or of the server.
 */
final class RunningDeployments {

    /** The extension of a container: {@code LarderExtension}, which uses this class and is not named here. */
    interface Container extends Extension {

        ModuleDeployments modules();
    }

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private static volatile List<ModuleDeployments> running = List.of();
    private static volatile @Nullable Class<? extends Container> extension;

    private RunningDeployments() {}

    static synchronized void add(Container container) {
        extension = container.getClass();
        running =
                Stream.concat(running.stream(), Stream.of(container.modules())).toList();
    }

    static synchronized void remove(Container container) {
        running = running.stream().filter(other -> other != container.modules()).toList();
    }

    /** The deployment of an intercepted object of a class; null if no deployment has the class. */
    static @Nullable Deployment of(Class<?> target) {
        List<ModuleDeployments> all = running;
        return all.size() == 1 && !all.get(0).areSeveral() ? all.get(0).current() : among(all, target);
    }

    private static @Nullable Deployment among(List<ModuleDeployments> all, Class<?> target) {
        List<Deployment> having = all.stream()
                .map(modules -> modules.having(target))
                .filter(Objects::nonNull)
                .toList();
        if (having.size() < 2) {
            return having.isEmpty() ? null : having.get(0);
        }
        // the class of a library that several deployments share: the container knows in which one this call runs
        return ofContainer();
    }

    /** The deployment of the current module, once the container has validated it. */
    static Deployment ofContainer() {
        return container().modules().current();
    }

    /** Closes the deployments of the current container, on a server that does not announce its end. */
    static void closeContainer() {
        try {
            Container container = container();
            container.modules().close();
            remove(container);
        } catch (IllegalStateException e) { // the container has ended, and so closed them
            LOG.log(System.Logger.Level.DEBUG, "There is no container to close", e);
        }
    }

    private static Container container() {
        CDI<Object> cdi;
        try {
            cdi = CDI.current();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "Larder needs CDI, which this server starts only in applications with beans: add an empty"
                            + " WEB-INF/beans.xml",
                    e);
        }
        Class<? extends Container> type = requireNonNull(extension, "the container has started no extension of Larder");
        return cdi.getBeanManager().getExtension(type);
    }
}
