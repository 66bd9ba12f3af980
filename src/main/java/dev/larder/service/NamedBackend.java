package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.group.GenerationStore;
import dev.larder.group.Group;
import dev.larder.group.Groups;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.ReferenceBackend;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** One configured backend: its settings, its failure policy, its values, and the generations that are stored beside them. */
final class NamedBackend implements GenerationStore {

    private final String name;
    private final CacheSettings settings;
    private final GuardedBackend guarded;
    private final Values values;
    private final KeyLayout tagKeys;
    private final StoreKey keyOfAll;
    private final Probes probes;
    private final Groups groups;
    private final LiveEntries live;
    private final CacheEvents events;
    private final EntryWarnings warnings;
    private final OperationLog log;

    NamedBackend(
            String name,
            CacheSettings settings,
            CacheBackend backend,
            ValueCodec codec,
            LongSupplier nanos,
            InstantSource clock,
            Probes probes,
            Background threads,
            CacheEvents events) {
        this.events = events;
        this.name = name;
        this.settings = settings;
        this.warnings = new EntryWarnings(name, nanos);
        this.log = new OperationLog(name);
        if (backend instanceof ReferenceBackend references) {
            GuardedReferenceBackend both =
                    new GuardedReferenceBackend(name, settings, references, nanos, probes, threads, events);
            this.guarded = both;
            this.values = new References(both, warnings);
        } else {
            this.guarded = new GuardedBackend(name, settings, backend, nanos, probes, threads, events);
            this.values = new EncodedValues(name, guarded, codec, new ResponseCodec(), warnings);
        }
        this.tagKeys = generationKeys("tag");
        this.keyOfAll = generationKeys("all").of("entries");
        this.probes = probes;
        this.groups = new Groups(this, clock, nanos);
        this.live = new LiveEntries(values, groups);
    }

    private KeyLayout generationKeys(String kind) {
        return KeyLayout.ofGenerations(settings.keyPrefix(), kind, guarded.maxKeyBytes(), guarded.asciiKeys());
    }

    String name() {
        return name;
    }

    CacheSettings settings() {
        return settings;
    }

    GuardedBackend guarded() {
        return guarded;
    }

    Values values() {
        return values;
    }

    CacheEvents events() {
        return events;
    }

    Groups groups() {
        return groups;
    }

    /** Invalidates all entries with one of these tags; false if the store failed, so that only this process does not serve them. */
    boolean invalidate(Set<String> tags) {
        boolean done = true;
        for (String tag : tags) {
            Group group = groups.ofTag(tag);
            if (done) {
                done = group.invalidate();
            } else {
                group.invalidateHere(); // a store that failed is not called again
            }
        }
        if (!tags.isEmpty()) {
            events.invalidated();
        }
        return done;
    }

    /** Invalidates them in this process at once, and in the store as soon as it takes the invalidation. */
    void invalidateHere(Set<String> tags) {
        tags.forEach(tag -> groups.ofTag(tag).invalidateHere());
        events.invalidated();
    }

    /** Invalidates all entries under the key prefix; false if the store failed, so that only this process does not serve them. */
    boolean clear() {
        boolean done = groups.all().invalidate();
        events.invalidated();
        return done;
    }

    OperationLog log() {
        return log;
    }

    EntryWarnings warnings() {
        return warnings;
    }

    LiveEntries live() {
        return live;
    }

    @Override
    public boolean shared() {
        return guarded.shared();
    }

    @Override
    public boolean divided() {
        return guarded.divided();
    }

    @Override
    public StoreKey keyOfTag(String tag) {
        return tagKeys.of(tag);
    }

    @Override
    public StoreKey keyOfAll() {
        return keyOfAll;
    }

    @Override
    public long[] generations(List<StoreKey> keys) {
        return values.generations(keys);
    }

    @Override
    public long latestGeneration(StoreKey key) {
        try {
            return guarded.latest(key);
        } catch (NoSuchKeyException | CacheValueException e) {
            return 0;
        }
    }

    @Override
    public boolean setGeneration(StoreKey key, long generation, Ttl ttl) {
        return values.setNumber(key, generation, ttl);
    }

    @Override
    public boolean addGeneration(StoreKey key, long generation, Ttl ttl) {
        return values.addNumber(key, generation, ttl);
    }

    @Override
    public boolean delete(StoreKey key) {
        return guarded.delete(key);
    }

    @Override
    public boolean touch(StoreKey key, Ttl ttl) {
        return guarded.touch(key, ttl);
    }

    @Override
    public void retryInASecond(Runnable task) {
        probes.later(task);
    }
}
