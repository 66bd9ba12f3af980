package dev.larder.cdi;

import dev.larder.CacheKeyContext;
import dev.larder.policy.CachePolicy;
import dev.larder.response.Exchange;
import dev.larder.rest.CallKeyContext;
import dev.larder.rest.RequestKeyContext;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the interceptor finds the exchange of the current request: in CDI's context of the request, which never hands out
 * another request's. No bean, since its proxy and its injection would cost more than all else of a hit.
 */
final class CurrentExchanges implements Contextual<CurrentExchange> {

    private final BeanManager manager;

    CurrentExchanges(BeanManager manager) {
        this.manager = manager;
    }

    /**
     * That of the current request, made if there is none yet.
     *
     * @throws ContextNotActiveException outside a request
     */
    CurrentExchange get() {
        return context().get(this, manager.createCreationalContext(this));
    }

    /** That of the current request; null if nothing was noted of it, or this is a timer or a thread of the application's. */
    @Nullable
    CurrentExchange known() {
        try {
            return context().get(this);
        } catch (ContextNotActiveException e) {
            return null;
        }
    }

    /** What a key generator sees of a call: the request, if there is one. */
    CacheKeyContext context(CachePolicy method, Object[] arguments) {
        CurrentExchange noted = known();
        ContainerRequestContext request = noted == null ? null : noted.request();
        return request == null
                ? new CallKeyContext(method, arguments)
                : new RequestKeyContext(method, request, () -> arguments);
    }

    private Context context() {
        return manager.getContext(RequestScoped.class);
    }

    @Override
    public CurrentExchange create(CreationalContext<CurrentExchange> context) {
        return new CurrentExchange();
    }

    @Override
    public void destroy(CurrentExchange noted, CreationalContext<CurrentExchange> context) {
        Exchange exchange = noted.exchange();
        if (exchange != null && !exchange.call().isDetached()) {
            exchange.abandon();
        }
        context.release();
    }
}
