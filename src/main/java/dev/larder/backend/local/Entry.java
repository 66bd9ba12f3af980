package dev.larder.backend.local;

/** A value with its weight and ttl. Compared by identity, so that an equal entry is not removed in its place. */
final class Entry {

    /** The ttl of an entry that keeps the expiry of the one it replaces. */
    static final long KEEP = 0;

    final Object value;
    final int weight;
    final long ttlNanos;

    Entry(Object value, int weight, long ttlNanos) {
        this.value = value;
        this.weight = weight;
        this.ttlNanos = ttlNanos;
    }
}
