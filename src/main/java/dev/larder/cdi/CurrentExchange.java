package dev.larder.cdi;

import dev.larder.response.Exchange;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** The current request, and its exchange if the request is to a cached resource method. */
final class CurrentExchange {

    private @Nullable Exchange exchange;
    private @Nullable ContainerRequestContext request;
    private boolean uncaptured;

    void note(ContainerRequestContext from) {
        request = from;
    }

    void capture(@Nullable Exchange captured, ContainerRequestContext from) {
        request = from;
        exchange = captured;
        uncaptured = captured == null;
    }

    /** Whether this is a request to a cached resource method that could not be captured. */
    boolean isUncaptured() {
        return uncaptured;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    @Nullable
    ContainerRequestContext request() {
        return request;
    }
}
