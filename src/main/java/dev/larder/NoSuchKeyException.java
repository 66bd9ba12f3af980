package dev.larder;

import org.jspecify.annotations.Nullable;

/** There is no live entry for the key of a counter. */
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
