package dev.larder.service;

import dev.larder.codec.Decoded;
import dev.larder.key.StoreKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Warns of entries that a backend does not take, at most once in 30 s, and of entries that cannot be read, once a minute. */
final class EntryWarnings {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");

    private final String backend;
    private final LogThrottle untaken;
    private final LogThrottle unread;

    EntryWarnings(String backend, LongSupplier nanos) {
        this.backend = backend;
        this.untaken = new LogThrottle(Duration.ofSeconds(30), nanos);
        this.unread = new LogThrottle(Duration.ofMinutes(1), nanos);
    }

    void tooLarge(StoreKey key, long bytes) {
        long count = untaken.occurred("too large");
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend ''{0}'' does not take {1,number,#} bytes under key ''{2}'': nothing is stored"
                            + " ({3,number,#} since the last report)",
                    backend,
                    bytes,
                    key.shown(),
                    count);
        }
    }

    void unreadable(StoreKey key, String reason) {
        long count = unread.occurred("unreadable");
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend ''{0}'' holds a value that cannot be read and is treated as absent, key ''{1}'': {2}"
                            + " ({3,number,#} since the last report)",
                    backend,
                    key.shown(),
                    reason,
                    count);
        }
    }

    void unwritable(StoreKey key, Throwable cause) {
        long count = unread.occurred("unwritable");
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend '" + backend + "' cannot store the value of a loader for key '" + key.shown()
                            + "': the caller gets it uncached (" + count + " since the last report)",
                    cause);
        }
    }

    @Nullable
    <T> Entry<T> entryOrNull(StoreKey key, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Unreadable<T> unreadable) {
            unreadable(key, unreadable.reason());
        }
        return decoded instanceof Decoded.Value<T> value ? new Entry<>(value.value(), value.generations()) : null;
    }
}
