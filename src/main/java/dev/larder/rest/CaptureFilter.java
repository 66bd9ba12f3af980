package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notes a request to a cached resource method, after every other filter: what they refuse never gets here. Where no
 * interceptor can exist on the resource, it answers from the cache itself.
 */
public final class CaptureFilter extends ServletAware implements ContainerRequestFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    private final CachedResource resource;
    private final ResponseCache responses;
    private final BiConsumer<@Nullable Exchange, ContainerRequestContext> current;
    private final Function<ContainerRequestContext, Boolean> intercepted;

    /**
     * Makes the filter of one resource method.
     *
     * @param current told of each exchange, so that the interceptor finds it; of null if the request could not be captured
     * @param intercepted whether an interceptor will ask the cache for this request
     * @param feature the feature that registers it
     */
    public CaptureFilter(
            CachedResource resource,
            ResponseCache responses,
            BiConsumer<@Nullable Exchange, ContainerRequestContext> current,
            Function<ContainerRequestContext, Boolean> intercepted,
            ServletAware feature) {
        super(feature);
        this.resource = resource;
        this.responses = responses;
        this.current = current;
        this.intercepted = intercepted;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (Captured.of(request) != null) {
            return; // registered by two features
        }
        Exchange exchange = capture(request);
        current.accept(exchange, request);
        if (exchange != null && !intercepted.apply(request) && responses.serve(exchange, CaptureFilter::noArguments)) {
            request.abortWith(Response.noContent().build());
        }
    }

    private @Nullable Exchange capture(ContainerRequestContext request) {
        try {
            ServletExchange servlet = servlet();
            RequestFacts facts = facts(request, servlet == null ? request.getMethod() : servlet.method());
            if (facts == null) {
                return null;
            }
            CookieWatch cookies = new CookieWatch(servlet);
            Exchange exchange = new Exchange(
                    resource,
                    facts,
                    arguments -> new RequestKeyContext(resource.method(), request, arguments),
                    cookies::begin);
            new Captured(exchange, responses, cookies).into(request);
            return exchange;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A request to " + resource.keyRoot() + " runs uncached", e);
            return null;
        }
    }

    private static Object[] noArguments() {
        throw new IllegalStateException(
                "The arguments are not known before the call, since this resource class is no CDI bean: give it a scope");
    }

    /** What the rules need to know of a request; null if its target is no URI, so that nothing can be stored under it. */
    static @Nullable RequestFacts facts(ContainerRequestContext request, String wireMethod) {
        URI uri = target(request);
        if (uri == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        Fields fields = sent(request.getHeaders());
        String length = fields.first("Content-Length");
        return new RequestFacts(
                request.getMethod(),
                wireMethod,
                scheme,
                authority == null ? "" : RequestFacts.host(scheme, authority),
                uri.getRawPath(),
                uri.getRawQuery(),
                fields,
                principal(request.getSecurityContext()),
                fields.contains("Transfer-Encoding") || (length != null && !length.equals("0")));
    }

    /** WildFly lets characters pass that no URI may hold. Anybody can send them, so that is no warning. */
    private static @Nullable URI target(ContainerRequestContext request) {
        try {
            return request.getUriInfo().getRequestUri();
        } catch (IllegalArgumentException malformed) {
            LOG.log(System.Logger.Level.DEBUG, "A request whose target is no URI runs uncached", malformed);
            return null;
        }
    }

    /** The header fields; CXF has a Content-Type of null where none was sent. */
    private static Fields sent(Map<String, List<String>> headers) {
        for (List<String> values : headers.values()) {
            if (isNull(values)) {
                Map<String, List<String>> fields = new LinkedHashMap<>(headers);
                fields.values().removeIf(CaptureFilter::isNull);
                return Fields.of(fields);
            }
        }
        return Fields.of(headers);
    }

    private static boolean isNull(List<String> values) {
        return values.size() == 1 && values.get(0) == null;
    }

    private static @Nullable String principal(@Nullable SecurityContext security) {
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : String.valueOf(principal.getName());
    }
}
