package dev.larder.service;

import dev.larder.CacheBackendException;
import dev.larder.OnError;
import dev.larder.key.StoreKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of the service on one region: logs each, and decides what the caller gets when the backend fails.
 * Thread-safe.
 */
final class Operations {

    private final Region region;
    private final OperationLog log;
    private final boolean throwing;

    Operations(Region region) {
        this.region = region;
        this.log = region.log();
        this.throwing = region.settings().onError() == OnError.THROW;
    }

    /** Whether the caller gets an exception when the backend fails. */
    boolean areThrowing() {
        return throwing;
    }

    <T> T logged(String name, @Nullable Object subject, Supplier<T> operation) {
        try {
            T result = operation.get();
            log.done(name, subject, result);
            return result;
        } catch (RuntimeException e) {
            log.failed(name, subject, e);
            throw e;
        }
    }

    /** The result of an operation, or {@code whenFailed} if the backend fails. */
    <T> T run(String name, @Nullable Object subject, T whenFailed, Supplier<T> operation) {
        try {
            return logged(name, subject, operation);
        } catch (CacheBackendException e) {
            if (throwing) {
                throw e;
            }
            return whenFailed;
        }
    }

    /** Counts the outcome of an operation before the caller gets it, whether it fails at once or in its stage. */
    static <T> CompletionStage<T> counted(
            Supplier<CompletionStage<T>> operation, Consumer<T> whenDone, Runnable whenFailed) {
        CompletionStage<T> stage;
        try {
            stage = operation.get();
        } catch (RuntimeException e) {
            whenFailed.run();
            throw e;
        }
        return stage.whenComplete((result, failure) -> {
            if (failure == null) {
                whenDone.accept(result);
            } else {
                whenFailed.run();
            }
        });
    }

    /**
     * Starts an operation on a thread that may wait for the store.
     *
     * @param operation checks keys and writes values now, and returns what is to be run
     */
    <T> CompletionStage<T> startOnThreads(
            String name, @Nullable Object subject, T whenFailed, Supplier<Supplier<T>> operation) {
        return start(name, subject, whenFailed, () -> region.async().onThreads(operation.get()));
    }

    <T> CompletionStage<T> start(
            String name, String key, @Nullable T whenFailed, Function<StoreKey, CompletionStage<T>> operation) {
        return start(name, key, whenFailed, () -> operation.apply(region.key(key)));
    }

    /**
     * Starts an operation. If the key is not valid or too many operations are pending, the returned stage fails.
     *
     * @param whenFailed the result when the backend fails; null if the stage fails then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the result
    <T> CompletionStage<T> start(
            String name, @Nullable Object subject, @Nullable T whenFailed, Supplier<CompletionStage<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            operation.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    log.done(name, subject, value);
                    result.complete(value);
                } else {
                    log.failed(name, subject, unwrapped(failure));
                    fail(result, whenFailed, failure);
                }
            });
        } catch (RuntimeException e) {
            log.failed(name, subject, e);
            fail(result, whenFailed, e);
        }
        return result;
    }

    private <T> void fail(CompletableFuture<T> result, @Nullable T whenFailed, Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof RejectedExecutionException) {
            failure = new CacheBackendException(
                    "Backend '" + region.backend() + "' has too many pending asynchronous operations", failure);
        }
        boolean failed = failure instanceof CacheBackendException && !(failure instanceof Background.Undeployed);
        if (failed && whenFailed != null && !throwing) {
            result.complete(whenFailed);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** The failure itself: a stage that follows another one wraps it. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
