package dev.larder.health;

import static java.util.Objects.requireNonNull;

import dev.larder.statistics.BackendStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The check {@code larder}: always UP, since a broken store breaks no request. Its data is the breaker of each backend:
 * {@code closed}, {@code open}, or {@code open: } and the servers that are lost.
 */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    private @Nullable HealthSource source;

    @Inject
    void setSource(HealthSource source) {
        this.source = source;
    }

    /**
     * Adds the check as a bean of an application's class: WildFly's extension does not see the beans of this jar.
     *
     * @param owner a class in an archive of the application
     */
    public static void addTo(AfterBeanDiscovery event, Class<?> owner, HealthSource source) {
        event.addBean(new ApplicationReadiness(owner, source));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("larder").up();
        breakers(requireNonNull(source, "the source is injected").backends()).forEach(response::withData);
        return response.build();
    }

    /** By the name of the backend; of two modules' backends of one name, the one that is not closed. */
    private static Map<String, String> breakers(List<BackendStatistics> backends) {
        Map<String, String> breakers = new TreeMap<>();
        for (BackendStatistics backend : backends) {
            breakers.merge(
                    backend.name(),
                    backend.store().breaker(),
                    (one, other) -> backend.store().openBreakers() == 0 ? one : other);
        }
        return breakers;
    }
}
