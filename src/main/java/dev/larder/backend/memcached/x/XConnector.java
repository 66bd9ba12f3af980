package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.code.yanf4j.config.Configuration;
import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.nio.NioSession;
import dev.larder.backend.memcached.ServerAddress.Login;
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
 * The connections of xmemcached, opened in our way: each begins with the login, an unreachable server does not delay
 * the others, and a lost one is tried every second, however long it is unreachable.
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
        // xmemcached multiplies it by the number of attempts, and waits a second at least
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
            // the session serves no key yet, so every other command is sent after the login
            session.write(commands.createAuthStartCommand("PLAIN", new CountDownLatch(1), plain));
        }
        return session;
    }

    @Override
    public Future<Boolean> connect(InetSocketAddressWrapper address) {
        if (address.getInetSocketAddress().isUnresolved()) {
            // after an exception, the healing thread tries again once; after a failed future, twice
            throw new IllegalStateException("The host cannot be resolved");
        }
        return new BoundedWait(super.connect(address));
    }

    /** Sends no QUIT, to which a hung server would never reply. */
    @Override
    public synchronized void quitAllSessions() {
        for (Session session : new ArrayList<>(getSessionSet())) {
            ((MemcachedSession) session).setAllowReconnect(false);
            close(session);
        }
    }

    /** Closes at once. xmemcached would first wait three seconds for a hung server to accept what is queued. */
    static void close(Session session) {
        try {
            ((NioSession) session).channel().close();
        } catch (IOException e) {
            // it counts as closed
        }
        session.close();
    }

    /** Limits the wait of the healing thread: it would wait up to a minute for one server, while the others stay lost. */
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
