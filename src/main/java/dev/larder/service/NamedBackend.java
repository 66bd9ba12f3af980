package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.ReferenceBackend;
import java.util.function.LongSupplier;

/** One configured backend: its settings, its failure policy and its values. */
final class NamedBackend {

    private final String name;
    private final CacheSettings settings;
    private final CacheBackend guarded;
    private final Values values;

    NamedBackend(String name, CacheSettings settings, CacheBackend backend, ValueCodec codec, LongSupplier nanos) {
        this.name = name;
        this.settings = settings;
        Unreadable unreadable = new Unreadable(name, nanos);
        TooLarge tooLarge = new TooLarge(name, nanos);
        if (backend instanceof ReferenceBackend references) {
            GuardedReferenceBackend both = new GuardedReferenceBackend(name, settings, references, nanos);
            this.guarded = both;
            this.values = new References(both, unreadable, tooLarge);
        } else {
            this.guarded = new GuardedBackend(name, settings, backend, nanos);
            this.values = new EncodedValues(name, guarded, codec, new ResponseCodec(), unreadable, tooLarge);
        }
    }

    String name() {
        return name;
    }

    CacheSettings settings() {
        return settings;
    }

    CacheBackend guarded() {
        return guarded;
    }

    Values values() {
        return values;
    }
}
