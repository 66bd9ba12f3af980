package dev.larder.service;

/** A server of several was not asked, as it is lost. That is no failure: those that made it so were told of. */
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
