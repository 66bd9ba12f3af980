package dev.larder.cdi;

import dev.larder.response.CachedResource;
import dev.larder.rest.CacheFilters;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds the filters to the resource methods whose responses are cached. Servers find it by {@code META-INF/services}. It is
 * itself the last filter on every response of the application, since CXF calls no feature for the methods of
 * sub-resources.
 */
@Priority(Integer.MIN_VALUE)
public class CacheFeature implements DynamicFeature, ContainerResponseFilter {

    @Context
    private @Nullable Application application;

    /** Read on the first request, since CXF injects the application late. */
    private final Lazy<Set<Class<?>>> singletons = new Lazy<>(this::singletonClasses);

    private final Lazy<ContainerResponseFilter> invalidation =
            new Lazy<>(() -> RunningDeployments.ofContainer().invalidation());

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        if (!CacheFilters.areRegistered(context.getConfiguration())) { // by the other feature
            CacheFilters.register(capture(info), context);
        }
    }

    /** The filter that captures the requests to a resource method; null if it needs none. */
    final @Nullable ContainerRequestFilter capture(ResourceInfo info) {
        Deployment deployment = RunningDeployments.ofContainer();
        Class<?> type = info.getResourceClass();
        ResolvedMethod method = deployment.resource(type, info.getResourceMethod());
        CachedResource resource = method == null ? null : method.resource();
        boolean managed = deployment.methods().isManaged(type);
        InvalidatingMethod invalidating =
                deployment.methods().resourceClass(type).invalidating(info.getResourceMethod());
        if (invalidating != null) {
            return deployment
                    .invalidating()
                    .requestFilter(invalidating, new Interception(type, invalidating.beanClass(), managed, singletons));
        }
        if (method == null || resource == null) {
            return deployment.methods().haveGeneratedKeys() ? CacheFilters.noteRequest(deployment::note) : null;
        }
        return CacheFilters.capture(
                resource,
                method.placeholder(),
                deployment.responses(),
                deployment::capture,
                new Interception(type, method.policy().beanClass(), managed, singletons),
                managed && method.early());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        invalidation.get().filter(request, response);
    }

    @SuppressWarnings("deprecation") // applications may still use it
    private Set<Class<?>> singletonClasses() {
        return application == null
                ? Set.of()
                : application.getSingletons().stream().map(Object::getClass).collect(Collectors.toUnmodifiableSet());
    }
}
