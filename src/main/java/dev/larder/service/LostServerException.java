package dev.larder.service;

/**
 * One of several servers was not called, because it is lost. This is not another failure: those that made the server
 * lost were logged.
 */
final class LostServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String server;

    LostServerException(String server) {
        // thrown for each operation on its keys: without a stack trace it costs nothing
        super("The server " + server + " is lost", null, false, false);
        this.server = server;
    }

    String server() {
        return server;
    }
}
