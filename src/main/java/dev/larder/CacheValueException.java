package dev.larder;

import org.jspecify.annotations.Nullable;

/** A value cannot be stored, or an entry cannot be counted: it is no counter, or the result is out of range. */
public class CacheValueException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     * @param cause the cause, or null
     */
    public CacheValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     */
    public CacheValueException(String message) {
        super(message);
    }
}
