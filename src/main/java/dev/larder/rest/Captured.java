package dev.larder.rest;

import dev.larder.response.Exchange;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** An exchange on its way through the filters of a request, in whose properties it travels. */
record Captured(Exchange exchange, ResponseCache responses, CookieWatch cookies) {

    static final String PROPERTY = "dev.larder.exchange";

    static @Nullable Captured of(ContainerRequestContext request) {
        return (Captured) request.getProperty(PROPERTY);
    }

    void into(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}
