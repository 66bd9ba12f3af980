package dev.larder.backend.local;

import com.github.benmanes.caffeine.cache.Expiry;

/** Lets each entry expire by its own ttl. */
final class EntryExpiry implements Expiry<String, Entry> {

    @Override
    public long expireAfterCreate(String key, Entry entry, long now) {
        return entry.ttlNanos;
    }

    @Override
    public long expireAfterUpdate(String key, Entry entry, long now, long remaining) {
        return entry.ttlNanos == Entry.KEEP ? remaining : entry.ttlNanos;
    }

    @Override
    public long expireAfterRead(String key, Entry entry, long now, long remaining) {
        return remaining;
    }
}
