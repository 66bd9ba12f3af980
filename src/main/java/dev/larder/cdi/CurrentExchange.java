package dev.larder.cdi;

import dev.larder.response.Exchange;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** The captured exchange of the current request, where the interceptor finds it. */
@RequestScoped
public class CurrentExchange {

    private @Nullable Exchange exchange;
    private @Nullable ContainerRequestContext request;

    /** For the proxy. */
    public CurrentExchange() {}

    void set(@Nullable Exchange captured, ContainerRequestContext from) {
        exchange = captured;
        request = from;
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
