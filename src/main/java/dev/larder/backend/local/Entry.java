package dev.larder.backend.local;

/** A value with what it counts and how long it was to live. Compared by identity: an entry is removed, not its like. */
final class Entry {

    /** A ttl that says: the expiry that the key has stays. */
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
