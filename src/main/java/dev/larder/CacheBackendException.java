package dev.larder;

import org.jspecify.annotations.Nullable;

/** The backend failed: it is down, too slow, refuses the credentials, or sent an invalid reply. */
public class CacheBackendException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     * @param cause the cause, or null
     */
    public CacheBackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception without a cause.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     */
    public CacheBackendException(String message) {
        super(message);
    }
}
