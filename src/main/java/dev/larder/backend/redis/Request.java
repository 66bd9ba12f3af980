package dev.larder.backend.redis;

import dev.larder.spi.Pieces;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** A command about one key. */
final class Request {

    private final byte[] key;
    private final CommandArguments command;
    private final @Nullable CommandArguments text;
    private boolean answeredInPieces;

    /**
     * Makes a request.
     *
     * @param text what to send instead if the server does not know the command's script, and null if it has none
     */
    Request(byte[] key, CommandArguments command, @Nullable CommandArguments text) {
        this.key = key;
        this.command = command;
        this.text = text;
    }

    static Request of(Protocol.Command command, byte[] key) {
        return new Request(key, new CommandArguments(command).add(key), null);
    }

    /** About no key. */
    static Request ping() {
        return new Request(new byte[0], new CommandArguments(Protocol.Command.PING), null);
    }

    Request with(byte[] argument) {
        command.add(argument);
        return this;
    }

    Request with(String argument) {
        command.add(argument);
        return this;
    }

    Request with(Pieces argument) {
        command.add(new PiecesConnection.Argument(argument));
        return this;
    }

    Request with(long argument) {
        command.add(argument);
        return this;
    }

    /** A value that is the answer may come as {@link Pieces}. */
    Request answeredInPieces() {
        answeredInPieces = true;
        return this;
    }

    boolean isAnsweredInPieces() {
        return answeredInPieces;
    }

    byte[] key() {
        return key;
    }

    CommandArguments command() {
        return command;
    }

    @Nullable
    CommandArguments text() {
        return text;
    }
}
