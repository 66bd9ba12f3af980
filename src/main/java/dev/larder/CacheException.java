package dev.larder;

import org.jspecify.annotations.Nullable;

/** The superclass of all exceptions that Larder throws to an application. Messages name backend and key, never a password. */
public class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     * @param cause the cause, or null
     */
    public CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     */
    public CacheException(String message) {
        super(message);
    }
}
