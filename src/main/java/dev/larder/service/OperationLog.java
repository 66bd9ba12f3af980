package dev.larder.service;

import dev.larder.key.StoreKey;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Logs one line at DEBUG for each operation of {@code ICacheService}. Shows no value, and no number of a counter. */
final class OperationLog {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");

    private final String backend;

    OperationLog(String backend) {
        this.backend = backend;
    }

    /**
     * Logs the result of an operation.
     *
     * @param subject a key, the keys, or an array of tags; null for all entries
     */
    void done(String operation, @Nullable Object subject, @Nullable Object result) {
        if (LOG.isLoggable(Level.DEBUG)) {
            log(operation, subject, shown(result));
        }
    }

    void failed(String operation, @Nullable Object subject, Throwable failure) {
        if (LOG.isLoggable(Level.DEBUG)) {
            log(operation, subject, failure.getClass().getSimpleName());
        }
    }

    /** @param outcome in plain words */
    void loaded(StoreKey key, String outcome) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "getOrSet ''{0}'' ({1}): {2}", key.shown(), backend, outcome);
        }
    }

    private void log(String operation, @Nullable Object subject, String outcome) {
        LOG.log(Level.DEBUG, "{0}{1} ({2}): {3}", operation, shownSubject(subject), backend, outcome);
    }

    private static String shownSubject(@Nullable Object subject) {
        if (subject instanceof String[] tags) {
            return Arrays.stream(tags)
                    .map(tag -> " '" + StoreKey.shown(tag) + "'")
                    .collect(Collectors.joining(","));
        }
        if (subject instanceof Collection<?> keys) {
            return " of " + keys.size() + " keys";
        }
        return subject == null ? "" : " '" + StoreKey.shown(subject.toString()) + "'";
    }

    private static String shown(@Nullable Object result) {
        if (result instanceof Optional<?> value) {
            return value.isPresent() ? "hit" : "miss";
        }
        if (result instanceof Map<?, ?> hits) {
            return hits.size() + " hits";
        }
        if (result instanceof Collection<?> notStored) {
            return notStored.size() + " not stored";
        }
        if (result instanceof Integer deleted) {
            return deleted + " deleted";
        }
        return result instanceof Boolean done ? done.toString() : "done";
    }
}
