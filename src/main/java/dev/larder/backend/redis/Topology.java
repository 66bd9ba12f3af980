package dev.larder.backend.redis;

import dev.larder.spi.Servers;
import java.time.Duration;

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

    /**
     * Takes the failure policy for each server.
     *
     * @param timeout of a probe
     * @return false if there is one server, or another way to find the one that works
     */
    default boolean guard(Servers policy, Duration timeout) {
        return false;
    }

    @Override
    void close();
}
