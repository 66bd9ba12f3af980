package dev.larder.backend.memcached;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Memcached did not execute a command. There is a class for each kind of failure, since Larder reports failures by
 * class.
 */
public abstract class MemcachedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MemcachedFailure(String message) {
        super(message);
    }

    /** The failure itself, without the exceptions that futures wrap it in. */
    static RuntimeException unwrap(Throwable wrapped) {
        Throwable failure = wrapped;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new CompletionException(failure);
    }

    /** No reply in time. */
    public static final class TimedOut extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Reports what took too long.
         *
         * @param message without credentials
         */
        public TimedOut(String message) {
            super(message);
        }
    }

    /** There is no connection, or it was lost meanwhile. */
    public static final class Unavailable extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Reports what is not available.
         *
         * @param message without credentials
         */
        public Unavailable(String message) {
            super(message);
        }
    }

    /** The server refused: out of memory, wrong password, an internal error. */
    public static final class Refused extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Reports the reply of the server.
         *
         * @param message without credentials
         */
        public Refused(String message) {
            super(message);
        }
    }

    /** Too many operations are waiting already. */
    public static final class QueueFull extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Reports how many operations wait.
         *
         * @param message without credentials
         */
        public QueueFull(String message) {
            super(message);
        }
    }
}
