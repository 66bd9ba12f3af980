package dev.larder.service;

import dev.larder.CacheBackendException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of asynchronous operations, named {@code larder-async-…}. Blocking operations wait for a store on them, and the
 * results of asynchronous clients are processed on them. They start when needed and end when idle. They are virtual where the runtime
 * has virtual threads.
 */
final class Background implements Executor, AutoCloseable {

    /** The maximum number of operations that wait for a store at the same time. */
    static final int THREADS = NamedThreads.areVirtual() ? 64 : 8;

    /** The maximum number of asynchronous operations whose results are not complete. */
    static final int MAX_PENDING = 10_000;

    /** The maximum number of responses and values that wait to be stored. Each may be as large as the largest body. */
    private static final int MAX_PENDING_WRITES = 64;

    private final Semaphore pending = new Semaphore(MAX_PENDING);
    private final Semaphore writes = new Semaphore(MAX_PENDING_WRITES);
    private final NamedThreads threads = new NamedThreads("larder-async-");
    private volatile @Nullable ThreadPoolExecutor executor;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /**
     * Runs an operation on one of Larder's threads.
     *
     * @throws RejectedExecutionException if the application is being undeployed
     */
    <T extends @Nullable Object> CompletionStage<T> run(Supplier<T> operation) {
        Task<T> task = new Task<>(operation, new CompletableFuture<>());
        executor().execute(task);
        return task.result;
    }

    /**
     * Starts an asynchronous operation, and counts it as pending until its result is complete.
     *
     * @param operation starts it
     * @param then returns the result for its value or its failure
     * @param executor runs {@code then}
     * @throws RejectedExecutionException if too many operations are pending
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the result
    <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> start(
            Supplier<CompletionStage<A>> operation, BiFunction<A, @Nullable Throwable, T> then, Executor executor) {
        if (!pending.tryAcquire()) {
            throw new RejectedExecutionException(MAX_PENDING + " operations are pending");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((value, failure) -> pending.release());
        try {
            operation.get().whenComplete((value, failure) -> {
                if (failure instanceof Undeployed) {
                    result.completeExceptionally(failure);
                    return;
                }
                try {
                    executor.execute(new Task<>(() -> then.apply(value, failure), result));
                } catch (RejectedExecutionException e) {
                    result.completeExceptionally(new Undeployed());
                }
            });
            return result;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }

    /** Runs a task after a delay, unless it is cancelled or the application is undeployed before that. */
    Future<?> after(Duration delay, Runnable task) {
        return timer().schedule(() -> execute(task), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private synchronized ScheduledThreadPoolExecutor timer() {
        if (closed) {
            throw new RejectedExecutionException("The application is being undeployed");
        }
        ScheduledThreadPoolExecutor running = timer;
        if (running == null) {
            running = new ScheduledThreadPoolExecutor(1, threads);
            running.setRemoveOnCancelPolicy(true);
            running.setKeepAliveTime(10, TimeUnit.SECONDS);
            running.allowCoreThreadTimeOut(true);
            timer = running;
        }
        return running;
    }

    /** Runs what follows an operation. */
    @Override
    public void execute(Runnable task) {
        executor().execute(task);
    }

    private record Task<T extends @Nullable Object>(Supplier<T> operation, CompletableFuture<T> result)
            implements Runnable {
        @Override
        public void run() {
            try {
                result.complete(operation.get());
            } catch (RuntimeException | Error e) {
                // supplyAsync would wrap the exception
                result.completeExceptionally(e);
            }
        }
    }

    /** Fails a stage, regardless of {@code on-error}. */
    static final class Undeployed extends CacheBackendException {
        private static final long serialVersionUID = 1L;

        Undeployed() {
            super("The application is being undeployed");
        }
    }

    /**
     * Stores something without delaying the caller.
     *
     * @return false if the operation will not run: too many writes are waiting, or the application is being undeployed
     */
    boolean store(Runnable operation) {
        if (!writes.tryAcquire()) {
            return false;
        }
        try {
            executor().execute(() -> {
                try {
                    operation.run();
                } finally {
                    writes.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            writes.release();
            return false;
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private ThreadPoolExecutor executor() {
        ThreadPoolExecutor running = executor;
        return running != null ? running : start();
    }

    private synchronized ThreadPoolExecutor start() {
        if (closed) {
            throw new RejectedExecutionException("The application is being undeployed");
        }
        ThreadPoolExecutor running = executor;
        if (running == null) {
            // the queue needs no limit: the callers limit the number of waiting tasks
            running = new ThreadPoolExecutor(
                    THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
            running.allowCoreThreadTimeOut(true);
            executor = running;
        }
        return running;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
        ThreadPoolExecutor running = executor;
        if (running == null) {
            return;
        }
        for (Runnable waiting : running.shutdownNow()) {
            if (waiting instanceof Task<?> task) {
                task.result().completeExceptionally(new Undeployed());
            }
        }
        try {
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
