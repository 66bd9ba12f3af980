package dev.larder.cdi;

import dev.larder.response.CachedResource;
import dev.larder.rest.BodyInterceptor;
import dev.larder.rest.CaptureFilter;
import dev.larder.rest.CommitInterceptor;
import dev.larder.rest.EntityFilter;
import dev.larder.rest.HeadFilter;
import dev.larder.rest.InvalidationFilter;
import dev.larder.rest.RequestNote;
import dev.larder.rest.ServletCapture;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
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
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds the filters to the resource methods whose responses are cached. Found by {@code META-INF/services}. Is itself the
 * last filter on every response of the application: CXF asks no feature about the methods of sub-resources.
 */
@Priority(Integer.MIN_VALUE)
public class CacheFeature implements DynamicFeature, ContainerResponseFilter {

    private static final int LAST = Integer.MAX_VALUE;
    private static final boolean SERVLET = ServletCapture.isPossible();

    @Context
    private @Nullable Application application;

    private volatile @Nullable Set<Class<?>> singletons;
    private volatile @Nullable InvalidationFilter invalidation;

    /** For the server. */
    public CacheFeature() {}

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        Configuration registered = context.getConfiguration();
        if (registered.isRegistered(CaptureFilter.class) || registered.isRegistered(RequestNote.class)) {
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

    /** The filter that notes requests to a resource method; null if nobody asks for them. */
    final @Nullable ContainerRequestFilter capture(ResourceInfo info) {
        Deployment larder = larder();
        Class<?> type = info.getResourceClass();
        ResolvedMethod call = larder.resource(type, info.getResourceMethod());
        CachedResource resource = call == null ? null : call.resource();
        if (call == null || resource == null) {
            return larder.generatesKeysOfMethods() ? new RequestNote(larder::noted) : null;
        }
        boolean bean = larder.isBean(type);
        boolean bare = isBare(type);
        Class<?> resourceClass = call.policy().beanClass(); // type may be a proxy's class on Jersey
        return new CaptureFilter(
                resource,
                call.empty(),
                larder.responses(),
                larder::captured,
                request -> (bean && !isSingleton(type))
                        ? !isPlain(resourceClass, bare, request)
                        : isSubclassed(type, request),
                bean && call.early());
    }

    /** Registers the filters around a response, too. */
    final void register(ContainerRequestFilter capture, FeatureContext context) {
        // the priorities are in annotations: Jersey ignores a priority below 1 that is given here
        context.register(capture);
        if (!context.getConfiguration().isRegistered(HeadFilter.class)) { // RESTEasy finds it by META-INF/services
            context.register(new HeadFilter());
        }
        context.register(new EntityFilter());
        context.register(new CommitInterceptor());
        context.register(new BodyInterceptor());
    }

    /**
     * Registers it for every method: if a filter changed the HTTP method, only the servlet request still has the method
     * of the request line, which decides whether the request is unsafe.
     */
    static void registerServletCapture(FeatureContext context) {
        if (SERVLET && !context.getConfiguration().isRegistered(ServletCapture.class)) {
            context.register(ServletCapture.class);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        InvalidationFilter known = invalidation;
        if (known == null) {
            known = new InvalidationFilter(larder().responses());
            invalidation = known;
        }
        known.filter(request, response);
    }

    static Deployment larder() {
        CDI<Object> cdi;
        try {
            cdi = CDI.current();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "Larder needs CDI, which this server starts only in applications with beans: add an empty"
                            + " WEB-INF/beans.xml",
                    e);
        }
        return cdi.getBeanManager().getExtension(LarderExtension.class).larder();
    }

    /** Whether the instance is the application's own, and not the container's, so that no interceptor stands before it. */
    private static boolean isPlain(Class<?> type, boolean bare, ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        if (matched == null || matched.isEmpty()) {
            return false;
        }
        Object last = matched.get(0);
        if (last instanceof Class) {
            return bare && matched.size() > 1;
        }
        // found by a locator of another class; Jersey lists a root resource twice, for its class and for its method
        return last != null
                && last.getClass() == type
                && matched.stream().anyMatch(other -> other != null && other.getClass() != type);
    }

    /**
     * CXF tells the classes of the matched resources, not the instances. One whose class has neither a scope nor anything
     * else that an interceptor could be bound by may be answered for in any case.
     */
    private static boolean isBare(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() != Object.class && !hasOnlyHarmless(method)) {
                return false;
            }
        }
        return hasOnlyHarmless(type);
    }

    private static boolean hasOnlyHarmless(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            String name = annotation.annotationType().getName();
            if (!name.startsWith("jakarta.ws.rs.") && !name.startsWith("dev.larder.")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the instance is of a subclass made by the container, which intercepts: Jersey on Payara has Weld make those
     * of a class without a scope, too, which is no bean there.
     */
    private static boolean isSubclassed(Class<?> type, ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        if (matched == null || matched.isEmpty()) {
            return false;
        }
        Object last = matched.get(0);
        return last != null && last.getClass() != type && type.isInstance(last);
    }

    /** Whether the instance is one that the application gave. Asked at a request: CXF injects the application late. */
    private boolean isSingleton(Class<?> type) {
        Set<Class<?>> known = singletons;
        if (known == null) {
            known = application == null ? Set.of() : classesOf(application);
            singletons = known;
        }
        return known.contains(type);
    }

    @SuppressWarnings("deprecation") // still allowed, so still used
    private static Set<Class<?>> classesOf(Application application) {
        return application.getSingletons().stream().map(Object::getClass).collect(Collectors.toUnmodifiableSet());
    }
}
