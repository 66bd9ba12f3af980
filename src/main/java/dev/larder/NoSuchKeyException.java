package dev.larder;

import org.jspecify.annotations.Nullable;

/** There is no live entry for the key of a counter. */
public class NoSuchKeyException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     * @param cause the cause, or null
     */
    public NoSuchKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception without a cause.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     */
    public NoSuchKeyException(String message) {
        super(message);
    }
}
