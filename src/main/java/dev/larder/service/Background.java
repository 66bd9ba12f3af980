package dev.larder.service;

import dev.larder.CacheBackendException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which asynchronous operations wait for a store, so that their callers do not, and on which the stages of
 * those that wait by themselves go on: named {@code larder-async-…}, started when needed and ended when idle. They are
 * virtual where the runtime has such, and more then.
 */
final class Background implements AutoCloseable {

    /** How many operations wait for a store at once. */
    static final int THREADS = NamedThreads.areVirtual() ? 64 : 8;

    /** How many operations are begun and not over. */
    static final int MOST = 10_000;

    /** The most responses and values that wait to be stored: each may be as large as the largest body. */
    private static final int MOST_STORES = 64;

    private final Semaphore room = new Semaphore(MOST);
    private final Semaphore stores = new Semaphore(MOST_STORES);
    private final NamedThreads threads = new NamedThreads("larder-async-");
    private volatile @Nullable ThreadPoolExecutor executor;
    private boolean closed;

    /**
     * Runs an operation on a thread of ours.
     *
     * @throws RejectedExecutionException if too many are not over, or the application is being undeployed
     */
    <T> CompletionStage<T> run(Supplier<T> operation) {
        enter();
        Task<T> task = new Task<>(operation, new CompletableFuture<>(), room);
        execute(task);
        return task.answer;
    }

    /**
     * Begins an operation that waits by itself, and goes on with its outcome on a thread of ours: a client's own has other
     * things to do.
     *
     * @param operation begins it
     * @param then makes the answer of its value or its failure
     * @throws RejectedExecutionException if too many are not over
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the answer
    <A, T> CompletionStage<T> after(Supplier<CompletionStage<A>> operation, BiFunction<A, Throwable, T> then) {
        enter();
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletionStage<A> stage;
        try {
            stage = operation.get();
        } catch (RuntimeException | Error e) {
            room.release();
            throw e;
        }
        stage.whenComplete((value, failure) -> {
            try {
                execute(new Task<>(() -> then.apply(value, failure), answer, room));
            } catch (RejectedExecutionException e) {
                answer.completeExceptionally(undeployed());
            }
        });
        return answer;
    }

    private void enter() {
        if (!room.tryAcquire()) {
            throw new RejectedExecutionException(MOST + " operations are not over");
        }
    }

    private void execute(Task<?> task) {
        try {
            executor().execute(task);
        } catch (RejectedExecutionException e) {
            room.release();
            throw e;
        }
    }

    private record Task<T>(Supplier<T> operation, CompletableFuture<T> answer, Semaphore room) implements Runnable {
        @Override
        public void run() {
            try {
                answer.complete(operation.get());
            } catch (RuntimeException | Error e) {
                // not supplyAsync, which would wrap it
                answer.completeExceptionally(e);
            } finally {
                room.release();
            }
        }
    }

    /**
     * Stores something without delaying the caller.
     *
     * @return false if too much waits to be stored already, or the application is being undeployed: it is not done
     */
    boolean store(Runnable operation) {
        if (!stores.tryAcquire()) {
            return false;
        }
        try {
            executor().execute(() -> {
                try {
                    operation.run();
                } finally {
                    stores.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            stores.release();
            return false;
        }
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
            // what waits is bounded before it gets here
            running = new ThreadPoolExecutor(
                    THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
            running.allowCoreThreadTimeOut(true);
            executor = running;
        }
        return running;
    }

    private static CacheBackendException undeployed() {
        return new CacheBackendException("The application is being undeployed");
    }

    @Override
    public synchronized void close() {
        closed = true;
        ThreadPoolExecutor running = executor;
        if (running == null) {
            return;
        }
        for (Runnable waiting : running.shutdownNow()) {
            if (waiting instanceof Task<?> task) {
                task.answer().completeExceptionally(undeployed());
            }
        }
        try {
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
