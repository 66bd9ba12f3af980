package dev.larder.backend.redis;

import java.io.IOException;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** One connection, used by one thread at a time. */
final class RedisConnection implements AutoCloseable {

    private final ChannelSocket socket;
    private final Connection jedis;

    RedisConnection(ChannelSocket socket, Connection jedis) {
        this.socket = socket;
        this.jedis = jedis;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws JedisDataException if the server answers an error; after any other exception the connection must not be used
     *     again, since its answer may still come
     */
    Object call(Request request, Deadline deadline) {
        socket.deadline(deadline);
        try {
            return jedis.executeCommand(request.command());
        } catch (JedisNoScriptException e) {
            CommandArguments text = request.text();
            if (text == null) {
                throw e;
            }
            return jedis.executeCommand(text);
        }
    }

    /**
     * Sends several requests without scripts, then reads their replies.
     *
     * @return for each request the reply, or the error of the server
     * @throws JedisDataException if the server replies to all by errors, and not because of the keys
     */
    List<Object> callAll(List<Request> requests, Deadline deadline) {
        socket.deadline(deadline);
        requests.forEach(request -> jedis.sendCommand(request.command()));
        List<Object> replies = jedis.getMany(requests.size());
        if (replies.get(0) instanceof JedisDataException first
                && !RedisError.isAnswer(first)
                && replies.stream().allMatch(JedisDataException.class::isInstance)) {
            throw first;
        }
        return replies;
    }

    /** As {@link #call}, at a node of a Cluster that is about to take over the key. */
    Object callAsking(Request request, Deadline deadline) {
        socket.deadline(deadline);
        jedis.sendCommand(new CommandArguments(Protocol.Command.ASKING));
        CommandArguments text = request.text();
        // asked once: a second ASKING would be needed to send the text after the digest
        jedis.sendCommand(text == null ? request.command() : text);
        List<Object> answers = jedis.getMany(2);
        if (answers.get(1) instanceof JedisDataException error) {
            throw error;
        }
        return answers.get(1);
    }

    boolean isQuiet() {
        return socket.isQuiet();
    }

    /** Without a word to the server, which might not listen. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }
}
