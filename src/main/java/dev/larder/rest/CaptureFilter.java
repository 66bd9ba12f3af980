package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.ResponseCache;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Captures a request to a cached resource method. It is the last request filter, so that requests which another filter
 * refuses never reach the cache. Serves a hit directly if only Larder's interceptor would run before the method, so that no
 * bean is created, or if the resource instance is not intercepted.
 */
@Priority(Integer.MAX_VALUE)
final class CaptureFilter implements ContainerRequestFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    private final CachedResource resource;
    private final Placeholder placeholder;
    private final SubResourceLocators locators;
    private final ResponseCache responses;
    private final BiConsumer<@Nullable Exchange, ContainerRequestContext> current;
    private final Predicate<ContainerRequestContext> intercepted;
    private final boolean early;

    CaptureFilter(
            CachedResource resource,
            Placeholder placeholder,
            ResponseCache responses,
            BiConsumer<@Nullable Exchange, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            boolean early) {
        this.resource = resource;
        this.placeholder = placeholder;
        this.locators = new SubResourceLocators(resource);
        this.responses = responses;
        this.current = current;
        this.intercepted = intercepted;
        this.early = early;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (CapturedExchange.of(request) != null) {
            return; // two features have registered a filter
        }
        Exchange exchange = capture(request);
        Hit hit = isServed(exchange, request) && exchange != null ? exchange.hit() : null;
        if (hit != null) {
            request.abortWith(placeholder.storedWithAnnotations(hit));
        }
    }

    private boolean isServed(@Nullable Exchange exchange, ContainerRequestContext request) {
        boolean awaited = exchange != null && intercepted.test(request);
        if (exchange != null && awaited && early && responses.lookUp(exchange)) {
            return true;
        }
        if (exchange != null && !awaited && placeholder.isAsync()) {
            exchange.call().detach(); // no interceptor observes when the method responds
        }
        current.accept(exchange, request);
        return exchange != null && !awaited && responses.serve(exchange, CaptureFilter::noArguments);
    }

    private @Nullable Exchange capture(ContainerRequestContext request) {
        try {
            ServletExchange servlet = ServletSideEffects.noted(request);
            RequestFacts facts = facts(request, servlet == null ? request.getMethod() : servlet.method());
            if (facts == null) {
                return null;
            }
            if (servlet != null && !servlet.isFramedByFields() && resource.readsBody()) {
                facts = facts.withBodyUnlessSaid();
            }
            ServletSideEffects sideEffects = new ServletSideEffects(servlet);
            Exchange exchange = new Exchange(resource, facts, new CallContext(resource, request), sideEffects);
            new CapturedExchange(exchange, placeholder, responses, sideEffects).into(request);
            if (!locators.areKeyed(request)) {
                responses.bypass(exchange, Reason.NO_KEY);
            }
            return exchange;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A request to " + resource.keyRoot() + " runs uncached", e);
            return null;
        }
    }

    private static Object[] noArguments() {
        throw new IllegalStateException(
                "The arguments are not available before the call, since this resource class is no CDI bean: give it a"
                        + " scope");
    }

    /** The request as the rules of HTTP see it; null if its target is no URI, so that there is no key. */
    static @Nullable RequestFacts facts(ContainerRequestContext request, String wireMethod) {
        URI uri = target(request);
        if (uri == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        Fields fields = fields(request.getHeaders());
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

    /** The target; null if it is malformed. WildFly accepts such targets, and any client can send one, so no warning is logged. */
    private static @Nullable URI target(ContainerRequestContext request) {
        try {
            return request.getUriInfo().getRequestUri();
        } catch (IllegalArgumentException malformed) {
            LOG.log(System.Logger.Level.DEBUG, "A request whose target is no URI runs uncached", malformed);
            return null;
        }
    }

    /** The header fields without null values: CXF shows a missing Content-Type as null. */
    private static Fields fields(Map<String, List<String>> headers) {
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
