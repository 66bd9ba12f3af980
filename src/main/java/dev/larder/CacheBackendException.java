package dev.larder;

import org.jspecify.annotations.Nullable;

/** The backend failed: it is down, too slow, refuses the credentials, or sent an invalid reply. */
public class CacheBackendException extends CacheException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     * @param cause the cause, or null
     */
    public CacheBackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception without a cause.
     *
     * @param message what was asked, of which backend and key, what was expected and what was found
     */
    public CacheBackendException(String message) {
        super(message);
    }
}
