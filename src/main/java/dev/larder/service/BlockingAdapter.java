package dev.larder.service;

import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An asynchronous backend over a blocking one: operations run on Larder's threads if they wait, else on the caller's. */
final class BlockingAdapter implements AsyncCacheBackend {

    private final CacheBackend backend;
    private final @Nullable Background threads;

    BlockingAdapter(CacheBackend backend, Background threads) {
        this.backend = backend;
        this.threads = backend.waits() ? threads : null;
    }

    /** Runs an operation of the backend. */
    <T extends @Nullable Object> CompletionStage<T> run(Supplier<T> operation) {
        if (threads != null) {
            return threads.run(operation);
        }
        try {
            return CompletableFuture.completedStage(operation.get());
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<byte @Nullable []> getAsync(String key) {
        return run(() -> backend.get(key));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, byte[] value, Ttl ttl) {
        return run(() -> backend.set(key, value, ttl));
    }

    @Override
    public CompletionStage<Boolean> setIfAbsentAsync(String key, byte[] value, Ttl ttl) {
        return run(() -> backend.setIfAbsent(key, value, ttl));
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        return run(() -> backend.delete(key));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        return run(() -> backend.hasKey(key));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Ttl ttl) {
        return run(() -> backend.touch(key, ttl));
    }

    @Override
    public CompletionStage<Long> addAsync(String key, long delta) {
        return run(() -> backend.add(key, delta));
    }
}
