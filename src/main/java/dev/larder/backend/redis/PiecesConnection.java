package dev.larder.backend.redis;

import dev.larder.spi.Pieces;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * Jedis' connection, which sends and reads a value in pieces, too: by itself, Jedis makes one array of an argument, and one of
 * an answer. Both are bulk strings, of which the length is known first (RESP, "Bulk strings").
 */
final class PiecesConnection extends Connection {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final RedisOutputStream out;
    private boolean readsPieces;

    /** An argument in pieces. Where it is sent otherwise, it is joined. */
    record Argument(Pieces value) implements Rawable {
        @Override
        public byte[] getRaw() {
            return value.joined();
        }
    }

    PiecesConnection(Socket socket) throws IOException {
        super(() -> socket);
        this.out = new RedisOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    /** As {@link #executeCommand(CommandArguments)}; an answer that is a value comes as {@link Pieces}. */
    Object executeForPieces(CommandArguments command) {
        readsPieces = true;
        try {
            return executeCommand(command);
        } finally {
            readsPieces = false;
        }
    }

    @Override
    public void sendCommand(CommandArguments command) {
        if (!isInPieces(command)) {
            super.sendCommand(command);
            return;
        }
        flush(); // what was sent before comes before
        try {
            out.write(Protocol.ASTERISK_BYTE);
            out.writeIntCrLf(command.size());
            for (Rawable argument : command) {
                send(argument instanceof Argument pieces ? pieces.value() : Pieces.of(argument.getRaw()));
            }
            out.flush();
        } catch (IOException e) {
            setBroken();
            throw new JedisConnectionException(e);
        }
    }

    private static boolean isInPieces(CommandArguments command) {
        for (int i = 0; i < command.size(); i++) {
            if (command.get(i) instanceof Argument) {
                return true;
            }
        }
        return false;
    }

    private void send(Pieces argument) throws IOException {
        out.write(Protocol.DOLLAR_BYTE);
        out.writeIntCrLf(argument.length());
        out.write(argument.head());
        out.write(argument.rest());
        out.writeCrLf();
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream answer, PushConsumerChain pushes) {
        if (!readsPieces || !answer.peek(Protocol.DOLLAR_BYTE)) {
            return super.protocolRead(answer, pushes);
        }
        answer.readByte();
        int length = answer.readIntCrLf();
        if (length < 0) {
            return null;
        }
        byte[] head = read(answer, Math.min(length, Pieces.HEAD));
        byte[] rest = read(answer, length - head.length);
        answer.readByte();
        answer.readByte(); // the end of the line
        return new Pieces(head, rest);
    }

    private static byte[] read(RedisInputStream answer, int length) {
        byte[] bytes = new byte[length];
        int count = 0;
        while (count < length) {
            int more = answer.read(bytes, count, length - count);
            if (more < 0) {
                throw new JedisConnectionException("The server closed the connection in the middle of an answer");
            }
            count += more;
        }
        return bytes;
    }
}
