package dev.larder.rest;

import dev.larder.CacheKeyContext;
import dev.larder.policy.CachePolicy;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;

/** A call outside a request, as a key generator sees it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CallKeyContext(CachePolicy policy, Object[] arguments) implements CacheKeyContext {

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
        return arguments.clone();
    }

    @Override
    public UriInfo uriInfo() {
        throw outside();
    }

    @Override
    public HttpHeaders headers() {
        throw outside();
    }

    @Override
    public Request request() {
        throw outside();
    }

    @Override
    public SecurityContext securityContext() {
        throw outside();
    }

    private IllegalStateException outside() {
        return new IllegalStateException(policy.signature() + " is called outside a Jakarta REST request");
    }
}
