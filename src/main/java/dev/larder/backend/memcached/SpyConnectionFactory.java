package dev.larder.backend.memcached;

import dev.larder.memcached.Login;
import dev.larder.memcached.MemcachedSettings;
import dev.larder.memcached.Ring;
import dev.larder.memcached.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.spy.memcached.BinaryConnectionFactory;
import net.spy.memcached.ConnectionObserver;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.auth.AuthDescriptor;
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
    final List<Peer> peers = new ArrayList<>();
    private final @Nullable AuthDescriptor login;
    private final Queue<ConnectionObserver> observers = new ConcurrentLinkedQueue<>();
    private @Nullable Connection connection;

    SpyConnectionFactory(MemcachedSettings settings) {
        super(settings.queueSize(), BUFFER_BYTES);
        this.settings = settings;
        this.ring = new Ring(settings.servers());
        Login given = settings.login();
        this.login = given == null
                ? null
                : new AuthDescriptor(new String[] {"PLAIN"}, new PlainCallbackHandler(given.user(), given.password()));
    }

    @Override
    public MemcachedConnection createConnection(List<InetSocketAddress> ignored) throws IOException {
        Connection made = new Connection();
        connection = made;
        return made;
    }

    /** The connection that the client has made by this factory. */
    Connection connection() {
        Connection made = connection;
        if (made == null) {
            throw new IllegalStateException("No client was made");
        }
        return made;
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

    @Override
    public @Nullable AuthDescriptor getAuthDescriptor() {
        return login;
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
                    List.of(),
                    getFailureMode(),
                    getOperationFactory());
            setName("larder-memcached-" + settings.name());
        }

        /** Makes the servers' nodes; {@link #handleIO} connects them. */
        @Override
        protected List<MemcachedNode> createConnections(Collection<InetSocketAddress> ignored) throws IOException {
            for (ServerAddress address : settings.servers()) {
                SocketChannel unconnected = Peer.newChannel(address);
                MemcachedNode node = createMemcachedNode(Peer.nameOf(address), unconnected, getReadBufSize());
                unconnected.close();
                node.setConnection(this);
                peers.add(new Peer(address, node));
            }
            return peers.stream().map(peer -> peer.node).toList();
        }

        @Override
        public void handleIO() throws IOException {
            if (!shutDown) {
                for (Peer peer : peers) {
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
            super.handleIO();
            for (Peer peer : peers) {
                peer.look();
            }
        }

        private void connect(Peer peer, SocketAddress to) {
            try {
                SocketChannel channel = Peer.newChannel(peer.address);
                peer.node.setChannel(channel);
                boolean connected = channel.connect(to);
                peer.node.registerChannel(
                        channel, channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, peer.node));
                if (connected) {
                    int attempts = peer.node.getReconnectCount();
                    peer.node.connected();
                    peer.look();
                    observers.forEach(each -> each.connectionEstablished(peer.node.getSocketAddress(), attempts));
                    addedQueue.offer(peer.node);
                }
            } catch (IOException | RuntimeException e) {
                // not there, no such host, no permission: all the same from here
                getLogger().info("Cannot connect to %s", peer.address, e);
                queueReconnect(peer.node);
            }
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
            close(node);
            node.reconnecting();
            node.setupResend();
            node.setupForAuth();
            giveUp(node);
            for (Peer peer : peers) {
                if (peer.node == node) {
                    peer.lost();
                }
            }
        }

        private void close(MemcachedNode node) {
            try {
                SocketChannel channel = node.getChannel();
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                getLogger().info("Closing failed", e);
            }
            node.setChannel(null);
        }

        /** Also what was half written: it would be sent again, however late. */
        private void giveUp(MemcachedNode node) {
            node.destroyInputQueue().forEach(Operation::cancel);
            while (node.hasWriteOp()) {
                node.removeCurrentWriteOp().cancel();
            }
        }

        /** Makes the thread look whether something is due; spymemcached sleeps up to a second. */
        void wakeUp() {
            Selector open = selector;
            if (!shutDown && open.isOpen()) {
                open.wakeup();
            }
        }

        @Override
        public boolean addObserver(ConnectionObserver observer) {
            observers.add(observer);
            return super.addObserver(observer);
        }

        /** Waits until the client's shutdown has ended the thread, then fails what nobody will answer any more. */
        void awaitEnd(long millis) throws InterruptedException {
            join(millis);
            for (Peer peer : peers) {
                peer.node.setupResend();
                giveUp(peer.node);
                peer.ready.complete(null);
            }
        }
    }
}
