package dev.larder.backend.memcached.x;

import com.google.code.yanf4j.config.Configuration;
import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import dev.larder.backend.memcached.MemcachedCommands;
import dev.larder.backend.memcached.MemcachedSettings;
import dev.larder.backend.memcached.Ring;
import dev.larder.backend.memcached.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedSessionComparator;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.buffer.BufferAllocator;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.impl.IndexMemcachedSessionComparator;
import net.rubyeye.xmemcached.impl.MemcachedConnector;
import net.rubyeye.xmemcached.impl.ReconnectRequest;
import net.rubyeye.xmemcached.utils.InetSocketAddressWrapper;

/** xmemcached's client on our ring, with access to the server's replies, which its public methods hide. */
final class XClient extends XMemcachedClient {

    static final String TIMEOUTS = "larder-timeouts";

    XClient(MemcachedSettings settings) throws IOException {
        super(
                new RingSessions(
                        new Ring(settings.servers()), settings.servers().size()),
                new IndexMemcachedSessionComparator(),
                null,
                XMemcachedClientBuilder.getDefaultConfiguration(),
                // by default, xmemcached fixes the buffers at 16 and 32 KiB, which slows down large values
                Map.of(StandardSocketOption.TCP_NODELAY, true, StandardSocketOption.SO_KEEPALIVE, true),
                new BinaryCommandFactory(),
                // our commands need no transcoder
                null,
                Map.of(),
                List.of(),
                Map.of(),
                1,
                settings.timeout().toMillis(),
                "larder-" + settings.name(),
                false,
                false);
        setEnableHeartBeat(false);
        // a merged get would wait for the replies of all others
        setOptimizeGet(false);
        setOptimizeMergeBuffer(false);
        connect(settings);
    }

    /** Connects to all servers at once. One that cannot be reached within the timeout is tried again in the background. */
    private void connect(MemcachedSettings settings) {
        XConnector connector = connector();
        connector.loginAs(settings.login());
        long end = System.nanoTime() + settings.timeout().toNanos();
        Map<InetSocketAddressWrapper, Future<Boolean>> attempts = new LinkedHashMap<>();
        for (ServerAddress server : settings.servers()) {
            // a name is resolved anew for each attempt; for an IP address, no name must be looked up
            InetSocketAddressWrapper address = new InetSocketAddressWrapper(
                    new InetSocketAddress(server.host(), server.port()), attempts.size(), 1, null, !server.isIp());
            attempts.put(address, attempt(connector, address));
        }
        attempts.forEach((address, attempt) -> {
            if (!succeeds(attempt, end - System.nanoTime())) {
                attempt.cancel(true);
                connector.addToWatingQueue(new ReconnectRequest(address, 0, 0));
            }
        });
    }

    private static Future<Boolean> attempt(XConnector connector, InetSocketAddressWrapper address) {
        try {
            return connector.connect(address);
        } catch (IllegalStateException e) {
            return CompletableFuture.completedFuture(false);
        }
    }

    private static boolean succeeds(Future<Boolean> attempt, long nanos) {
        try {
            return attempt.get(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    XConnector connector() {
        return (XConnector) getConnector();
    }

    /** Sends a command. */
    Session send(Command command) throws MemcachedException {
        return sendCommand(command);
    }

    /** Waits for its reply. After too many timeouts in a row the connection is opened again. */
    static void await(Command command, long nanos, Session session) throws InterruptedException, TimeoutException {
        AtomicInteger timeouts = (AtomicInteger) session.getAttribute(TIMEOUTS);
        if (command.getLatch().await(nanos, TimeUnit.NANOSECONDS)) {
            if (timeouts != null) {
                timeouts.set(0);
            }
            return;
        }
        command.cancel();
        if (timeouts != null && timeouts.incrementAndGet() > MemcachedCommands.MAX_TIMEOUTS_IN_A_ROW) {
            timeouts.set(0);
            XConnector.close(session);
        }
        throw new TimeoutException();
    }

    @Override
    @SuppressWarnings("deprecation") // BufferAllocator is in the signature
    protected MemcachedConnector newConnector(
            BufferAllocator allocator,
            Configuration configuration,
            MemcachedSessionLocator locator,
            MemcachedSessionComparator comparator,
            CommandFactory commands,
            int poolSize,
            int maxQueuedNoReplyOperations) {
        configuration.setDispatchMessageThreadCount(0);
        return new XConnector(
                configuration, locator, comparator, allocator, commands, poolSize, maxQueuedNoReplyOperations);
    }
}
