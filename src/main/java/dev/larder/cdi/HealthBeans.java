package dev.larder.cdi;

import dev.larder.config.MonitoringKeys;
import dev.larder.config.ServerProperties;
import dev.larder.health.HealthSource;
import dev.larder.health.ReadinessCheck;
import dev.larder.policy.Problems;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.inject.Singleton;
import java.util.Collection;

/** The beans of {@code cache.health}. The API of MicroProfile Health may be absent, so the check is named only once it is found. */
final class HealthBeans {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final boolean on;

    private HealthBeans(boolean on) {
        this.on = on;
    }

    /** Adds the check if configuration asks for it and the server has the API. A wrong value is reported at the assembly. */
    static HealthBeans add(BeforeBeanDiscovery event) {
        boolean configured = ServerProperties.current()
                .map(properties -> MonitoringKeys.health(properties, new Problems()))
                .orElse(false);
        if (!configured) {
            return new HealthBeans(false);
        }
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthBeans.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cache.health is true, but this server has no MicroProfile Health: there is no readiness check");
            return new HealthBeans(false);
        }
        if (!isOnWildFly()) {
            event.addAnnotatedType(ReadinessCheck.class, ReadinessCheck.class.getName());
        }
        return new HealthBeans(true);
    }

    private static boolean isOnWildFly() {
        ClassLoader loader = HealthBeans.class.getClassLoader();
        return loader != null && loader.getClass().getName().startsWith("org.jboss.modules.");
    }

    /**
     * Adds what the check shows.
     *
     * @param application the classes of the application that use the cache
     */
    void addSource(AfterBeanDiscovery event, Collection<Class<?>> application, HealthSource source) {
        if (on && isOnWildFly()) {
            application.stream().findFirst().ifPresent(any -> ReadinessCheck.addTo(event, any, source));
        } else if (on) {
            event.<HealthSource>addBean()
                    .id(HealthSource.class.getName())
                    .beanClass(HealthSource.class)
                    .types(HealthSource.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> source);
        }
    }
}
