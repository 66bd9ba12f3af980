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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invalidates what an unsafe method changed, once its status is final and before the client receives the response. */
final class InvalidationFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");
    private static final String DONE = "dev.larder.invalidated";

    private final ResponseCache responses;

    InvalidationFilter(ResponseCache responses) {
        this.responses = responses;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        try {
            String method = request.getMethod();
            String wireMethod = wireMethod(request, method);
            boolean unsafe = Invalidation.isUnsafe(method) || Invalidation.isUnsafe(wireMethod);
            if (unsafe && request.getProperty(DONE) == null) {
                request.setProperty(DONE, true); // two features may be registered
                RequestFacts facts = CaptureFilter.facts(request, wireMethod);
                if (facts != null) {
                    responses.invalidate(facts, response.getStatus(), fields(response));
                }
            }
            if (unsafe && !responses.sendsGroups()) {
                AddedFields.removeGroups(response.getHeaders());
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "What a request changed may be served as it was", e);
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
