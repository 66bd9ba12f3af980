package dev.larder.backend.redis;

import dev.larder.spi.Servers;
import java.time.Duration;
import java.util.List;

/** Sends requests to the server that is responsible for a key. */
interface Topology extends AutoCloseable {

    /** Sends a request to a server that may be a little behind. */
    Object read(Request request, Deadline deadline);

    /** Sends a request to the server that takes writes. */
    Object write(Request request, Deadline deadline);

    /**
     * Sends requests without scripts to servers that may be a little behind. The requests for one server are sent
     * together.
     *
     * @return for each request the reply, or an exception if its server failed while another did not
     */
    default List<Object> readAll(List<Request> requests, Deadline deadline) {
        return writeAll(requests, deadline);
    }

    /** As {@link #readAll}, to the servers that take writes. */
    List<Object> writeAll(List<Request> requests, Deadline deadline);

    /** Whether keys are divided among servers, so that one command must not name several keys. */
    default boolean dividesKeys() {
        return false;
    }

    /**
     * Applies the failure policy to each server.
     *
     * @param timeout the timeout of a probe
     * @return false if the policy has to treat the backend as a whole, because there is one server, or because this
     *     class itself selects a working one
     */
    default boolean guard(Servers policy, Duration timeout) {
        return false;
    }

    @Override
    void close();
}
