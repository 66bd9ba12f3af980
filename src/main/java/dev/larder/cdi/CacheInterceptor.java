package dev.larder.cdi;

import dev.larder.Cache;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Stands around every method with {@link Cache}, after the server's security, and asks the cache. */
@Cache
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class CacheInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    // looked up and not injected: a bean of the request has an interceptor of its own, which is made on every request
    private transient volatile @Nullable Larder larder;

    /** For the container. */
    public CacheInterceptor() {}

    /**
     * Answers a call from the cache, or lets it proceed and keeps its answer.
     *
     * @param call the call
     * @return what the method returns, or its return type's empty value where the stored response is replayed
     * @throws Exception what the method throws
     */
    @AroundInvoke
    public @Nullable Object serve(InvocationContext call) throws Exception {
        Larder known = larder;
        if (known == null) {
            known = RunningDeployments.of(call.getTarget().getClass());
            larder = known;
        }
        return known == null ? call.proceed() : known.serve(call);
    }
}
