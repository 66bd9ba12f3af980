package dev.larder;

import org.jspecify.annotations.Nullable;

/** No backend of that name is configured; the message lists the names that are. */
public class UnknownBackendException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     * @param cause the cause, or null
     */
    public UnknownBackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception without a cause.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     */
    public UnknownBackendException(String message) {
        super(message);
    }
}
