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
public record RequestKeyContext(CachePolicy method, ContainerRequestContext rest, Supplier<Object[]> arguments)
        implements CacheKeyContext {

    @Override
    public Class<?> resourceClass() {
        return method.beanClass();
    }

    @Override
    public Method resourceMethod() {
        return method.method();
    }

    @Override
    public Object[] parameters() {
        return arguments.get().clone();
    }

    @Override
    public UriInfo uriInfo() {
        return rest.getUriInfo();
    }

    @Override
    public HttpHeaders headers() {
        return new RequestHeaders(rest);
    }

    @Override
    public Request request() {
        return rest.getRequest();
    }

    @Override
    public SecurityContext securityContext() {
        return rest.getSecurityContext();
    }
}
