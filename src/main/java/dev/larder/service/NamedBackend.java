package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.ReferenceBackend;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One configured backend: its settings, its failure policy and its values. */
final class NamedBackend {

    private final String name;
    private final CacheSettings settings;
    private final GuardedBackend guarded;
    private final Values values;
    private final @Nullable AsyncCacheBackend later;

    NamedBackend(
            String name,
            CacheSettings settings,
            CacheBackend backend,
            ValueCodec codec,
            LongSupplier nanos,
            Probes probes) {
        this.name = name;
        this.settings = settings;
        this.later = backend instanceof AsyncCacheBackend async ? async : null;
        EntryWarnings reports = new EntryWarnings(name, nanos);
        if (backend instanceof ReferenceBackend references) {
            GuardedReferenceBackend both = new GuardedReferenceBackend(name, settings, references, nanos, probes);
            this.guarded = both;
            this.values = new References(both, reports);
        } else {
            this.guarded = new GuardedBackend(name, settings, backend, nanos, probes);
            this.values = new EncodedValues(name, guarded, codec, new ResponseCodec(), reports);
        }
    }

    String name() {
        return name;
    }

    CacheSettings settings() {
        return settings;
    }

    GuardedBackend guarded() {
        return guarded;
    }

    Values values() {
        return values;
    }

    /** The backend itself, if its client answers later by itself; what it answers is to be guarded. */
    @Nullable
    AsyncCacheBackend later() {
        return later;
    }
}
