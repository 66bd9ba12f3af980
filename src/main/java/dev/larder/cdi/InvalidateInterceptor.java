package dev.larder.cdi;

import dev.larder.CacheInvalidate;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs around every method with {@link CacheInvalidate}, inside the interceptor that begins a transaction: only there is the
 * transaction of the method itself still open, so that its outcome can be awaited.
 */
@CacheInvalidate(tags = {})
@Interceptor
@Priority(InvalidateInterceptor.PRIORITY)
public class InvalidateInterceptor implements Serializable {

    /** Before the interceptor of Bean Validation: a return value that it rejects is a failure. */
    static final int PRIORITY = CacheInterceptor.PRIORITY - 1;

    private static final long serialVersionUID = 1L;

    // looked up, not injected: a request-scoped bean has its own interceptor instance, created on every request
    private transient volatile @Nullable Deployment deployment;

    /** Lets a call proceed, and invalidates the tags of its method after its success. */
    @AroundInvoke
    public @Nullable Object invalidate(InvocationContext call) throws Exception {
        Deployment current = deployment;
        if (current == null) {
            current = RunningDeployments.of(call.getTarget().getClass());
            deployment = current;
        }
        return current == null ? call.proceed() : current.invalidate(call);
    }
}
