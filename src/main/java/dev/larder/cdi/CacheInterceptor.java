package dev.larder.cdi;

import dev.larder.Cache;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs right before every method with {@link Cache}, and asks the cache. So all other interceptors run on a hit, too,
 * except that of Bean Validation: a stored answer proves that its arguments were valid.
 */
@Cache
@Interceptor
@Priority(CacheInterceptor.PRIORITY)
public class CacheInterceptor implements Serializable {

    /** Just before the interceptor of Bean Validation, which is at 4800. */
    static final int PRIORITY = Interceptor.Priority.PLATFORM_AFTER + 700;

    private static final long serialVersionUID = 1L;

    // looked up and not injected: a bean of the request has an interceptor of its own, which is made on every request
    private transient volatile @Nullable Deployment larder;

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
        Deployment known = larder;
        if (known == null) {
            known = RunningDeployments.of(call.getTarget().getClass());
            larder = known;
        }
        return known == null ? call.proceed() : known.serve(call);
    }
}
