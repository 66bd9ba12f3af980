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
 * Notes a request to a cached resource method, after every other filter: what they refuse never gets here. Where nothing
 * is between it and the method but the interceptor that asks the cache, it answers a hit itself, so that no bean is made for
 * that; where no interceptor can exist on the resource, it asks in its place.
 */
@Priority(Integer.MAX_VALUE)
public final class CaptureFilter implements ContainerRequestFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    private final CachedResource resource;
    private final EmptyAnswer empty;
    private final Locators locators;
    private final ResponseCache responses;
    private final BiConsumer<@Nullable Exchange, ContainerRequestContext> current;
    private final Predicate<ContainerRequestContext> intercepted;
    private final boolean early;

    /**
     * Makes the filter of one resource method.
     *
     * @param empty what is answered on a hit in place of what the method returns
     * @param current gets each exchange, so that the interceptor finds it; null if the request could not be captured
     * @param intercepted whether an interceptor will ask the cache for this request
     * @param early whether a hit may be answered before that interceptor is reached
     */
    public CaptureFilter(
            CachedResource resource,
            EmptyAnswer empty,
            ResponseCache responses,
            BiConsumer<@Nullable Exchange, ContainerRequestContext> current,
            Predicate<ContainerRequestContext> intercepted,
            boolean early) {
        this.resource = resource;
        this.empty = empty;
        this.locators = new Locators(resource);
        this.responses = responses;
        this.current = current;
        this.intercepted = intercepted;
        this.early = early;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (Captured.of(request) != null) {
            return; // registered by two features
        }
        Exchange exchange = capture(request);
        Hit hit = answers(exchange, request) && exchange != null ? exchange.hit() : null;
        if (hit != null) {
            request.abortWith(empty.storedEarly(hit));
        }
    }

    private boolean answers(@Nullable Exchange exchange, ContainerRequestContext request) {
        boolean asked = exchange != null && intercepted.test(request);
        if (exchange != null && asked && early && responses.lookUp(exchange)) {
            return true;
        }
        if (exchange != null && !asked && empty.mayComeLater()) {
            exchange.call().detach(); // no interceptor will see whether it does
        }
        current.accept(exchange, request);
        return exchange != null && !asked && responses.serve(exchange, CaptureFilter::noArguments);
    }

    private @Nullable Exchange capture(ContainerRequestContext request) {
        try {
            ServletExchange servlet = ServletFields.noted(request);
            RequestFacts facts = facts(request, servlet == null ? request.getMethod() : servlet.method());
            if (facts == null) {
                return null;
            }
            if (servlet != null && !servlet.isFramedByFields() && resource.readsBody()) {
                facts = facts.withBodyUnlessSaid();
            }
            ServletFields fields = new ServletFields(servlet);
            Exchange exchange = new Exchange(
                    resource, facts, arguments -> new RequestKeyContext(resource.policy(), request, arguments), fields);
            new Captured(exchange, empty, responses, fields).into(request);
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
