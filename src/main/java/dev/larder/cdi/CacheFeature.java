package dev.larder.cdi;

import dev.larder.response.CachedResource;
import dev.larder.rest.BodyInterceptor;
import dev.larder.rest.CaptureFilter;
import dev.larder.rest.CommitInterceptor;
import dev.larder.rest.FirstResponseFilter;
import dev.larder.rest.InvalidationFilter;
import dev.larder.rest.KeyContextFilter;
import dev.larder.rest.LastResponseFilter;
import dev.larder.rest.ServletCapture;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds the filters to the resource methods whose responses are cached. Servers find it by {@code META-INF/services}. It is
 * itself the last filter on every response of the application, since CXF asks no feature about the methods of
 * sub-resources.
 */
@Priority(Integer.MIN_VALUE)
public class CacheFeature implements DynamicFeature, ContainerResponseFilter {

    private static final int LAST = Integer.MAX_VALUE;
    private static final boolean SERVLET = ServletCapture.isPossible();

    @Context
    private @Nullable Application application;

    /** Read on the first request, since CXF injects the application late. */
    private final Lazy<Set<Class<?>>> singletons = new Lazy<>(this::singletonClasses);

    private final Lazy<InvalidationFilter> invalidation = new Lazy<>(
            () -> new InvalidationFilter(RunningDeployments.ofContainer().responses()));

    /** For the server. */
    public CacheFeature() {}

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        Configuration registered = context.getConfiguration();
        if (registered.isRegistered(CaptureFilter.class) || registered.isRegistered(KeyContextFilter.class)) {
            return; // the other feature has registered the filters
        }
        registerServletCapture(context);
        ContainerRequestFilter capture = capture(info);
        if (capture instanceof CaptureFilter) {
            register(capture, context);
        } else if (capture != null) {
            context.register(capture, LAST);
        }
    }

    /** The filter that captures the requests to a resource method; null if it needs none. */
    final @Nullable ContainerRequestFilter capture(ResourceInfo info) {
        Deployment deployment = RunningDeployments.ofContainer();
        Class<?> type = info.getResourceClass();
        ResolvedMethod method = deployment.resource(type, info.getResourceMethod());
        CachedResource resource = method == null ? null : method.resource();
        if (method == null || resource == null) {
            return deployment.methods().haveGeneratedKeys() ? new KeyContextFilter(deployment::note) : null;
        }
        boolean managed = deployment.methods().isManaged(type);
        return new CaptureFilter(
                resource,
                method.placeholder(),
                deployment.responses(),
                deployment::capture,
                new Interception(type, method.policy().beanClass(), managed, singletons),
                managed && method.early());
    }

    /** Registers the filter and all others of a cached resource method. */
    final void register(ContainerRequestFilter capture, FeatureContext context) {
        // the priorities are in annotations: Jersey ignores a priority below 1 that is given here
        context.register(capture);
        if (!context.getConfiguration()
                .isRegistered(FirstResponseFilter.class)) { // RESTEasy has found it by META-INF/services
            context.register(new FirstResponseFilter());
        }
        context.register(new LastResponseFilter());
        context.register(new CommitInterceptor());
        context.register(new BodyInterceptor());
    }

    /**
     * Registers {@link ServletCapture} for every method: if a filter changes the HTTP method, only the servlet request
     * still has the method of the request line, which decides whether the request is unsafe.
     */
    static void registerServletCapture(FeatureContext context) {
        if (SERVLET && !context.getConfiguration().isRegistered(ServletCapture.class)) {
            context.register(ServletCapture.class);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        invalidation.get().filter(request, response);
    }

    @SuppressWarnings("deprecation") // applications may still use it
    private Set<Class<?>> singletonClasses() {
        return application == null
                ? Set.of()
                : application.getSingletons().stream().map(Object::getClass).collect(Collectors.toUnmodifiableSet());
    }
}
