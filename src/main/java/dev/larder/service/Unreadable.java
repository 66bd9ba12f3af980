package dev.larder.service;

import dev.larder.codec.Decoded;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells of stored values that cannot be read as the type asked for, at most once a minute. */
final class Unreadable {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");

    private final String backend;
    private final Warnings warnings;

    Unreadable(String backend, LongSupplier nanos) {
        this.backend = backend;
        this.warnings = new Warnings(Duration.ofMinutes(1), nanos);
    }

    void found(StoreKey key, String reason) {
        long count = warnings.occurred("unreadable");
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend ''{0}'' holds a value that cannot be read and is treated as absent, key ''{1}'': {2}"
                            + " ({3,number,#} since the last report)",
                    backend,
                    KeyLayout.shown(key.text()),
                    reason,
                    count);
        }
    }

    @Nullable
    <T> T orNull(StoreKey key, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Unreadable<T> unreadable) {
            found(key, unreadable.reason());
        }
        return decoded instanceof Decoded.Value<T> value ? value.value() : null;
    }
}
