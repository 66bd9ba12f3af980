package dev.larder.service;

import dev.larder.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Logs the failures of one backend: one warning for each kind in 30 s, and one line when it works again. */
final class FailureLog {

    private static final System.Logger LOG = System.getLogger("dev.larder.service");
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final String name;
    private final Credentials credentials;
    private final LogThrottle warnings;

    FailureLog(String name, CacheSettings settings, LongSupplier nanos) {
        this.name = name;
        this.credentials = new Credentials(settings);
        this.warnings = new LogThrottle(QUIET, nanos);
    }

    /** The kind and the message of a failure, without credentials. */
    String text(Throwable failure) {
        return credentials.removedFrom(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    /** Whether a failure contains no credentials, so that an exception for the application may have it as its cause. */
    boolean mayShow(Throwable failure) {
        return !credentials.in(failure);
    }

    /**
     * Logs a failure, unless one of its kind was logged within the last 30 s.
     *
     * @param where the servers that currently fail; empty if the backend does not distinguish its servers
     * @return whether it was logged
     */
    boolean logFailure(Operation operation, String effect, Throwable failure, Supplier<List<String>> where) {
        long count = warnings.occurred(failure.getClass().getName());
        if (count > 0) {
            List<String> servers = where.get();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Backend ''{0}'' failed to {1}: {2} ({3} since the last report): {4}",
                    name,
                    operation,
                    effect,
                    count == 1 ? "1 failure" : count + " failures",
                    text(failure)
                            + (servers.isEmpty() ? "" : " (servers that fail: " + String.join(", ", servers) + ")"));
        }
        return count > 0;
    }

    void logRecovery() {
        LOG.log(System.Logger.Level.INFO, "Backend ''{0}'' works again", name);
    }

    void logRecovery(String server) {
        LOG.log(System.Logger.Level.INFO, "Backend ''{0}'' works again on {1}", name, server);
    }
}
