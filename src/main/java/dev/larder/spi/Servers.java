package dev.larder.spi;

/**
 * The failure policy for each server of a backend that has several: the backend asks it before a server, and tells it how
 * that ended. Who fails too often in a row is lost: it is asked by nobody but a probe, once a second, and the others are
 * asked as before. Thread-safe.
 *
 * <p>A server is named by what a log may show, without credentials. What the operation throws is told of above, as every
 * failure of a backend is, together with the servers that fail.
 */
public interface Servers {

    /**
     * Whether a server is lost.
     *
     * @param server the server
     * @return true until a probe is answered, or an operation that was still under way
     */
    boolean isLost(String server);

    /**
     * To be called before a server is asked.
     *
     * @param server the server
     * @throws RuntimeException if it is lost: the operation ends with that, or asks another server
     */
    void admit(String server);

    /**
     * A server answered.
     *
     * @param server the server
     */
    void answered(String server);

    /**
     * A server failed. Five times in a row and it is lost.
     *
     * @param server the server
     * @param probe asks it for something, within the timeout and without asking or telling this; throws if it fails
     */
    void failed(String server, Runnable probe);

    /**
     * A server failed for which others stand in: it is lost at once.
     *
     * @param server the server
     * @param probe as for {@link #failed}
     */
    void lost(String server, Runnable probe);

    /**
     * A server is not asked any more.
     *
     * @param server the server
     */
    void forget(String server);
}
