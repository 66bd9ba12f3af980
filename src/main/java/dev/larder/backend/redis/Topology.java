package dev.larder.backend.redis;

/** The way from a key to the server that is asked. */
interface Topology extends AutoCloseable {

    /** Asks a server that may be a little behind. */
    Object read(Request request, Deadline deadline);

    /** Asks the server that takes writes. */
    Object write(Request request, Deadline deadline);

    @Override
    void close();
}
