package dev.larder.spi;

/**
 * The failure policy for each server of a backend that has several. The backend calls it before each call of a server,
 * and reports the outcome. A server that fails too often in a row is lost: only a probe calls it, once a second, and
 * the other servers are called as before. Thread-safe.
 *
 * <p>The name of a server appears in the log, so it must not contain credentials. Larder logs what the operation
 * throws, as for every backend, and adds the servers that fail.
 */
public interface Servers {

    /**
     * Whether a server is lost.
     *
     * @param server the server
     * @return true until a probe succeeds, or an operation that was already running
     */
    boolean isLost(String server);

    /**
     * To be called before each call of a server.
     *
     * @param server the server
     * @throws RuntimeException if the server is lost: let the exception pass, or call another server
     */
    void admit(String server);

    /**
     * Reports that a server replied.
     *
     * @param server the server
     */
    void answered(String server);

    /**
     * Reports that a server failed. After five failures in a row it is lost.
     *
     * @param server the server
     * @param probe sends the server a request, within the timeout and without calling this policy; throws if that fails
     */
    void failed(String server, Runnable probe);

    /**
     * Reports that a server failed, and that other servers can take its place. It is lost at once.
     *
     * @param server the server
     * @param probe as for {@link #failed}
     */
    void lost(String server, Runnable probe);

    /**
     * Reports that a server is no longer used.
     *
     * @param server the server
     */
    void forget(String server);
}
