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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Invalidates the tags of a method with {@code @CacheInvalidate} and what an unsafe method changed, once its status is final
 * and before the client receives the response; if a transaction is still open, after its commit. Removes the groups, which are
 * for this cache.
 */
final class InvalidationFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");
    private static final String DONE = "dev.larder.invalidated";

    private final ResponseCache responses;
    private final BiConsumer<Set<String>, Set<URI>> invalidate;
    private final Consumer<Runnable> afterCommit;

    InvalidationFilter(
            ResponseCache responses, BiConsumer<Set<String>, Set<URI>> invalidate, Consumer<Runnable> afterCommit) {
        this.responses = responses;
        this.invalidate = invalidate;
        this.afterCommit = afterCommit;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        try {
            Set<String> tags = InvalidatingFilter.settle(request, response);
            RequestFacts unsafe = unsafe(request);
            if (unsafe != null || !tags.isEmpty()) {
                int status = response.getStatus();
                Fields fields = fields(request, response);
                afterCommit.accept(() -> invalidate(tags, unsafe, status, fields));
            }
            removeGroups(request, response);
        } catch (RuntimeException | LinkageError e) {
            warn(e);
        }
    }

    private void invalidate(Set<String> ofMethod, @Nullable RequestFacts unsafe, int status, Fields fields) {
        try {
            Set<String> tags = new LinkedHashSet<>(ofMethod);
            Set<URI> uris = new LinkedHashSet<>();
            for (String uri : unsafe == null ? Set.<String>of() : responses.invalidate(unsafe, status, fields)) {
                tags.addAll(CacheGroups.invalidatedBy(fields));
                addParsed(uris, uri);
            }
            if (!tags.isEmpty() || !uris.isEmpty()) {
                invalidate.accept(tags, uris);
            }
        } catch (RuntimeException | LinkageError e) {
            warn(e);
        }
    }

    private static void warn(Throwable failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Old responses may still be served after a request changed their data",
                failure);
    }

    /** A request that may have changed something, once; null for others. */
    private static @Nullable RequestFacts unsafe(ContainerRequestContext request) {
        String method = request.getMethod();
        String wireMethod = wireMethod(request, method);
        if (request.getProperty(DONE) != null
                || (!Invalidation.isUnsafe(method) && !Invalidation.isUnsafe(wireMethod))) {
            return null;
        }
        request.setProperty(DONE, true); // two features may be registered
        return CaptureFilter.facts(request, wireMethod);
    }

    /** From all responses but those to a cached method, whose own configuration decides. */
    private void removeGroups(ContainerRequestContext request, ContainerResponseContext response) {
        CapturedExchange captured = CapturedExchange.of(request);
        boolean cached =
                captured != null && !Invalidation.isUnsafe(captured.exchange().request());
        if (!cached && !responses.sendsGroups()) {
            AddedFields.removeGroups(response.getHeaders(), ServletSideEffects.noted(request));
        }
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

    private static Fields fields(ContainerRequestContext request, ContainerResponseContext response) {
        Map<String, List<String>> fields = new LinkedHashMap<>(response.getStringHeaders());
        fields.keySet()
                .removeIf(name -> !name.equalsIgnoreCase(HttpHeaders.LOCATION)
                        && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LOCATION)
                        && !CacheGroups.isField(name));
        ServletExchange servlet = ServletSideEffects.noted(request);
        Fields ofResponse = Fields.of(fields);
        return servlet == null ? ofResponse : ofResponse.plus(Fields.of(servlet.groups()));
    }
}
