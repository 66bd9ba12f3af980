package dev.larder.backend.memcached.x;

import com.google.code.yanf4j.core.Session;
import dev.larder.backend.memcached.Ring;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import org.jspecify.annotations.Nullable;

/** Adapts our ring to xmemcached. Its own ring hashes resolved addresses, and has only servers that were connected once. */
final class RingSessions implements MemcachedSessionLocator {

    private final Ring ring;
    private final AtomicReferenceArray<@Nullable Session> sessions;

    RingSessions(Ring ring, int servers) {
        this.ring = ring;
        this.sessions = new AtomicReferenceArray<>(servers);
    }

    /** The connection to the server that has the key; null if there is none. */
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

    /** The index of a session's server, which was set when its address was added. */
    private static int server(Session session) {
        return ((MemcachedSession) session).getInetSocketAddressWrapper().getOrder();
    }

    @Override
    public void setFailureMode(boolean ignored) {
        // the keys of an unreachable server never move to another
    }
}
