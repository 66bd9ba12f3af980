package dev.larder.testing;

/** A server of a store, a process of its own. */
public interface StoreServer extends AutoCloseable {

    /** As {@code servers} wants it. */
    String address();

    /** Stops answering, and keeps every connection. */
    void hang();

    /** Ends {@link #hang}. */
    void goOn();

    /** SIGKILL. */
    void kill();

    /** Starts it again, empty, on the same port. */
    void restart();

    /** How many connections there are, the one that asks and maybe some others of its own among them. */
    int connections();

    @Override
    void close();
}
