package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor of a cached resource method. It sees whether another interceptor throws. The response to
 * that exception must not be mistaken for the method's answer, nor for the empty value of a hit.
 */
@ObservedOutcome
@Interceptor
@Priority(Integer.MIN_VALUE)
public class OutcomeInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Deployment larder;

    /** For the container. */
    public OutcomeInterceptor() {}

    /**
     * Lets a call proceed, and notes whether it threw. On a hit, replaces the empty value by the stored response.
     *
     * @param call the call
     * @return what the call returned, or the stored response
     * @throws Exception what the call threw
     */
    @AroundInvoke
    public @Nullable Object observe(InvocationContext call) throws Exception {
        Deployment known = larder;
        if (known == null) {
            known = RunningDeployments.of(call.getTarget().getClass());
            larder = known;
        }
        return known == null ? call.proceed() : known.observe(call);
    }
}
