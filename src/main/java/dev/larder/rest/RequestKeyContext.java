package dev.larder.rest;

import dev.larder.CacheKeyContext;
import dev.larder.policy.CachePolicy;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.function.Supplier;

/** A captured request, as a key generator sees it. */
public record RequestKeyContext(CachePolicy policy, ContainerRequestContext captured, Supplier<Object[]> arguments)
        implements CacheKeyContext {

    @Override
    public Class<?> resourceClass() {
        return policy.beanClass();
    }

    @Override
    public Method resourceMethod() {
        return policy.method();
    }

    @Override
    public Object[] parameters() {
        return arguments.get().clone();
    }

    @Override
    public UriInfo uriInfo() {
        return captured.getUriInfo();
    }

    @Override
    public HttpHeaders headers() {
        return new RequestHeaders(captured);
    }

    @Override
    public Request request() {
        return captured.getRequest();
    }

    @Override
    public SecurityContext securityContext() {
        return captured.getSecurityContext();
    }
}
