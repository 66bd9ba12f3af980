package dev.larder;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;

/**
 * The call for which a {@link CacheKeyGenerator} generates a key. For a resource method, this includes the matched request.
 *
 * <p>Valid during {@link CacheKeyGenerator#generate} only.
 */
public interface CacheKeyContext {

    /**
     * The class whose method is called; never the class of a proxy.
     *
     * @return the resource class, or the bean class outside a request
     */
    Class<?> resourceClass();

    /**
     * The called method.
     *
     * @return the method, never null
     */
    Method resourceMethod();

    /**
     * The method's arguments, as injected.
     *
     * @return a copy; empty for a method without parameters
     * @throws IllegalStateException if the resource class is not a CDI bean, since its arguments are not available before the call
     */
    Object[] parameters();

    /**
     * The request's URI information.
     *
     * @return never null
     * @throws IllegalStateException outside a request
     */
    UriInfo uriInfo();

    /**
     * The request's header fields.
     *
     * @return never null
     * @throws IllegalStateException outside a request
     */
    HttpHeaders headers();

    /**
     * The request.
     *
     * @return never null
     * @throws IllegalStateException outside a request
     */
    Request request();

    /**
     * The caller.
     *
     * @return never null
     * @throws IllegalStateException outside a request
     */
    SecurityContext securityContext();
}
