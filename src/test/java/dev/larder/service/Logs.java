package dev.larder.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What Larder logs, as java.util.logging gets it from System.Logger. */
public final class Logs extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.larder");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public Logs() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    public List<String> at(Level level) {
        return records.stream()
                .filter(any -> any.getLevel() == level)
                .map(any -> new SimpleFormatter().formatMessage(any)
                        + (any.getThrown() == null ? "" : " " + any.getThrown()))
                .toList();
    }

    /** All messages with their stack traces. */
    public String text() {
        StringBuilder text = new StringBuilder();
        records.forEach(any -> text.append(new SimpleFormatter().format(any)));
        return text.toString();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
