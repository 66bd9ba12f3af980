package dev.larder.rest;

import jakarta.ejb.ApplicationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * Carries a stored response past a server's check of the constraints on a return value, which the empty value would violate.
 * Thrown when all interceptors have returned, so nobody but the server sees it; and no server maps it, since its response has
 * an entity (Jakarta REST §4.4).
 */
@ApplicationException // otherwise the container would discard a session bean
final class ServedException extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    ServedException(Response stored) {
        super(stored);
    }

    /** It is an answer, not a failure. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
