package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.ReferenceBackend;
import dev.larder.statistics.CacheEvents;
import java.util.function.LongSupplier;

/** One configured backend: its settings, its failure policy and its values. */
final class NamedBackend {

    private final String name;
    private final CacheSettings settings;
    private final GuardedBackend guarded;
    private final Values values;
    private final CacheEvents events;

    NamedBackend(
            String name,
            CacheSettings settings,
            CacheBackend backend,
            ValueCodec codec,
            LongSupplier nanos,
            Probes probes,
            Background threads,
            CacheEvents events) {
        this.events = events;
        this.name = name;
        this.settings = settings;
        EntryWarnings reports = new EntryWarnings(name, nanos);
        if (backend instanceof ReferenceBackend references) {
            GuardedReferenceBackend both =
                    new GuardedReferenceBackend(name, settings, references, nanos, probes, threads, events);
            this.guarded = both;
            this.values = new References(both, reports);
        } else {
            this.guarded = new GuardedBackend(name, settings, backend, nanos, probes, threads, events);
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

    CacheEvents events() {
        return events;
    }
}
