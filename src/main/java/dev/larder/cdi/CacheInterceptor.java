package dev.larder.cdi;

import dev.larder.Cache;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs right before every method with {@link Cache}, and looks up the call in the cache. So all other interceptors run on a hit, too.
 * Only that of Bean Validation does not: if there is a stored response for these arguments, they were valid.
 */
@Cache
@Interceptor
@Priority(CacheInterceptor.PRIORITY)
public class CacheInterceptor implements Serializable {

    /** Just before the interceptor of Bean Validation, which is at 4800. */
    static final int PRIORITY = Interceptor.Priority.PLATFORM_AFTER + 700;

    private static final long serialVersionUID = 1L;

    // looked up, not injected: a request-scoped bean has its own interceptor instance, created on every request
    private transient volatile @Nullable Deployment deployment;

    /**
     * Serves a call from the cache, or lets it proceed and stores what it returns. Returns a placeholder if a stored
     * response replaces it.
     */
    @AroundInvoke
    public @Nullable Object serve(InvocationContext call) throws Exception {
        Deployment current = deployment;
        if (current == null) {
            current = RunningDeployments.of(call.getTarget().getClass());
            deployment = current;
        }
        return current == null ? call.proceed() : current.serve(call);
    }
}
