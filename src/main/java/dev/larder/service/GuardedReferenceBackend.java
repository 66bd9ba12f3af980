package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.key.StoreKey;
import dev.larder.spi.ReferenceBackend;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The failure policy around a backend that keeps references. */
final class GuardedReferenceBackend extends GuardedBackend {

    private final ReferenceBackend backend;
    private final BlockingAdapter adapter;

    GuardedReferenceBackend(
            String name,
            CacheSettings settings,
            ReferenceBackend backend,
            LongSupplier nanos,
            Probes probes,
            Background threads,
            CacheEvents events) {
        super(name, settings, backend, nanos, probes, threads, events);
        this.backend = backend;
        this.adapter = new BlockingAdapter(backend, threads);
    }

    /** Has no lambda: it runs on every hit, and a lambda would cost as much as the lookup. */
    @Nullable
    Object getReference(StoreKey key) {
        admit(Operation.GET, key);
        try {
            Object value = backend.getReference(key.text());
            responded();
            return value;
        } catch (RuntimeException | LinkageError e) {
            throw thrown(Operation.GET, key, e);
        }
    }

    <T> CompletionStage<T> getReferenceAsync(StoreKey key, Function<@Nullable Object, T> then) {
        return start(Operation.GET, key, () -> adapter.run(() -> backend.getReference(key.text())), then);
    }

    CompletionStage<Boolean> setReferenceAsync(
            StoreKey key, Object value, long bytes, Ttl ttl, UnaryOperator<Boolean> then) {
        return start(
                Operation.SET, key, () -> adapter.run(() -> backend.setReference(key.text(), value, bytes, ttl)), then);
    }

    boolean setReference(StoreKey key, Object value, long bytes, Ttl ttl) {
        return guard(Operation.SET, key, () -> backend.setReference(key.text(), value, bytes, ttl));
    }
}
