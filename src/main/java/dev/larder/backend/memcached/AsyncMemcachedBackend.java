package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedFailure.QueueFull;
import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.Ttl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The asynchronous operations. No thread waits for a reply; one thread ends the operations that exceed their timeout. */
final class AsyncMemcachedBackend extends MemcachedBackend implements AsyncCacheBackend {

    private final ScheduledThreadPoolExecutor timer;
    private final AtomicInteger pending = new AtomicInteger();
    private final int maxPending;

    /**
     * Creates a backend.
     *
     * @param commands a client that does not block; closed with the backend
     * @param clock the time, in milliseconds since 1970
     */
    AsyncMemcachedBackend(MemcachedSettings settings, MemcachedCommands commands, LongSupplier clock) {
        super(settings, commands, clock);
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        // not CompletableFuture.orTimeout: its one thread for the whole JVM would keep this application's class loader
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "larder-memcached-" + settings.name() + "-timeout");
            thread.setDaemon(true);
            thread.setContextClassLoader(application);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        maxPending = (int) Math.min(
                Integer.MAX_VALUE,
                (long) settings.queueSize() * settings.servers().size());
    }

    @Override
    public CompletionStage<byte @Nullable []> getAsync(String key) {
        return start(deadline -> startGet(key, deadline));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, byte[] value, Ttl ttl) {
        return start(deadline -> startSet(key, value, ttl, deadline));
    }

    @Override
    public CompletionStage<Boolean> setIfAbsentAsync(String key, byte[] value, Ttl ttl) {
        return start(deadline -> startSetIfAbsent(key, value, ttl, deadline));
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        return start(deadline -> startDelete(key, deadline));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        return start(deadline -> startHasKey(key, deadline));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Ttl ttl) {
        return start(deadline -> startTouch(key, ttl, deadline));
    }

    @Override
    public CompletionStage<Long> addAsync(String key, long delta) {
        return start(deadline -> startAdd(key, delta, deadline));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // dependent stages complete other futures
    private <T extends @Nullable Object> CompletionStage<T> start(Function<Deadline, CompletableFuture<T>> operation) {
        if (pending.incrementAndGet() > maxPending) {
            pending.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new QueueFull("More than " + maxPending + " operations wait for memcached"));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            Deadline deadline = newDeadline();
            ScheduledFuture<?> timeout = timer.schedule(
                    () -> {
                        deadline.expire();
                        result.completeExceptionally(deadline.timedOut());
                    },
                    deadline.remainingNanos(),
                    TimeUnit.NANOSECONDS);
            result.whenComplete((value, failure) -> {
                pending.decrementAndGet();
                timeout.cancel(false);
            });
            operation.apply(deadline).whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(MemcachedFailure.unwrap(failure));
                }
            });
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            return CompletableFuture.failedFuture(new MemcachedFailure.Unavailable("The backend is closed"));
        }
        return result;
    }

    @Override
    public void close() {
        super.close();
        timer.shutdownNow().forEach(Runnable::run);
        try {
            timer.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
