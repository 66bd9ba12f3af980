package dev.larder.service;

import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers on a thread of its own, as a client does that multiplexes its connection; waiting on its callers' is a bug. */
final class LaterBackend extends ForwardingBackend implements AsyncCacheBackend {

    static final String THREAD = "client-io";

    private final CacheBackend backend;
    private final ExecutorService io = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    });

    LaterBackend(CacheBackend backend) {
        this.backend = backend;
    }

    private <T> CompletionStage<T> later(Supplier<T> operation) {
        // wrapped in a CompletionException, as the stage of a stage is
        return CompletableFuture.supplyAsync(operation, io).thenApply(answer -> answer);
    }

    @Override
    public CompletionStage<byte[]> getAsync(String key) {
        return later(() -> backend.get(key));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, byte[] value, Ttl ttl) {
        return later(() -> backend.set(key, value, ttl));
    }

    @Override
    public CompletionStage<Boolean> setIfAbsentAsync(String key, byte[] value, Ttl ttl) {
        return later(() -> backend.setIfAbsent(key, value, ttl));
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        return later(() -> backend.delete(key));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        return later(() -> backend.hasKey(key));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Ttl ttl) {
        return later(() -> backend.touch(key, ttl));
    }

    @Override
    public CompletionStage<Long> addAsync(String key, long delta) {
        return later(() -> backend.add(key, delta));
    }

    @Override
    public boolean guard(Servers servers) {
        return backend.guard(servers);
    }

    @Override
    protected CacheBackend to() {
        return backend;
    }

    @Override
    public int maxKeyBytes() {
        return backend.maxKeyBytes();
    }

    @Override
    public boolean asciiKeys() {
        return backend.asciiKeys();
    }

    @Override
    public void close() {
        backend.close();
        io.shutdownNow();
    }
}
