package dev.larder.health;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The check as a bean of the application: WildFly's extension does not see the beans of this jar. A bean of CDI's configurator
 * would belong to this jar, whatever its class is.
 */
final class ApplicationReadiness implements Bean<HealthCheck> {

    private final Class<?> owner;
    private final HealthSource source;

    ApplicationReadiness(Class<?> owner, HealthSource source) {
        this.owner = owner;
        this.source = source;
    }

    @Override
    public Class<?> getBeanClass() {
        return owner;
    }

    @Override
    public HealthCheck create(CreationalContext<HealthCheck> context) {
        ReadinessCheck check = new ReadinessCheck();
        check.setSource(source);
        return check;
    }

    @Override
    public void destroy(HealthCheck instance, CreationalContext<HealthCheck> context) {
        context.release();
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(HealthCheck.class, Object.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(Readiness.Literal.INSTANCE, Any.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }

    @Override
    public @Nullable String getName() {
        return null;
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }
}
