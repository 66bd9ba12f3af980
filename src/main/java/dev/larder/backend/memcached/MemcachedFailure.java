package dev.larder.backend.memcached;

/** Memcached did not do what it was asked to. One class for each kind of failure, as they are reported by kind. */
public abstract class MemcachedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MemcachedFailure(String message) {
        super(message);
    }

    /** No answer in time. */
    public static final class TimedOut extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Says what took too long.
         *
         * @param message without credentials
         */
        public TimedOut(String message) {
            super(message);
        }
    }

    /** No connection, or it was lost meanwhile. */
    public static final class Unavailable extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Says what is not there.
         *
         * @param message without credentials
         */
        public Unavailable(String message) {
            super(message);
        }
    }

    /** The server answered that it will not: out of memory, wrong password, an internal error. */
    public static final class Refused extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Says what the server said.
         *
         * @param message without credentials
         */
        public Refused(String message) {
            super(message);
        }
    }

    /** Too many operations wait already. */
    public static final class QueueFull extends MemcachedFailure {
        private static final long serialVersionUID = 1L;

        /**
         * Says how many wait.
         *
         * @param message without credentials
         */
        public QueueFull(String message) {
            super(message);
        }
    }
}
