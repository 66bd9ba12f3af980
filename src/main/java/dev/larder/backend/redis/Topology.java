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
     * Applies the failure policy to each server.
     *
     * @param timeout the timeout of a probe
     * @return false if the policy has to treat the backend as a whole: it has one server, or finds the working one by
     *     other means
     */
    default boolean guard(Servers policy, Duration timeout) {
        return false;
    }

    @Override
    void close();
}
