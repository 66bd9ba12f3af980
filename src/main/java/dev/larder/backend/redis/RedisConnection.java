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
     * Sends a request and waits for the reply.
     *
     * @throws JedisDataException if the server replies with an error; after any other exception the connection must not
     *     be used again, since the reply may still arrive
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
     * @throws JedisDataException if every reply is an error that is not about the key
     */
    List<Object> callAll(List<Request> requests, Deadline deadline) {
        socket.deadline(deadline);
        requests.forEach(request -> jedis.sendCommand(request.command()));
        List<Object> replies = jedis.getMany(requests.size());
        if (replies.get(0) instanceof JedisDataException first
                && !RedisError.isFromWorkingServer(first)
                && replies.stream().allMatch(JedisDataException.class::isInstance)) {
            throw first;
        }
        return replies;
    }

    /** As {@link #call}, on a node of a Cluster to which the key is being moved. */
    Object callAsking(Request request, Deadline deadline) {
        socket.deadline(deadline);
        jedis.sendCommand(new CommandArguments(Protocol.Command.ASKING));
        CommandArguments text = request.text();
        // sends the text of a script at once: to send it after the digest, a second ASKING would be needed
        jedis.sendCommand(text == null ? request.command() : text);
        List<Object> replies = jedis.getMany(2);
        if (replies.get(1) instanceof JedisDataException error) {
            throw error;
        }
        return replies.get(1);
    }

    boolean isQuiet() {
        return socket.isQuiet();
    }

    /** Closes without QUIT, as the server may hang. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it counts as closed
        }
    }
}
