package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.key.StoreKey;
import dev.larder.spi.ReferenceBackend;
import dev.larder.spi.Ttl;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The failure policy around a backend that keeps references. */
final class GuardedReferenceBackend extends GuardedBackend {

    private final ReferenceBackend backend;

    GuardedReferenceBackend(
            String name, CacheSettings settings, ReferenceBackend backend, LongSupplier nanos, Probes probes) {
        super(name, settings, backend, nanos, probes);
        this.backend = backend;
    }

    /** Guarded in place: this is every hit, and a lambda would cost as much as the look-up. */
    @Nullable
    Object getReference(StoreKey key) {
        admit("get", key);
        try {
            Object found = backend.getReference(key.text());
            answered();
            return found;
        } catch (RuntimeException | LinkageError e) {
            throw thrown("get", key, e);
        }
    }

    boolean setReference(StoreKey key, Object value, long bytes, Ttl ttl) {
        return guard("set", key, () -> backend.setReference(key.text(), value, bytes, ttl));
    }
}
