package dev.larder.backend.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Opens connections: socket, TLS, login, database and name, within the deadline of the operation that needs one. */
record Dialer(String clientName, @Nullable SSLContext tls) {

    RedisConnection open(ServerAddress address, Deadline deadline) {
        ChannelSocket socket = null;
        try {
            socket = address.path() == null ? tcp(address, deadline) : unix(address, address.path(), deadline);
            Socket layered = address.tls() ? secured(socket, address) : socket;
            Connection jedis = new Connection(() -> layered);
            greet(jedis, address.login());
            return new RedisConnection(socket, jedis);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new JedisConnectionException(
                    "No connection to " + address + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
        } catch (RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static ChannelSocket unix(ServerAddress address, String path, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        return new ChannelSocket(channel, UnixDomainSocketAddress.of(path), address.toString(), deadline);
    }

    private static ChannelSocket tcp(ServerAddress address, Deadline deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(address.host());
        IOException failure = new ConnectException("the host name has no address");
        for (int i = 0; i < addresses.length; i++) {
            try {
                SocketChannel channel = SocketChannel.open();
                ChannelSocket socket = new ChannelSocket(
                        channel,
                        new InetSocketAddress(addresses[i], address.port()),
                        address.toString(),
                        deadline.firstOf(addresses.length - i));
                socket.deadline(deadline);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                return socket;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Socket secured(ChannelSocket socket, ServerAddress address) throws IOException {
        if (tls == null) {
            throw new IOException("TLS is not set up");
        }
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Logs in, in one round trip. A user who may not name the connection works without a name. */
    void greet(Connection jedis, ServerAddress.Login login) {
        List<CommandArguments> required = new ArrayList<>();
        String password = login.password();
        if (password != null) {
            CommandArguments auth = new CommandArguments(Protocol.Command.AUTH);
            required.add((login.user() == null ? auth : auth.add(login.user())).add(password));
        }
        if (login.database() != 0) {
            required.add(new CommandArguments(Protocol.Command.SELECT).add(login.database()));
        }
        required.forEach(jedis::sendCommand);
        jedis.sendCommand(
                new CommandArguments(Protocol.Command.CLIENT).add("SETNAME").add(clientName));
        List<Object> replies = jedis.getMany(required.size() + 1);
        for (Object reply : replies.subList(0, required.size())) {
            if (reply instanceof JedisDataException refused) {
                throw refused;
            }
        }
        if (replies.get(required.size()) instanceof JedisDataException unnamed && RedisError.isFatal(unnamed)) {
            throw unnamed;
        }
    }

    private static void closeQuietly(@Nullable ChannelSocket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it counts as closed
        }
    }
}
