package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.RequestFacts;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Invalidates the tags of a method with {@code @CacheInvalidate} and what an unsafe method changed, once its status is final and before the client receives the response.
 */
final class InvalidationFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");
    private static final String DONE = "dev.larder.invalidated";

    private final ResponseCache responses;
    private final BiConsumer<Set<String>, Set<URI>> invalidate;

    InvalidationFilter(ResponseCache responses, BiConsumer<Set<String>, Set<URI>> invalidate) {
        this.responses = responses;
        this.invalidate = invalidate;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        try {
            Set<String> tags = InvalidatingFilter.settle(request, response);
            Set<URI> uris = invalidateUris(request, response);
            if (!tags.isEmpty() || !uris.isEmpty()) {
                invalidate.accept(tags, uris);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "What a request changed may be served as it was", e);
        }
    }

    private Set<URI> invalidateUris(ContainerRequestContext request, ContainerResponseContext response) {
        String method = request.getMethod();
        String wireMethod = wireMethod(request, method);
        boolean unsafe = Invalidation.isUnsafe(method) || Invalidation.isUnsafe(wireMethod);
        if (!unsafe || request.getProperty(DONE) != null) {
            return Set.of();
        }
        request.setProperty(DONE, true); // two features may be registered
        RequestFacts facts = CaptureFilter.facts(request, wireMethod);
        return facts == null
                ? Set.of()
                : responses.invalidate(facts, response.getStatus(), locations(response)).stream()
                        .map(URI::create)
                        .collect(Collectors.toSet());
    }

    private static String wireMethod(ContainerRequestContext request, String method) {
        if (Invalidation.isUnsafe(method)) {
            return method; // it does not matter whether the other one is unsafe, too
        }
        CapturedExchange captured = CapturedExchange.of(request);
        if (captured != null) {
            return captured.exchange().request().wireMethod();
        }
        ServletExchange servlet = ServletSideEffects.noted(request);
        return servlet == null ? method : servlet.method();
    }

    private static Fields locations(ContainerResponseContext response) {
        Map<String, List<String>> fields = new LinkedHashMap<>(response.getStringHeaders());
        fields.keySet()
                .removeIf(name -> !name.equalsIgnoreCase(HttpHeaders.LOCATION)
                        && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LOCATION));
        return Fields.of(fields);
    }
}
