package dev.larder;

import org.jspecify.annotations.Nullable;

/** No backend of that name is configured; the message lists the names that are. */
public class UnknownBackendException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     * @param cause the cause, or null
     */
    public UnknownBackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     */
    public UnknownBackendException(String message) {
        super(message);
    }
}
