package dev.larder.cdi;

import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that share this jar's classes: one where the jar is in a web application, several where it is in an
 * enterprise application's or a server's library.
 */
final class RunningDeployments {

    private static volatile List<LarderExtension> running = List.of();

    private RunningDeployments() {}

    static synchronized void add(LarderExtension extension) {
        running = Stream.concat(running.stream(), Stream.of(extension)).toList();
    }

    static synchronized void remove(LarderExtension extension) {
        running = running.stream().filter(other -> other != extension).toList();
    }

    /** Larder in the deployment of an intercepted object of this class; null if it is known to none. */
    static @Nullable Deployment of(Class<?> target) {
        List<LarderExtension> all = running;
        return all.size() == 1 && !all.get(0).hasModules() ? all.get(0).larder() : among(all, target);
    }

    private static @Nullable Deployment among(List<LarderExtension> all, Class<?> target) {
        List<Deployment> knowing = all.stream()
                .map(extension -> extension.larderOf(target))
                .filter(Objects::nonNull)
                .toList();
        if (knowing.size() < 2) {
            return knowing.isEmpty() ? null : knowing.get(0);
        }
        // a library's class, which several deployments have: the container knows in which one this is
        return CDI.current()
                .getBeanManager()
                .getExtension(LarderExtension.class)
                .larder();
    }
}
