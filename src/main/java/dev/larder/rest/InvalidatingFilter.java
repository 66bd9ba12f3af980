package dev.larder.rest;

import dev.larder.policy.MethodTags;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
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
    private final Consumer<Set<String>> invalidate;
    private final BiConsumer<InvalidatingCall, ContainerRequestContext> current;
    private final Predicate<ContainerRequestContext> intercepted;
    private final Consumer<InvalidatingCall> follow;

    InvalidatingFilter(
            MethodTags tags,
            Consumer<Set<String>> invalidate,
            BiConsumer<InvalidatingCall, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            Consumer<InvalidatingCall> follow) {
        this.tags = tags;
        this.invalidate = invalidate;
        this.current = current;
        this.intercepted = intercepted;
        this.follow = follow;
    }

    private record Noted(InvalidatingCall call, boolean intercepted) {}

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(CALL) != null) {
            return; // two features have registered a filter
        }
        UriInfo uri = request.getUriInfo();
        InvalidatingCall call =
                new InvalidatingCall(tags, uri.getPathParameters(), uri.getQueryParameters(), invalidate);
        call.await(); // the response
        boolean awaited = intercepted.test(request);
        if (!awaited) {
            follow.accept(call);
        }
        request.setProperty(CALL, new Noted(call, awaited));
        current.accept(call, request);
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
            call.succeed(new @Nullable Object[0]); // no interceptor sees the arguments
        }
        return call.metLast();
    }
}
