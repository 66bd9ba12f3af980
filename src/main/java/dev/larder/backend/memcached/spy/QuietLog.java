package dev.larder.backend.memcached.spy;

import net.spy.memcached.compat.log.AbstractLogger;
import net.spy.memcached.compat.log.Level;
import net.spy.memcached.compat.log.LoggerFactory;

/**
 * Passes spymemcached's log to the platform's log, at level DEBUG. By default, spymemcached writes to the console, with
 * a stack trace for each attempt to reconnect; Larder's failure policy reports a failure already.
 */
public final class QuietLog extends AbstractLogger {

    private static final String PROPERTY = "net.spy.log.LoggerImpl";

    private final System.Logger log;

    /**
     * Called by spymemcached.
     *
     * @param name the logger's name
     */
    public QuietLog(String name) {
        super(name);
        this.log = System.getLogger("dev.larder.backend.memcached." + name);
    }

    /** Installs it, unless spymemcached already has a logger or the application has chosen another. */
    static synchronized void install() {
        if (System.getProperty(PROPERTY) == null) {
            // spymemcached reads the property once, for its first logger
            System.setProperty(PROPERTY, QuietLog.class.getName());
            try {
                LoggerFactory.getLogger(QuietLog.class);
            } finally {
                System.clearProperty(PROPERTY);
            }
        }
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public void log(Level level, Object message, Throwable thrown) {
        if (level != Level.DEBUG && level != Level.TRACE) {
            log.log(System.Logger.Level.DEBUG, String.valueOf(message), thrown);
        }
    }
}
