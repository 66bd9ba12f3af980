package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.ResponseCache;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notes a request to a cached resource method, after every other filter: what they refuse never gets here. Where no
 * interceptor can exist on the resource, it answers from the cache itself.
 */
public final class CaptureFilter implements ContainerRequestFilter {

    private final CachedResource resource;
    private final ResponseCache responses;
    private final BiConsumer<Exchange, ContainerRequestContext> current;
    private final Function<ContainerRequestContext, Boolean> intercepted;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Context
    private @Nullable HttpServletResponse servletResponse;

    /**
     * Makes the filter of one resource method.
     *
     * @param current told of each exchange, so that the interceptor finds it
     * @param intercepted whether an interceptor will ask the cache for this request
     */
    public CaptureFilter(
            CachedResource resource,
            ResponseCache responses,
            BiConsumer<Exchange, ContainerRequestContext> current,
            Function<ContainerRequestContext, Boolean> intercepted) {
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
        ServletExchange servlet = servletRequest == null || servletResponse == null
                ? null
                : new ServletExchange(servletRequest, servletResponse);
        ServletExchange.Before before = servlet == null ? null : servlet.before();
        Exchange exchange = new Exchange(
                resource,
                facts(request, before == null ? request.getMethod() : before.method()),
                arguments -> new RequestKeyContext(resource.method(), request, arguments));
        new Captured(exchange, responses, servlet, before).into(request);
        if (intercepted.apply(request)) {
            current.accept(exchange, request);
        } else if (responses.serve(exchange, CaptureFilter::noArguments)) {
            request.abortWith(Response.noContent().build());
        }
    }

    private static Object[] noArguments() {
        throw new IllegalStateException(
                "The arguments are not known before the call, since this resource class is no CDI bean: give it a scope");
    }

    private static RequestFacts facts(ContainerRequestContext request, String wireMethod) {
        URI uri = request.getUriInfo().getRequestUri();
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Fields fields = Fields.of(request.getHeaders());
        String length = fields.first("Content-Length");
        return new RequestFacts(
                request.getMethod(),
                wireMethod,
                scheme,
                host(scheme, uri.getRawAuthority()),
                uri.getRawPath(),
                uri.getRawQuery(),
                fields,
                principal(request.getSecurityContext()),
                fields.contains("Transfer-Encoding") || (length != null && !length.equals("0")));
    }

    private static String host(String scheme, @Nullable String authority) {
        if (authority == null) {
            return "";
        }
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        return host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
    }

    private static @Nullable String principal(@Nullable SecurityContext security) {
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : String.valueOf(principal.getName());
    }
}
