package dev.larder.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.function.Consumer;

/** Notes a request to a resource method that is not cached, for the key generators of the methods that it calls. */
record KeyContextFilter(Consumer<ContainerRequestContext> current) implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        current.accept(request);
    }
}
