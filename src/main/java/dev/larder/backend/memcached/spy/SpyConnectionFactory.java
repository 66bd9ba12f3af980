package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.Login;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.backend.memcached.Ring;
import dev.larder.backend.memcached.ServerAddress;
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
 * What spymemcached is to do otherwise than it would: give up a dead server's operations at once, never wait for a queue, log
 * in with PLAIN, and place keys on our ring. Serves one client.
 */
final class SpyConnectionFactory extends BinaryConnectionFactory {

    private static final int BUFFER_BYTES = 32 * 1024;

    /** So many operations without an answer in a row, and the connection is opened anew. */
    private static final int TIMEOUTS_IN_A_ROW = 10;

    final MemcachedSettings settings;
    final Ring ring;
    final List<ServerState> peers = new ArrayList<>();

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
        return TIMEOUTS_IN_A_ROW;
    }

    /** What spymemcached tells of connections that it has finished itself. */
    private final class Connected implements ConnectionObserver {

        @Override
        public void connectionEstablished(SocketAddress name, int attempts) {
            for (ServerState peer : peers) {
                if (peer.node.getSocketAddress().equals(name)) {
                    peer.connection().connected(peer);
                }
            }
        }

        @Override
        public void connectionLost(SocketAddress name) {
            // queueReconnect knows
        }
    }

    /**
     * spymemcached's connections, opened and reopened our way: over UNIX sockets too, looking up a name again each time,
     * soon after they were lost, and without sending what was meant for the time before.
     *
     * <p>An inner class, as its superclass' constructor already calls it: what it needs is in the factory.
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

        /** Makes the servers' nodes; {@link #handleIO} connects them. */
        @Override
        protected List<MemcachedNode> createConnections(Collection<InetSocketAddress> ignored) throws IOException {
            for (ServerAddress address : settings.servers()) {
                SocketChannel unconnected = ServerState.newChannel(address);
                MemcachedNode node = createMemcachedNode(ServerState.nameOf(address), unconnected, getReadBufSize());
                unconnected.close();
                node.setConnection(this);
                peers.add(new ServerState(address, node, this));
            }
            return peers.stream().map(peer -> peer.node).toList();
        }

        @Override
        public void handleIO() throws IOException {
            if (!shutDown) {
                for (ServerState peer : peers) {
                    SocketAddress due = peer.due(this::wakeUp);
                    if (due != null) {
                        connect(peer, due);
                    } else if (peer.isOverdue()) {
                        queueReconnect(peer.node);
                    }
                }
            }
            // a dead server's queue would make spymemcached count empty selects, and close all connections after 256
            addedQueue.removeIf(node -> !node.isActive());
            try {
                super.handleIO();
            } catch (ClosedSelectorException e) {
                throw e;
            } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
                startAgain(e);
            }
        }

        /** A server that does not speak memcached's protocol makes spymemcached fail anywhere; the thread would end. */
        private void startAgain(Throwable failure) {
            getLogger().warn("Opening connections again", failure);
            selector.selectedKeys().clear();
            List<ServerState> open = peers.stream()
                    .filter(peer -> peer.node.getChannel() != null)
                    .toList();
            // whose bytes were just being read: between reads a buffer is cleared
            List<ServerState> culprits = open.stream()
                    .filter(peer ->
                            peer.node.getRbuf().limit() != peer.node.getRbuf().capacity())
                    .toList();
            (culprits.isEmpty() ? open : culprits).forEach(peer -> queueReconnect(peer.node));
        }

        private void connect(ServerState peer, SocketAddress to) {
            SocketChannel channel = null;
            try {
                channel = ServerState.newChannel(peer.address);
                boolean connected = channel.connect(to);
                peer.node.registerChannel(
                        channel, channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, peer.node));
                if (connected) {
                    peer.node.connected();
                    connected(peer);
                    addedQueue.offer(peer.node);
                }
            } catch (IOException | RuntimeException e) {
                // not there, no such host, no permission: all the same from here
                getLogger().info("Cannot connect to %s", peer.address, e);
                close(channel);
                queueReconnect(peer.node);
            }
        }

        /** The login goes first; the server takes what follows in order. */
        private void connected(ServerState peer) {
            Login login = settings.login();
            if (login != null) {
                insertOperation(
                        peer.node,
                        getOperationFactory()
                                .saslAuth(
                                        new String[] {"PLAIN"},
                                        peer.address.toString(),
                                        null,
                                        new PlainCallbackHandler(login.user(), login.password()),
                                        peer.loginAnswer()));
            }
            // now those that wait for it are sent
            peer.connected();
        }

        /** Closes a connection and makes it be opened again. Whatever was queued for it has failed. */
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
            for (ServerState peer : peers) {
                if (peer.node == node) {
                    peer.lost();
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

        /** Also what was half written: it would be sent again, however late. */
        private void giveUp(MemcachedNode node) {
            node.destroyInputQueue().forEach(Operation::cancel);
            while (node.hasWriteOp()) {
                node.removeCurrentWriteOp().cancel();
            }
        }

        /**
         * spymemcached takes operations from a queue when one is added to it, as many as it has room for. What is left behind
         * in a full queue, to which none can be added, would stay there for ever.
         */
        void lookIntoQueueOf(ServerState peer) {
            addedQueue.offer(peer.node);
            wakeUp();
        }

        /** Makes the thread look whether something is due; spymemcached sleeps up to a second. */
        void wakeUp() {
            Selector open = selector;
            if (!shutDown && open.isOpen()) {
                open.wakeup();
            }
        }

        /** After {@link #shutdown}: waits for the thread, then fails what nobody will answer any more. */
        void awaitEnd(long millis) throws InterruptedException {
            join(millis);
            for (ServerState peer : peers) {
                peer.node.setupResend();
                giveUp(peer.node);
                peer.ready.complete(null);
            }
        }
    }
}
