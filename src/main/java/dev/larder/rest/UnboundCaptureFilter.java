package dev.larder.rest;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the filter of the resource method of a request, on servers that cannot bind filters to all methods. */
@Priority(Integer.MAX_VALUE)
final class UnboundCaptureFilter implements ContainerRequestFilter {

    private record Matched(Class<?> type, Method method) {}

    private final Function<ResourceInfo, @Nullable ContainerRequestFilter> capture;
    private final Map<Matched, Optional<ContainerRequestFilter>> filters = new ConcurrentHashMap<>();

    @Context
    private @Nullable ResourceInfo matched;

    UnboundCaptureFilter(Function<ResourceInfo, @Nullable ContainerRequestFilter> capture) {
        this.capture = capture;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        ResourceInfo info = requireNonNull(matched, "injected");
        Matched key = new Matched(info.getResourceClass(), info.getResourceMethod());
        Optional<ContainerRequestFilter> filter = filters.get(key);
        if (filter == null) {
            filter = Optional.ofNullable(capture.apply(info));
            filters.put(key, filter);
        }
        if (filter.isPresent()) {
            filter.get().filter(request);
        }
    }
}
