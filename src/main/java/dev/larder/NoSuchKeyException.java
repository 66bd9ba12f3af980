package dev.larder;

import org.jspecify.annotations.Nullable;

/** A key that was to be counted has no live entry. */
public class NoSuchKeyException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     * @param cause the cause, or null
     */
    public NoSuchKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     */
    public NoSuchKeyException(String message) {
        super(message);
    }
}
