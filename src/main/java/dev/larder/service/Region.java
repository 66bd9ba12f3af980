package dev.larder.service;

import dev.larder.CacheBackendException;
import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.group.Group;
import dev.larder.group.Moment;
import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one backend under one version, for {@code @Cache}. Operations throw
 * {@link dev.larder.CacheBackendException} if the backend fails. Thread-safe.
 */
public final class Region {

    private final Backends backends;
    private final NamedBackend backend;
    private final KeyLayout layout;
    private final String id;
    private final AsyncRegion async;

    Region(Backends backends, NamedBackend backend, String version) {
        this.backends = backends;
        this.backend = backend;
        String effective = version.isEmpty() ? backend.settings().version() : version;
        this.id = backend.name() + ' ' + effective.length() + ' ' + effective + ' ';
        this.layout = new KeyLayout(
                backend.settings().keyPrefix(),
                effective,
                backend.guarded().maxKeyBytes(),
                backend.guarded().asciiKeys());
        this.async = new AsyncRegion(this, backend, backends.background());
    }

    /** Identifies the region by backend and version. In a key, what follows the id cannot be mistaken for a part of it. */
    public String id() {
        return id;
    }

    /** Receives the events of the backend. */
    public CacheEvents events() {
        return backend.events();
    }

    /** Counts a read; null for a miss. */
    void countRead(@Nullable Object value) {
        if (value == null) {
            events().miss();
        } else {
            events().hit();
        }
    }

    CacheSettings settings() {
        return backend.settings();
    }

    /** The name of the backend. */
    public String backend() {
        return backend.name();
    }

    /**
     * The store's key of a key.
     *
     * @throws CacheValueException if it has an unpaired surrogate
     */
    public StoreKey key(String key) {
        try {
            return layout.of(key);
        } catch (CacheValueException e) {
            throw new CacheValueException("Backend '" + backend.name() + "', " + e.getMessage(), e);
        }
    }

    /** The value of a live entry, or null if there is none that can be read as this type. */
    public @Nullable Object get(StoreKey key, Type type) {
        return backend.live().get(key, type);
    }

    /** The same for an entry with these tags, in one round trip if the store can. */
    public LiveValue<Object> get(StoreKey key, Type type, TagGroups tags) {
        return backend.live().read(generations -> backend.values().get(key, type, generations), null, tags);
    }

    /** The stored response of a live entry, or null if there is none that can be read. */
    public @Nullable StoredResponse getResponse(StoreKey key, TagGroups tags) {
        return getResponse(key, null, tags).value();
    }

    /**
     * The same, with the generations that were read with it.
     *
     * @param uri the key of the generation of its URI; null if that is not in the store
     */
    public LiveValue<StoredResponse> getResponse(StoreKey key, @Nullable StoreKey uri, TagGroups tags) {
        return backend.live().read(generations -> backend.values().getResponse(key, generations), uri, tags);
    }

    /** The group of the responses of a URI. Its key is persisted: do not change it. */
    public Group groupOfUri(String application, String uri) {
        return backend.groups().ofUri(key("generation " + application + ' ' + uri), uri);
    }

    /** The current moment, for tags that only the response names. */
    public Moment now() {
        return backend.groups().now();
    }

    /** The groups of tags. */
    public TagGroups groupsOf(Collection<String> tags) {
        return backend.groups().ofTags(tags);
    }

    /**
     * The generations of an entry that will be stored, drawn before its value is made.
     *
     * @param tags the current generations of its tags, as they were read
     * @return null if the store does not take them: the entry must not be stored
     */
    public @Nullable Generations begin(TagGroups groups, Map<String, Long> tags) {
        long all = backend.groups().all().begin();
        Map<String, Long> begun = all == 0 ? null : groups.isEmpty() ? Map.of() : groups.begin(tags);
        return begun == null ? null : new Generations(all, begun);
    }

    /** Whether this process has not seen an invalidation of these generations. */
    public boolean mayBeCurrent(Generations generations) {
        return backend.groups().mayBeCurrent(generations);
    }

    /**
     * Stores a value with the tags of this region; false if it is too large for the store.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    boolean set(StoreKey key, Object value, TagGroups tags, Ttl ttl) {
        Generations generations = begin(tags, tags.current());
        if (generations == null) {
            events().notStored(Reason.BACKEND.kebab());
            return false;
        }
        boolean taken = counted(prepare(key, generations, value).store(ttl));
        if (taken) {
            tags.keep(generations.tags(), ttl);
        }
        return taken;
    }

    /** Counts whether the store took a value. */
    boolean counted(boolean taken) {
        if (taken) {
            events().stored();
        } else {
            events().notStored(Reason.BODY_SIZE.kebab());
        }
        return taken;
    }

    /**
     * Prepares a value to be stored, and to be read as its own class.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    PreparedValue prepare(StoreKey key, Generations generations, Object value) {
        return backend.values().prepare(key, generations, value);
    }

    /**
     * Prepares a value to be stored.
     *
     * @param declared the type that it will be read as
     * @throws dev.larder.CacheValueException if it cannot be written, or would read back as another value
     */
    public PreparedValue prepare(StoreKey key, Generations generations, Object value, Type declared) {
        return backend.values().prepare(key, generations, value, declared);
    }

    /** Removes an entry; true if it was live. */
    public boolean delete(StoreKey key) {
        boolean live = backend.live().contains(key);
        return backend.guarded().delete(key) && live;
    }

    /** Removes whatever is under a key. */
    public void remove(StoreKey key) {
        backend.guarded().delete(key);
    }

