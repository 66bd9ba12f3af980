package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.backend.memcached.Ring;
import dev.larder.backend.memcached.ServerAddress;
import dev.larder.backend.memcached.ServerAddress.Login;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.spy.memcached.BinaryConnectionFactory;
import net.spy.memcached.ConnectionObserver;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.auth.PlainCallbackHandler;
import net.spy.memcached.ops.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Configures one client of spymemcached. Operations for an unreachable server fail at once, operations for a full queue
 * too, the login uses PLAIN, and keys are placed on our ring.
 */
final class SpyConnectionFactory extends BinaryConnectionFactory {

    private static final int BUFFER_BYTES = 32 * 1024;

    final MemcachedSettings settings;
    final Ring ring;
    final List<ServerState> servers = new ArrayList<>();

    SpyConnectionFactory(MemcachedSettings settings) {
        super(settings.queueSize(), BUFFER_BYTES);
        this.settings = settings;
        this.ring = new Ring(settings.servers());
    }

    @Override
    public NodeLocator createLocator(List<MemcachedNode> nodes) {
        return new RingLocator(ring, nodes);
    }

    @Override
    public BlockingQueue<Operation> createWriteOperationQueue() {
        return new ArrayBlockingQueue<>(settings.queueSize());
    }

    @Override
    public long getOpQueueMaxBlockTime() {
        return 0;
    }

    @Override
    public long getAuthWaitTime() {
        return 0;
    }

    @Override
    public long getOperationTimeout() {
        return Math.max(1, settings.timeout().toMillis());
    }

    @Override
    public FailureMode getFailureMode() {
        return FailureMode.Cancel;
    }

    @Override
    public boolean isDaemon() {
        return true;
    }

    @Override
    public int getTimeoutExceptionThreshold() {
        return MemcachedCommands.MAX_TIMEOUTS_IN_A_ROW;
    }

    /** Reports the connections that spymemcached has completed. */
    private final class Connected implements ConnectionObserver {

        @Override
        public void connectionEstablished(SocketAddress name, int attempts) {
            for (ServerState server : servers) {
                if (server.node.getSocketAddress().equals(name)) {
                    ((Connection) server.node.getConnection()).connected(server);
                }
            }
        }

        @Override
        public void connectionLost(SocketAddress name) {
            // queueReconnect handles it
        }
    }

    /**
     * The connections of spymemcached, opened in our way: over UNIX sockets, too, and with a name that is resolved anew
     * for each attempt. A lost connection is soon opened again, and does not send operations from before the loss.
     *
     * <p>An inner class: the constructor of its superclass calls methods that need state, which the factory has.
     */
    final class Connection extends MemcachedConnection {

        Connection() throws IOException {
            super(
                    getReadBufSize(),
                    SpyConnectionFactory.this,
                    List.of(),
                    List.of(new Connected()),
                    getFailureMode(),
                    getOperationFactory());
            setName("larder-memcached-" + settings.name());
        }

        /** Creates the servers' nodes; {@link #handleIO} connects them. */
        @Override
        protected List<MemcachedNode> createConnections(Collection<InetSocketAddress> ignored) throws IOException {
            for (ServerAddress address : settings.servers()) {
                SocketChannel unconnected = ServerState.newChannel(address);
                MemcachedNode node = createMemcachedNode(ServerState.nameOf(address), unconnected, getReadBufSize());
                unconnected.close();
                node.setConnection(this);
                servers.add(new ServerState(address, node));
            }
            return servers.stream().map(server -> server.node).toList();
        }

        @Override
        public void handleIO() throws IOException {
            if (!shutDown) {
                for (ServerState server : servers) {
                    SocketAddress due = server.due(this::wakeUp);
                    if (due != null) {
                        connect(server, due);
                    } else if (server.isOverdue()) {
                        queueReconnect(server.node);
                    }
                }
            }
            // with a queue of an unreachable server, spymemcached counts empty selects, and closes all connections
            // after 256
            addedQueue.removeIf(node -> !node.isActive());
            try {
                super.handleIO();
            } catch (ClosedSelectorException e) {
                throw e;
            } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
                recover(e);
            }
        }

        /**
         * Recovers from an exception, which would end the thread. A server with another protocol can cause one
         * anywhere.
         */
        private void recover(Throwable failure) {
            getLogger().warn("Opening connections again", failure);
            selector.selectedKeys().clear();
            List<ServerState> open = servers.stream()
                    .filter(server -> server.node.getChannel() != null)
                    .toList();
            // those that were being read: between reads, a buffer is cleared
            List<ServerState> suspects = open.stream()
                    .filter(server -> server.node.getRbuf().limit()
                            != server.node.getRbuf().capacity())
                    .toList();
            (suspects.isEmpty() ? open : suspects).forEach(server -> queueReconnect(server.node));
        }

        private void connect(ServerState server, SocketAddress to) {
            SocketChannel channel = null;
            try {
                channel = ServerState.newChannel(server.address);
                boolean connected = channel.connect(to);
                server.node.registerChannel(
                        channel, channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, server.node));
                if (connected) {
                    server.node.connected();
                    connected(server);
                    addedQueue.offer(server.node);
                }
            } catch (IOException | RuntimeException e) {
                // no server, no such host and no permission are treated alike
                getLogger().info("Cannot connect to %s", server.address, e);
                close(channel);
                queueReconnect(server.node);
            }
        }

        /** Sends the login before all else; the server handles commands in order. */
        private void connected(ServerState server) {
            Login login = settings.login();
            if (login != null) {
                insertOperation(
                        server.node,
                        getOperationFactory()
                                .saslAuth(
                                        new String[] {"PLAIN"},
                                        server.address.toString(),
                                        null,
                                        new PlainCallbackHandler(login.user(), login.password()),
                                        server.loginReply()));
            }
            // sends the operations that wait for the connection
            server.connected();
        }

        /** Closes a connection and schedules a new one. The operations queued for it fail. */
        @Override
        protected void queueReconnect(MemcachedNode node) {
            if (shutDown) {
                return;
            }
            SelectionKey key = node.getSk();
            if (key != null) {
                key.cancel();
            }
            close(node.getChannel());
            node.setChannel(null);
            node.reconnecting();
            node.setupResend();
            giveUp(node);
            for (ServerState server : servers) {
                if (server.node == node) {
                    server.lost();
                }
            }
        }

        private void close(@Nullable SocketChannel channel) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                getLogger().info("Closing failed", e);
            }
        }

        /** Cancels all operations, even a half-written one, which spymemcached would send again, however late. */
        private void giveUp(MemcachedNode node) {
            node.destroyInputQueue().forEach(Operation::cancel);
            while (node.hasWriteOp()) {
                node.removeCurrentWriteOp().cancel();
            }
        }

        /**
         * Makes the thread read the server's queue. spymemcached does so only when an operation is added, and takes as
         * many as it has room for. The rest of a full queue, to which none can be added, would stay there forever.
         */
        void wakeUpFor(ServerState server) {
            addedQueue.offer(server.node);
            wakeUp();
        }

        /** Makes the thread check what is due; otherwise it sleeps up to a second. */
        void wakeUp() {
            Selector open = selector;
            if (!shutDown && open.isOpen()) {
                open.wakeup();
            }
        }

        /** After {@link #shutdown}: waits for the thread to end, then fails the operations that are still pending. */
        void awaitEnd(long millis) throws InterruptedException {
            join(millis);
            for (ServerState server : servers) {
                server.node.setupResend();
                giveUp(server.node);
                server.ready.complete(null);
            }
        }
    }
}
