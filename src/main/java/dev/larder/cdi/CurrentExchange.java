package dev.larder.cdi;

import dev.larder.response.Exchange;
import dev.larder.rest.InvalidatingCall;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** The current request, and its exchange if the request is to a cached resource method. */
final class CurrentExchange {

    private @Nullable Exchange exchange;
    private @Nullable ContainerRequestContext request;
    private @Nullable InvalidatingCall invalidating;
    private boolean uncaptured;

    void note(ContainerRequestContext from) {
        request = from;
    }

    void capture(@Nullable Exchange captured, ContainerRequestContext from) {
        request = from;
        exchange = captured;
        uncaptured = captured == null;
    }

    void note(InvalidatingCall call) {
        invalidating = call;
    }

    /** The call for which the request was sent, if its method has {@code @CacheInvalidate}. */
    @Nullable
    InvalidatingCall invalidating() {
        return invalidating;
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
