package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.Ring;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;

/** Adapts our ring to spymemcached. A key has one server, reachable or not. */
final class RingLocator implements NodeLocator {

    private final Ring ring;
    private final List<MemcachedNode> nodes;

    RingLocator(Ring ring, List<MemcachedNode> nodes) {
        this.ring = ring;
        this.nodes = List.copyOf(nodes);
    }

    @Override
    public MemcachedNode getPrimary(String key) {
        return nodes.get(ring.server(key));
    }

    @Override
    public Iterator<MemcachedNode> getSequence(String key) {
        return List.of(getPrimary(key)).iterator();
    }

    @Override
    public Collection<MemcachedNode> getAll() {
        return nodes;
    }

    @Override
    public NodeLocator getReadonlyCopy() {
        return this;
    }

    @Override
    public void updateLocator(List<MemcachedNode> changed) {
        throw new UnsupportedOperationException("The configuration alone names the servers");
    }
}