    /** Gives a live entry a new expiry; false if there is none. */
    boolean touch(StoreKey key, Ttl ttl) {
        Generations generations = backend.live().generationsOf(key);
        if (generations == null || !backend.guarded().touch(key, ttl)) {
            return false;
        }
        groupsOf(generations.tags().keySet()).keep(generations.tags(), ttl);
        return true;
    }

    /** Whether a live entry exists. */
    boolean hasKey(StoreKey key) {
        return backend.live().contains(key);
    }

    /** Adds to a counter. */
    long add(StoreKey key, long delta) {
        return backend.guarded().add(Operation.INCR, key, delta);
    }

    /** Subtracts from a counter. */
    long subtract(StoreKey key, long delta) {
        return subtracted(key, delta, backend.guarded().add(Operation.DECR, key, opposite(delta)));
    }

    /** The number to add in order to subtract a delta; 0 for {@link Long#MIN_VALUE}, which has no opposite. */
    static long opposite(long delta) {
        return delta == Long.MIN_VALUE ? 0 : -delta;
    }

    long subtracted(StoreKey key, long delta, long number) {
        if (delta == Long.MIN_VALUE) {
            throw new CacheValueException("Backend '" + backend() + "', key '" + key.shown() + "': The counter is "
                    + number + " and cannot be increased by 2^63: the maximum is 2^63-1");
        }
        return number;
    }

    /** The asynchronous operations. */
    AsyncRegion async() {
        return async;
    }

    OperationLog log() {
        return backend.log();
    }

    EntryWarnings warnings() {
        return backend.warnings();
    }

    /** The values of live entries, without those that cannot be read as this type. */
    Map<StoreKey, Object> getMany(List<StoreKey> keys, Type type) {
        return keys.isEmpty() ? Map.of() : backend.live().getMany(keys, type);
    }

    /**
     * Stores a prepared value with tags if there is no live entry; false if there is one, or the value is too large for the
     * store.
     */
    boolean addIfAbsent(StoreKey key, PreparedValue prepared, List<String> names, Ttl ttl) {
        TagGroups tags = groupsOf(names);
        Generations generations = begin(tags, tags.current());
        if (generations == null) {
            return false;
        }
        PreparedValue value = prepared.with(generations);
        boolean stored = value.storeIfAbsent(ttl) || replaceDead(key, value, ttl);
        if (stored) {
            tags.keep(generations.tags(), ttl);
        }
        return stored;
    }

    /** Stores a value in place of an entry that an invalidation has ended; false if there is a live one. */
    private boolean replaceDead(StoreKey key, PreparedValue value, Ttl ttl) {
        if (!backend.values().deleteUnless(backend.live()::isLive, key)) {
            return false;
        }
        boolean stored = value.storeIfAbsent(ttl);
        if (!stored && !hasKey(key)) {
            value.reportTooLarge();
        }
        return stored;
    }

    /** Stores prepared values with tags; returns the keys that were not stored. */
    Set<StoreKey> setMany(Map<StoreKey, PreparedValue> prepared, List<String> names, Ttl ttl) {
        TagGroups tags = groupsOf(names);
        Generations generations = prepared.isEmpty() ? null : begin(tags, tags.current());
        if (generations == null) {
            prepared.keySet().forEach(any -> events().notStored(Reason.BACKEND.kebab()));
            return prepared.keySet();
        }
        Map<StoreKey, PreparedValue> values = new LinkedHashMap<>();
        prepared.forEach((key, value) -> values.put(key, value.with(generations)));
        Set<StoreKey> notStored = storeAll(values, ttl);
        if (notStored.size() < prepared.size()) {
            tags.keep(generations.tags(), ttl);
        }
        return notStored;
    }

    private Set<StoreKey> storeAll(Map<StoreKey, PreparedValue> values, Ttl ttl) {
        try {
            Map<StoreKey, Reason> notStored = backend.values().setMany(values, ttl);
            for (StoreKey key : values.keySet()) {
                Reason reason = notStored.get(key);
                if (reason == null) {
                    events().stored();
                } else {
                    events().notStored(reason.kebab());
                }
            }
            return notStored.keySet();
        } catch (CacheBackendException e) {
            values.keySet().forEach(any -> events().notStored(Reason.BACKEND.kebab()));
            throw e;
        }
    }

    /** Removes several entries; returns how many of them were live. */
    int deleteMany(Collection<StoreKey> keys) {
        if (keys.isEmpty()) {
            return 0;
        }
        int live = backend.live().count(List.copyOf(keys));
        return Math.min(live, backend.guarded().deleteMany(keys).entries());
    }

    /** Removes whatever is under several keys; returns the keys that were not removed, because one of several servers failed. */
    Set<StoreKey> removeMany(Collection<StoreKey> keys) {
        if (keys.isEmpty() || backend.guarded().deleteMany(keys).complete()) {
            return Set.of();
        }
        return keys.stream().filter(key -> !isRemoved(key)).collect(Collectors.toSet());
    }

    private boolean isRemoved(StoreKey key) {
        try {
            remove(key);
            return true;
        } catch (CacheBackendException e) { // logged by the failure policy
            return false;
        }
    }

    /** Ends all entries but counters under the key prefix of the backend; false if the store failed. */
    boolean clear() {
        return backend.clear();
    }

    /** Stores a response; false if it is too large for the store. */
    public boolean setResponse(StoreKey key, Generations generations, StoredResponse response, Ttl ttl) {
        return backend.values().setResponse(key, generations, response, ttl);
    }

    /**
     * Stores something without delaying a response: on another thread if the backend waits for a network or a disk.
     *
     * @param store throws nothing
     * @return false if {@code store} will not run, because too many writes are waiting
     */
    public boolean later(Runnable store) {
        if (backend.guarded().waits()) {
            return backends.background().store(store);
        }
        store.run();
        return true;
    }
}
