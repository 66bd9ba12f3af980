package dev.larder.backend.redis;

/** The way from a key to the server that is asked. */
interface Topology extends AutoCloseable {

    /** Asks a server that may be a little behind. */
    Object read(Request request, Deadline deadline);

    /** Asks the server that takes writes. */
    Object write(Request request, Deadline deadline);

    /** Whether two keys may be with two servers, and one command cannot be about both. */
    default boolean dividesKeys() {
        return false;
    }

    @Override
    void close();
}
