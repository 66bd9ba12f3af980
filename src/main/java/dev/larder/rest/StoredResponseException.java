package dev.larder.rest;

import jakarta.ejb.ApplicationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * Carries a stored response past a server's check of the constraints on a return value, which the placeholder would violate.
 * It is thrown after all interceptors have returned, so only the server sees it. No server maps it, since its response has
 * an entity (Jakarta REST §4.4).
 */
@ApplicationException // otherwise the container would discard a session bean
final class StoredResponseException extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    StoredResponseException(Response stored) {
        super(stored);
    }

    /** This is a response, not a failure, so there is no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
