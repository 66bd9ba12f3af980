package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every other interceptor of a cached resource method, and sees what comes of the call: an exception of theirs
 * must not be taken for the answer of the method, nor for the empty one of a hit.
 */
@ObservedOutcome
@Interceptor
@Priority(Integer.MIN_VALUE)
public class OutcomeInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Larder larder;

    /** For the container. */
    public OutcomeInterceptor() {}

    /**
     * Lets a call proceed, and notes whether it threw.
     *
     * @param call the call
     * @return what the call returned
     * @throws Exception what the call threw
     */
    @AroundInvoke
    public @Nullable Object observe(InvocationContext call) throws Exception {
        Larder known = larder;
        if (known == null) {
            known = RunningDeployments.of(call.getTarget().getClass());
            larder = known;
        }
        return known == null ? call.proceed() : known.observe(call);
    }
}
