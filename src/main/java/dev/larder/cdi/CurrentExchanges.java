package dev.larder.cdi;

import dev.larder.CacheKeyContext;
import dev.larder.policy.CachePolicy;
import dev.larder.response.Exchange;
import dev.larder.rest.CallKeyContext;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the exchange of the current request in CDI's request context, where the interceptor finds it. The exchange is no
 * bean: its proxy and injection would cost more than the rest of a hit.
 */
final class CurrentExchanges implements Contextual<CurrentExchange> {

    private final BeanManager manager;

    CurrentExchanges(BeanManager manager) {
        this.manager = manager;
    }

    /**
     * The exchange of the current request, created if there is none yet.
     *
     * @throws ContextNotActiveException outside a request
     */
    CurrentExchange get() {
        return context().get(this, manager.createCreationalContext(this));
    }

    /** The exchange of the current request; null outside a request, or if no filter has noted the request. */
    @Nullable
    CurrentExchange getIfPresent() {
        try {
            return context().get(this);
        } catch (ContextNotActiveException e) {
            return null;
        }
    }

    /** What a key generator sees of a call: the request, if there is one. */
    CacheKeyContext context(CachePolicy policy, Object[] arguments) {
        CurrentExchange noted = getIfPresent();
        return new CallKeyContext(policy, noted == null ? null : noted.request(), () -> arguments);
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
