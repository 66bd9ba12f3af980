package dev.larder.service;

import dev.larder.CacheBackendException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which asynchronous operations wait for a store, so that their callers do not: at most {@value #THREADS},
 * named {@code larder-async-…}, started when needed and ended when idle, with a queue of {@value #QUEUE}.
 */
final class Background implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int QUEUE = 10_000;

    /** The most responses and values that wait to be stored: each may be as large as the largest body. */
    private static final int MOST_STORES = 64;

    private final Semaphore stores = new Semaphore(MOST_STORES);
    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private volatile @Nullable ThreadPoolExecutor executor;
    private boolean closed;

    /**
     * Runs an operation on a thread of ours.
     *
     * @throws RejectedExecutionException if too many are waiting, or the application is being undeployed
     */
    <T> CompletionStage<T> run(Supplier<T> operation) {
        Task<T> task = new Task<>(operation, new CompletableFuture<>());
        executor().execute(task);
        return task.answer;
    }

    private record Task<T>(Supplier<T> operation, CompletableFuture<T> answer) implements Runnable {
        @Override
        public void run() {
            try {
                answer.complete(operation.get());
            } catch (RuntimeException | Error e) {
                // not supplyAsync, which would wrap it
                answer.completeExceptionally(e);
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
            AtomicInteger number = new AtomicInteger();
            running = new ThreadPoolExecutor(
                    THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                        Thread thread = new Thread(task, "larder-async-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        thread.setContextClassLoader(application);
                        return thread;
                    });
            running.allowCoreThreadTimeOut(true);
            executor = running;
        }
        return running;
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
                task.answer().completeExceptionally(new CacheBackendException("The application is being undeployed"));
            }
        }
        try {
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
