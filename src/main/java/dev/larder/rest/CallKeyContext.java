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
import org.jspecify.annotations.Nullable;

/**
 * A call as a key generator sees it.
 *
 * @param current the current request; null if the method is called outside a request
 */
public record CallKeyContext(
        CachePolicy policy, @Nullable ContainerRequestContext current, Supplier<Object[]> arguments)
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
        return captured().getUriInfo();
    }

    @Override
    public HttpHeaders headers() {
        return new RequestHeaders(captured());
    }

    @Override
    public Request request() {
        return captured().getRequest();
    }

    @Override
    public SecurityContext securityContext() {
        return captured().getSecurityContext();
    }

    private ContainerRequestContext captured() {
        if (current == null) {
            throw new IllegalStateException(policy.signature() + " is called outside a Jakarta REST request");
        }
        return current;
    }
}
