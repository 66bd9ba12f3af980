package dev.larder;

import org.jspecify.annotations.Nullable;

/** A value cannot be stored, or an entry cannot be counted: it is not a counter, or the result is out of range. */
public class CacheValueException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     * @param cause the cause, or null
     */
    public CacheValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception without a cause.
     *
     * @param message the operation, the backend and key, what was expected, and the actual state
     */
    public CacheValueException(String message) {
        super(message);
    }
}
