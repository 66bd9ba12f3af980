package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.code.yanf4j.config.Configuration;
import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.nio.NioSession;
import dev.larder.backend.memcached.Login;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedSessionComparator;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.buffer.BufferAllocator;
import net.rubyeye.xmemcached.impl.MemcachedConnector;
import net.rubyeye.xmemcached.impl.MemcachedTCPSession;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import net.rubyeye.xmemcached.utils.InetSocketAddressWrapper;
import org.jspecify.annotations.Nullable;

/**
 * xmemcached's connections, opened and reopened our way: the login goes first on each, an unreachable server does not hold up
 * the others, and a lost one is tried every second, however long it has been away.
 */
final class XConnector extends MemcachedConnector {

    private static final long MAX_CONNECT_MILLIS = 1_000;

    private final CommandFactory commands;
    private volatile @Nullable Login login;

    @SuppressWarnings("deprecation") // BufferAllocator is in the signature
    XConnector(
            Configuration configuration,
            MemcachedSessionLocator locator,
            MemcachedSessionComparator comparator,
            BufferAllocator allocator,
            CommandFactory commands,
            int poolSize,
            int maxQueuedNoReplyOperations) {
        super(configuration, locator, comparator, allocator, commands, poolSize, maxQueuedNoReplyOperations);
        this.commands = commands;
        // multiplied by the number of attempts, and raised to its least, a second
        setHealSessionInterval(0);
    }

    void loginAs(@Nullable Login user) {
        login = user;
    }

    @Override
    protected MemcachedTCPSession createSession(SocketChannel channel, InetSocketAddressWrapper address) {
        MemcachedTCPSession session = super.createSession(channel, address);
        session.setAttribute(XClient.TIMEOUTS, new AtomicInteger());
        Login user = login;
        if (user != null) {
            byte[] plain = ("\0" + user.user() + "\0" + user.password()).getBytes(UTF_8);
            // no key has this session yet, so every other command is sent after it
            session.write(commands.createAuthStartCommand("PLAIN", new CountDownLatch(1), plain));
        }
        return session;
    }

    @Override
    public Future<Boolean> connect(InetSocketAddressWrapper address) {
        if (address.getInetSocketAddress().isUnresolved()) {
            // an exception makes the healing thread try again once; a failed future would, twice
            throw new IllegalStateException("The host is unknown");
        }
        return new BoundedWait(super.connect(address));
    }

    /** Without QUIT, whose answer a hung server never gives. */
    @Override
    public synchronized void quitAllSessions() {
        for (Session session : new ArrayList<>(getSessionSet())) {
            ((MemcachedSession) session).setAllowReconnect(false);
            close(session);
        }
    }

    /** At once: xmemcached would first wait three seconds for a hung server to take what is queued. */
    static void close(Session session) {
        try {
            ((NioSession) session).channel().close();
        } catch (IOException e) {
            // it is closed all the same
        }
        session.close();
    }

    /** The healing thread waits up to a minute for one server, and meanwhile for none of the others. */
    private record BoundedWait(Future<Boolean> connected) implements Future<Boolean> {

        @Override
        public Boolean get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            return connected.get(Math.min(unit.toMillis(timeout), MAX_CONNECT_MILLIS), TimeUnit.MILLISECONDS);
        }

        @Override
        public Boolean get() throws InterruptedException, ExecutionException {
            return connected.get();
        }

        @Override
        public boolean cancel(boolean interrupt) {
            return connected.cancel(interrupt);
        }

        @Override
        public boolean isCancelled() {
            return connected.isCancelled();
        }

        @Override
        public boolean isDone() {
            return connected.isDone();
        }
    }
}
