package dev.larder.rest;

import dev.larder.policy.MethodTags;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Notes a request to a resource method with {@code @CacheInvalidate}, whose response decides whether it invalidates. */
@Priority(Integer.MAX_VALUE)
final class InvalidatingFilter implements ContainerRequestFilter {

    private static final String CALL = "dev.larder.invalidating";

    private final MethodTags tags;
    private final Method annotated;
    private final Consumer<Set<String>> invalidate;
    private final BiConsumer<InvalidatingCall, ContainerRequestContext> current;
    private final Predicate<ContainerRequestContext> intercepted;
    private final Consumer<InvalidatingCall> follow;

    /** @param annotated the method that has the annotations of Jakarta REST */
    InvalidatingFilter(
            MethodTags tags,
            Method annotated,
            Consumer<Set<String>> invalidate,
            BiConsumer<InvalidatingCall, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            Consumer<InvalidatingCall> follow) {
        this.tags = tags;
        this.annotated = annotated;
        this.invalidate = invalidate;
        this.current = current;
        this.intercepted = intercepted;
        this.follow = follow;
    }

    private record Noted(InvalidatingCall call, boolean intercepted, RequestArguments arguments) {}

    /** Notes the body of a request whose method no interceptor sees, for the tags that name a part of it. */
    @Priority(Integer.MIN_VALUE)
    static final class BodyReader implements ReaderInterceptor {

        @Override
        public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            Object body = context.proceed();
            if (context.getProperty(CALL) instanceof Noted noted) {
                noted.arguments().noteBody(body);
            }
            return body;
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(CALL) != null) {
            return; // two features have registered a filter
        }
        UriInfo uri = request.getUriInfo();
        Map<String, List<String>> path = uri.getPathParameters();
        Map<String, List<String>> query = uri.getQueryParameters();
        InvalidatingCall call = new InvalidatingCall(tags, path, query, invalidate);
        call.await(); // the response
        boolean awaited = intercepted.test(request);
        if (!awaited) {
            follow.accept(call);
        }
        RequestArguments arguments = new RequestArguments(annotated, path, query);
        request.setProperty(CALL, new Noted(call, awaited && !isInDoubt(uri), arguments));
        current.accept(call, request);
    }

    /** CXF shows the class of a sub-resource and not its instance, which the application may have created. */
    private static boolean isInDoubt(UriInfo uri) {
        List<Object> matched = uri.getMatchedResources();
        return matched != null && matched.size() > 1 && matched.get(0) instanceof Class;
    }

    /** The tags that a request invalidates now that its response is final. */
    static Set<String> settle(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CALL) instanceof Noted noted)) {
            return Set.of();
        }
        request.removeProperty(CALL);
        InvalidatingCall call = noted.call();
        int status = response.getStatus();
        if (status < 200 || status > 399) {
            call.fail();
            return Set.of();
        }
        if (!noted.intercepted() && !call.isBegun()) {
            call.succeed(noted.arguments());
        }
        return call.metLast();
    }
}
