package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor of a cached resource method. Notes whether another interceptor throws: the response to that
 * exception must not be mistaken for the method's own, nor for the placeholder of a hit.
 */
@ObservedOutcome
@Interceptor
@Priority(Integer.MIN_VALUE)
public class OutcomeInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Deployment deployment;

    /** Lets a call proceed, and notes whether it throws. On a hit, replaces the placeholder by the stored response. */
    @AroundInvoke
    public @Nullable Object observe(InvocationContext call) throws Exception {
        Deployment current = deployment;
        if (current == null) {
            current = RunningDeployments.of(call.getTarget().getClass());
            deployment = current;
        }
        return current == null ? call.proceed() : current.observe(call);
    }
}
