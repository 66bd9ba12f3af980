package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** A command about one key. */
final class Request {

    private static final byte[] PROBE = "larder-probe".getBytes(UTF_8);

    private final byte[] key;
    private final CommandArguments command;
    private final @Nullable CommandArguments text;

    /**
     * Creates a request.
     * @param text the command with the text of its script, for a server that does not have it; null without a script
     */
    Request(byte[] key, CommandArguments command, @Nullable CommandArguments text) {
        this.key = key;
        this.command = command;
        this.text = text;
    }

    static Request of(Protocol.Command command, byte[] key) {
        return new Request(key, new CommandArguments(command).add(key), null);
    }

    /**
     * Reads a key that has no entry. Unlike PING, it fails on a replica that does not have its leader's entries yet,
     * and on a node that does not take part in its Cluster.
     */
    static Request probe() {
        return of(Protocol.Command.GET, PROBE);
    }

    Request with(byte[] argument) {
        command.add(argument);
        return this;
    }

    Request with(String argument) {
        command.add(argument);
        return this;
    }

    Request with(long argument) {
        command.add(argument);
        return this;
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
