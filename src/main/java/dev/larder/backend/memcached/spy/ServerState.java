package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * The state of one server: when to connect next, and whether operations may be sent. The connection's thread changes
 * it. Another thread resolves the server's name, so that a slow name service does not delay the other servers.
 */
final class ServerState {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MAX_PAUSE_DOUBLINGS = 4;
    private static final long MAX_CONNECT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_AFTER_REFUSED_LOGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    final ServerAddress address;
    final MemcachedNode node;

    /** Completed when the first attempt to connect has ended, with or without success. */
    final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

    private enum State {
        WAITING,
        RESOLVING,
        CONNECTING,
        CONNECTED
    }

    private State state = State.WAITING;
    private long since = System.nanoTime();
    private long pause;
    private int failures;
    private volatile @Nullable SocketAddress resolved;
    private volatile boolean loginRefused;

    ServerState(ServerAddress address, MemcachedNode node) {
        this.address = address;
        this.node = node;
    }

    /** The address by which spymemcached identifies the server. It is never resolved. */
    static SocketAddress nameOf(ServerAddress address) {
        String socket = address.socket();
        return socket != null
                ? UnixDomainSocketAddress.of(socket)
                : InetSocketAddress.createUnresolved(address.host(), address.port());
    }

    static SocketChannel newChannel(ServerAddress address) throws IOException {
        SocketChannel channel =
                address.socket() != null ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.configureBlocking(false);
        if (address.socket() == null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
        return channel;
    }

    /** The address to connect to now, or null if it is not yet time. */
    @Nullable
    SocketAddress due(Runnable wakeUp) {
        if (state == State.WAITING && elapsed() >= pause) {
            if (address.socket() != null) {
                enter(State.CONNECTING);
                return nameOf(address);
            }
            if (address.isIp()) {
                enter(State.CONNECTING);
                return new InetSocketAddress(address.host(), address.port());
            }
            enter(State.RESOLVING);
            resolved = null;
            Thread lookup = new Thread(
                    () -> {
                        resolved = new InetSocketAddress(address.host(), address.port());
                        wakeUp.run();
                    },
                    "larder-memcached-dns-" + address.host());
            lookup.setDaemon(true);
            lookup.start();
        }
        SocketAddress target = resolved;
        if (state == State.RESOLVING && target != null) {
            enter(State.CONNECTING);
            return target;
        }
        return null;
    }

    /** Whether to give up this connection and try another one. */
    boolean isOverdue() {
        return state == State.CONNECTING
                ? elapsed() > MAX_CONNECT_NANOS
                : loginRefused && elapsed() > PAUSE_AFTER_REFUSED_LOGIN_NANOS;
    }

    boolean isLoginRefused() {
        return loginRefused;
    }

    void connected() {
        enter(State.CONNECTED);
        failures = 0;
        ready.complete(null);
    }

    /** Takes the reply to the login of this connection. */
    OperationCallback loginReply() {
        return new OperationCallback() {
            @Override
            public void receivedStatus(OperationStatus status) {
                // a lost connection cancels the operation
                loginRefused = !status.isSuccess() && status.getStatusCode() != StatusCode.CANCELLED;
            }

            @Override
            public void complete() {
                // receivedStatus has handled it
            }
        };
    }

    void lost() {
        loginRefused = false;
        enter(State.WAITING);
        pause = FIRST_PAUSE_NANOS << Math.min(failures, MAX_PAUSE_DOUBLINGS);
        failures++;
        ready.complete(null);
    }

    private void enter(State next) {
        state = next;
        since = System.nanoTime();
    }

    private long elapsed() {
        return System.nanoTime() - since;
    }
}
