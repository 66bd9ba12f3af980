package dev.larder.rest;

import dev.larder.policy.MethodTags;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates the filters and interceptors of Larder, and registers them with Jakarta REST. */
public final class CacheFilters {

    private static final boolean SERVLET = ServletCapture.isPossible();

    private CacheFilters() {}

    /**
     * The request filter of a cached resource method.
     *
     * @param placeholder what a hit returns in place of the method
     * @param current receives each exchange for the interceptor; null if the request could not be captured
     * @param intercepted whether the interceptor will run for a request
     * @param early whether the filter may serve a hit before the interceptor runs
     */
    public static ContainerRequestFilter capture(
            CachedResource resource,
            Placeholder placeholder,
            ResponseCache responses,
            BiConsumer<@Nullable Exchange, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            boolean early) {
        return new CaptureFilter(resource, placeholder, responses, current, intercepted, early);
    }

    /** The request filter of a resource method that is not cached, but may call a cached method. */
    public static ContainerRequestFilter noteRequest(Consumer<ContainerRequestContext> current) {
        return new KeyContextFilter(current);
    }

    /**
     * The request filter of a resource method with {@code @CacheInvalidate}.
     *
     * @param type the resource class
     * @param method its method
     * @param invalidate invalidates tags
     * @param current receives each call for the interceptor
     * @param intercepted whether the interceptor will run for a request
     * @param follow lets a call that is not intercepted follow the current transaction
     */
    public static ContainerRequestFilter invalidating(
            MethodTags tags,
            Class<?> type,
            Method method,
            Consumer<Set<String>> invalidate,
            BiConsumer<InvalidatingCall, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            Consumer<InvalidatingCall> follow) {
        Method annotated = ResourceMethods.annotated(type, method);
        return new InvalidatingFilter(
                tags, annotated == null ? method : annotated, invalidate, current, intercepted, follow);
    }

    /**
     * The filter for the responses of all methods: invalidates what a method changed.
     *
     * @param invalidate invalidates tags, and reports them together with URIs that are invalidated
     * @param afterCommit runs an action after the commit of the current transaction, or at once if there is none
     */
    public static ContainerResponseFilter invalidation(
            ResponseCache responses, BiConsumer<Set<String>, Set<URI>> invalidate, Consumer<Runnable> afterCommit) {
        return new InvalidationFilter(responses, invalidate, afterCommit);
    }

    /** Whether the filters of a method are registered. */
    public static boolean areRegistered(Configuration registered) {
        return registered.isRegistered(CaptureFilter.class)
                || registered.isRegistered(KeyContextFilter.class)
                || registered.isRegistered(InvalidatingFilter.class);
    }

    /**
     * Registers the filters of one resource method.
     *
     * @param request its request filter; null if it needs none
     */
    public static void register(@Nullable ContainerRequestFilter request, FeatureContext context) {
        registerServletCapture(context);
        if (request instanceof CaptureFilter) {
            registerAll(request, context);
        } else if (request instanceof InvalidatingFilter) {
            context.register(request); // as that of a cached method
            context.register(new InvalidatingFilter.BodyReader());
        } else if (request != null) {
            context.register(request, Integer.MAX_VALUE);
        }
    }

    /**
     * Registers filters for all resource methods, bound to none.
     *
     * @param capture creates the request filter of a resource method; null if it needs none
     * @param invalidation see {@link #invalidation}
     */
    public static void registerUnbound(
            Function<ResourceInfo, @Nullable ContainerRequestFilter> capture,
            ContainerResponseFilter invalidation,
            FeatureContext context) {
        registerServletCapture(context);
        registerAll(new UnboundCaptureFilter(capture), context);
        context.register(invalidation, Integer.MIN_VALUE);
        context.register(new InvalidatingFilter.BodyReader());
    }

    private static void registerAll(ContainerRequestFilter capture, FeatureContext context) {
        // the priorities are in annotations: Jersey ignores a priority below 1 that is given here
        context.register(capture);
        if (!context.getConfiguration()
                .isRegistered(FirstResponseFilter.class)) { // RESTEasy registers it by META-INF/services
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
    private static void registerServletCapture(FeatureContext context) {
        if (SERVLET && !context.getConfiguration().isRegistered(ServletCapture.class)) {
            context.register(ServletCapture.class);
        }
    }
}
