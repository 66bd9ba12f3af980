package dev.larder;

import org.jspecify.annotations.Nullable;

/** The superclass of all exceptions that Larder throws to an application. Messages name backend and key, never a password. */
public class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     * @param cause the cause, or null
     */
    public CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception without a cause.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     */
    public CacheException(String message) {
        super(message);
    }
}
