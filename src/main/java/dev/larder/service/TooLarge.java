package dev.larder.service;

import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells of values that the store does not take, at most once in 30 s. */
final class TooLarge {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");

    private final String backend;
    private final Warnings warnings;

    TooLarge(String backend, LongSupplier nanos) {
        this.backend = backend;
        this.warnings = new Warnings(Duration.ofSeconds(30), nanos);
    }

    void found(StoreKey key, long bytes) {
        long count = warnings.occurred("too large");
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend ''{0}'' does not take {1,number,#} bytes under key ''{2}'': nothing is stored"
                            + " ({3,number,#} since the last report)",
                    backend,
                    bytes,
                    KeyLayout.shown(key.text()),
                    count);
        }
    }
}
