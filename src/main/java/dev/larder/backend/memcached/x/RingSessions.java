package dev.larder.backend.memcached.x;

import com.google.code.yanf4j.core.Session;
import dev.larder.backend.memcached.Ring;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import org.jspecify.annotations.Nullable;

/**
 * Our ring, as xmemcached asks for it. Its own hashes what a server's name resolves to, and knows only servers that have been
 * connected to.
 */
final class RingSessions implements MemcachedSessionLocator {

    private final Ring ring;
    private final AtomicReferenceArray<@Nullable Session> sessions;

    RingSessions(Ring ring, int servers) {
        this.ring = ring;
        this.sessions = new AtomicReferenceArray<>(servers);
    }

    /** A key has one server, dead or alive; null if there is no connection to it. */
    @Override
    public @Nullable Session getSessionByKey(String key) {
        return sessions.get(ring.server(key));
    }

    @Override
    public void updateSessions(Collection<Session> all) {
        for (int server = 0; server < sessions.length(); server++) {
            Session open = null;
            for (Session each : all) {
                if (!each.isClosed() && server(each) == server) {
                    open = each;
                }
            }
            sessions.set(server, open);
        }
    }

    /** A session's server by the number it was given when its address was added. */
    private static int server(Session session) {
        return ((MemcachedSession) session).getInetSocketAddressWrapper().getOrder();
    }

    @Override
    public void setFailureMode(boolean ignored) {
        // a dead server's keys are never another's
    }
}
