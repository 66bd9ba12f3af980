package dev.larder.backend.redis;

import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.List;

/** The way from a key to the server that is asked. */
interface Topology extends AutoCloseable {

    /** Asks a server that may be a little behind. */
    Object read(Request request, Deadline deadline);

    /** Asks the server that takes writes. */
    Object write(Request request, Deadline deadline);

    /**
     * Sends requests without scripts to servers that may be a little behind, those to one server at once.
     *
     * @return for each request the reply, or the exception if its server failed and another did not
     */
    default List<Object> readAll(List<Request> requests, Deadline deadline) {
        return writeAll(requests, deadline);
    }

    /** As {@link #readAll}, to the servers that take writes. */
    List<Object> writeAll(List<Request> requests, Deadline deadline);

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
