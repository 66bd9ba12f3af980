package dev.larder.rest;

import dev.larder.http.CacheGroups;
import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.RequestFacts;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Invalidates the tags of a method with {@code @CacheInvalidate} and what an unsafe method changed, once its status is final
 * and before the client receives the response.
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
            Set<String> tags = new LinkedHashSet<>(InvalidatingFilter.settle(request, response));
            Set<URI> uris = invalidateUris(request, response, tags);
            if (!tags.isEmpty() || !uris.isEmpty()) {
                invalidate.accept(tags, uris);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "What a request changed may be served as it was", e);
        }
    }

    /** @param tags gets those that the response invalidates */
    private Set<URI> invalidateUris(
            ContainerRequestContext request, ContainerResponseContext response, Set<String> tags) {
        String method = request.getMethod();
        String wireMethod = wireMethod(request, method);
        if (!Invalidation.isUnsafe(method) && !Invalidation.isUnsafe(wireMethod)) {
            return Set.of();
        }
        Set<URI> uris = new LinkedHashSet<>();
        RequestFacts facts = request.getProperty(DONE) == null ? CaptureFilter.facts(request, wireMethod) : null;
        request.setProperty(DONE, true); // two features may be registered
        if (facts != null) {
            Fields fields = fields(response);
            for (String uri : responses.invalidate(facts, response.getStatus(), fields)) {
                tags.addAll(CacheGroups.invalidatedBy(fields));
                addParsed(uris, uri);
            }
        }
        if (!responses.sendsGroups()) {
            AddedFields.removeGroups(response.getHeaders());
        }
        return uris;
    }

    private static void addParsed(Set<URI> uris, String uri) {
        try {
            uris.add(new URI(uri));
        } catch (URISyntaxException e) {
            LOG.log(System.Logger.Level.DEBUG, "Not reported as invalidated, since it is no URI", e);
        }
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

    private static Fields fields(ContainerResponseContext response) {
        Map<String, List<String>> fields = new LinkedHashMap<>(response.getStringHeaders());
        fields.keySet()
                .removeIf(name -> !name.equalsIgnoreCase(HttpHeaders.LOCATION)
                        && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LOCATION)
                        && !CacheGroups.isField(name));
        return Fields.of(fields);
    }
}
