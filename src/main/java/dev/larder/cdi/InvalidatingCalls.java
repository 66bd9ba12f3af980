package dev.larder.cdi;

import dev.larder.policy.MethodTags;
import dev.larder.response.ResponseCache;
import dev.larder.rest.CacheFilters;
import dev.larder.rest.InvalidatingCall;
import dev.larder.service.Invalidations;
import dev.larder.transaction.CurrentTransaction;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls methods with {@code @CacheInvalidate}, and invalidates their tags after success and commit. Thread-safe. */
final class InvalidatingCalls {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Invalidations invalidations;
    private final CurrentTransaction transaction;
    private final CurrentExchanges current;

    InvalidatingCalls(Invalidations invalidations, CurrentTransaction transaction, CurrentExchanges current) {
        this.invalidations = invalidations;
        this.transaction = transaction;
        this.current = current;
    }

    ContainerRequestFilter requestFilter(InvalidatingMethod method, Interception intercepted) {
        return CacheFilters.invalidating(
                method.tags(),
                method.beanClass(),
                method.method(),
                this::invalidate,
                (call, request) -> {
                    CurrentExchange noted = current.get();
                    noted.note(request);
                    noted.note(call);
                },
                intercepted,
                this::follow);
    }

    ContainerResponseFilter responseFilter(ResponseCache responses) {
        return CacheFilters.invalidation(responses, invalidations::invalidateNow, this::afterCommit);
    }

    /** Lets a call proceed. A failure of the cache is not one of the call. */
    @Nullable
    Object proceed(InvalidatingMethod method, InvocationContext context) throws Exception {
        InvalidatingCall call = begun(method.tags());
        // before the method: the transaction may end on another thread, or before a suspended response is resumed
        boolean follows = follow(call);
        boolean suspended = observeSuspended(call, context);
        boolean returned = false;
        try {
            Object result = context.proceed();
            returned = true;
            if (!follows) {
                follow(call); // the method may have begun a transaction
            }
            if (suspended) {
                return result;
            }
            if (result instanceof CompletionStage<?> stage) {
                return observed(call, stage, method, context);
            }
            call.succeed(arguments(context));
            return result;
        } finally {
            if (!returned) {
                call.fail();
            }
        }
    }

    /** The call for which the current request was sent, or that of a bean. */
    private InvalidatingCall begun(MethodTags tags) {
        CurrentExchange noted = current.getIfPresent();
        InvalidatingCall ofRequest = noted == null ? null : noted.invalidating();
        return ofRequest != null && ofRequest.begin(tags) ? ofRequest : new InvalidatingCall(tags, this::invalidate);
    }

    private void invalidate(Set<String> tags) {
        invalidations.invalidateNow(tags, Set.of());
    }

    /** Runs an action after the commit of the current transaction, which a filter may hold; at once if there is none. */
    private void afterCommit(Runnable action) {
        boolean follows = false;
        try {
            follows = transaction.onEnd(committed -> {
                if (committed) {
                    action.run();
                }
            });
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "An invalidation does not follow its transaction", e);
        }
        if (!follows) {
            action.run();
        }
    }

    /** Makes the commit of the current transaction a condition; false if there is none. */
    private boolean follow(InvalidatingCall call) {
        call.await();
        try {
            boolean follows = transaction.onEnd(committed -> {
                if (!committed) {
                    call.fail();
                }
                call.meet();
            });
            if (!follows) {
                call.meet();
            }
            return follows;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "An invalidation does not follow its transaction", e);
            call.meet();
            return false;
        }
    }

    /** A stage that completes when the tags are invalidated; the stage itself where the method declares a class of its own. */
    private static CompletionStage<?> observed(
            InvalidatingCall call, CompletionStage<?> stage, InvalidatingMethod method, InvocationContext context) {
        CompletableFuture<@Nullable Object> invalidated = new CompletableFuture<>();
        var ignored = stage.whenComplete((value, failure) -> {
            if (failure == null) {
                call.succeed(arguments(context));
                invalidated.complete(value);
            } else {
                call.fail();
                invalidated.completeExceptionally(failure);
            }
        });
        return method.method().getReturnType().isInstance(invalidated) ? invalidated : stage;
    }

    private static boolean observeSuspended(InvalidatingCall call, InvocationContext context) {
        Object[] arguments = arguments(context);
        boolean suspends = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof AsyncResponse suspended) {
                arguments[i] =
                        new ObservedAsyncResponse(suspended, any -> call.succeed(arguments(context)), call::fail);
                suspends = true;
            }
        }
        if (suspends) {
            context.setParameters(arguments);
        }
        return suspends;
    }

    /** Payara passes null if a method of a session bean has no arguments. */
    private static Object[] arguments(InvocationContext context) {
        Object[] arguments = context.getParameters();
        return arguments == null ? new Object[0] : arguments;
    }
}
