package dev.larder.rest;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Array;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a resource method returns in place of its answer when the answer comes from the cache. */
public final class EmptyAnswer {

    private EmptyAnswer() {}

    /** The empty value of a return type; resumes a suspended response. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the empty value
    public static @Nullable Object of(Class<?> returnType, Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof AsyncResponse suspended) {
                suspended.resume(Response.noContent().build());
            }
        }
        if (CompletionStage.class.isAssignableFrom(returnType)) {
            return CompletableFuture.completedFuture(null); // a raw null is an internal error on WildFly
        }
        return returnType.isPrimitive() && returnType != void.class
                ? Array.get(Array.newInstance(returnType, 1), 0)
                : null;
    }
}
