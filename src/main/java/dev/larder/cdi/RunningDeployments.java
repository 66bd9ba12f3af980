package dev.larder.cdi;

import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that share the classes of this jar: one if the jar is in a WAR, several if it is in the library of an EAR
 * or of the server.
 */
final class RunningDeployments {

    private static volatile List<ModuleDeployments> running = List.of();

    private RunningDeployments() {}

    static synchronized void add(ModuleDeployments modules) {
        running = Stream.concat(running.stream(), Stream.of(modules)).toList();
    }

    static synchronized void remove(ModuleDeployments modules) {
        running = running.stream().filter(other -> other != modules).toList();
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
        return CDI.current()
                .getBeanManager()
                .getExtension(LarderExtension.class)
                .deployment();
    }
}
