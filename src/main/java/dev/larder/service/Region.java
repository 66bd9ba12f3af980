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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
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
    }

    /** Tells regions apart: backend and version. What is behind it in a key cannot be mistaken for a part of it. */
    public String id() {
        return id;
    }

    /** Receives the events of the backend. */
    public CacheEvents events() {
        return backend.events();
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

    /** The same for an entry whose tags are known: in one round trip where the store can. */
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

    /** Now, for the tags that are learnt only from a response. */
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

    /** Whether no invalidation has ended generations, as far as this process knows. */
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
    private boolean counted(boolean taken) {
        if (taken) {
            events().stored();
        } else {
            events().notStored(Reason.BODY_SIZE.kebab());
        }
        return taken;
    }

    /**
     * Makes a value ready to be stored later and to be read as its own class.
     *
     * @throws dev.larder.CacheValueException if it cannot be written
     */
    PreparedValue prepare(StoreKey key, Generations generations, Object value) {
        return backend.values().prepare(key, generations, value);
    }

    /**
     * Makes a value ready to be stored later.
     *
     * @param declared what it will be read as
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

    /** What to add to subtract a delta; 0 for {@link Long#MIN_VALUE}, which has no opposite. */
    private static long opposite(long delta) {
        return delta == Long.MIN_VALUE ? 0 : -delta;
    }

    private long subtracted(StoreKey key, long delta, long number) {
        if (delta == Long.MIN_VALUE) {
            throw new CacheValueException("Backend '" + backend() + "', key '" + key.shown() + "': The counter is "
                    + number + " and cannot be increased by 2^63: at most 2^63-1 is counted");
        }
        return number;
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

    /** Stores prepared values with tags; those that were not stored. */
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

    /** Removes several entries; how many of them were live. */
    int deleteMany(Collection<StoreKey> keys) {
        if (keys.isEmpty()) {
            return 0;
        }
        int live = backend.live().count(List.copyOf(keys));
        return Math.min(live, backend.guarded().deleteMany(keys).entries());
    }

    /** Removes whatever is under several keys; those whose server of several failed. */
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

    /**
     * Runs an operation on a thread of ours if the backend waits for a network or a disk, else on the caller's.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many operations are pending
     */
    <T extends @Nullable Object> CompletionStage<T> onThreads(Supplier<T> operation) {
        return backend.guarded().waits() ? onBackground(operation) : CompletableFuture.completedStage(operation.get());
    }

    // asynchronous operations: they throw RejectedExecutionException if too many are pending

    /** The asynchronous form of {@link #get(StoreKey, Type)}. */
    <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Object, T> then) {
        return refreshed(() -> backend.values()
                .getAsync(key, type, entry -> then.apply(backend.live().valueOrNull(entry))));
    }

    /** The asynchronous form of {@link #set}. The value is written now: the caller may change it afterwards. */
    CompletionStage<Boolean> setAsync(StoreKey key, Object value, TagGroups tags, Ttl ttl) {
        PreparedValue prepared = prepare(key, Generations.NONE, value);
        return onBackgroundIfDue(tags, () -> begin(tags, tags.current())).thenCompose(generations -> {
            if (generations == null) {
                events().notStored(Reason.BACKEND.kebab());
                return CompletableFuture.completedStage(false);
            }
            CompletionStage<Boolean> written =
                    prepared.with(generations).storeAsync(ttl).thenApply(this::counted);
            return keepAfter(written, tags, generations, ttl);
        });
    }

    /** Keeps the generations of an entry's tags as long as the entry, once that is written. */
    private CompletionStage<Boolean> keepAfter(
            CompletionStage<Boolean> written, TagGroups tags, Generations generations, Ttl ttl) {
        if (tags.isEmpty()) {
            return written;
        }
        return written.thenCompose(taken -> !taken
                ? CompletableFuture.completedStage(false)
                : onThreads(() -> {
                    tags.keep(generations.tags(), ttl);
                    return true;
                }));
    }

    /** The asynchronous form of {@link #delete}. */
    CompletionStage<Boolean> deleteAsync(StoreKey key) {
        return hasKeyAsync(key).thenCompose(live -> backend.guarded().deleteAsync(key, deleted -> deleted && live));
    }

    /** Ends an entry, if there is one; true. */
    CompletionStage<Boolean> endAsync(StoreKey key) {
        return backend.guarded().deleteAsync(key, deleted -> true);
    }

    /** The asynchronous form of {@link #hasKey}. */
    CompletionStage<Boolean> hasKeyAsync(StoreKey key) {
        return refreshed(() -> backend.values().generationsOfAsync(key, backend.live()::isLive));
    }

    /** The asynchronous form of {@link #touch}. */
    CompletionStage<Boolean> touchAsync(StoreKey key, Ttl ttl) {
        return refreshed(() -> backend.values().generationsOfAsync(key, backend.live()::liveOrNull))
                .thenCompose(generations -> generations == null
                        ? CompletableFuture.completedStage(false)
                        : keepAfter(
                                backend.guarded().touchAsync(key, ttl),
                                groupsOf(generations.tags().keySet()),
                                generations,
                                ttl));
    }

    /** Runs an operation after the generation of all entries was read, if that is due. */
    private <T> CompletionStage<T> refreshed(Supplier<CompletionStage<T>> operation) {
        if (backend.groups().all().due() == null) {
            return operation.get();
        }
        return onBackground(() -> {
                    backend.groups().all().refresh();
                    return true;
                })
                .thenCompose(any -> operation.get());
    }

    private <T> CompletionStage<T> onBackgroundIfDue(TagGroups tags, Supplier<T> operation) {
        return backend.groups().all().isKnown() && tags.keys().isEmpty()
                ? CompletableFuture.completedStage(operation.get())
                : onBackground(operation);
    }

    private <T extends @Nullable Object> CompletionStage<T> onBackground(Supplier<T> operation) {
        Background background = backends.background();
        return background.start(() -> background.run(operation), this::valueOrThrow, Runnable::run);
    }

    private <T extends @Nullable Object> T valueOrThrow(T value, @Nullable Throwable failure) {
        if (failure instanceof RuntimeException thrown) {
            throw backends.background().isClosed() ? new Background.Undeployed() : thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        return value;
    }

    /** The asynchronous form of {@link #add}. */
    CompletionStage<Long> addAsync(StoreKey key, long delta) {
        return backend.guarded().addAsync(Operation.INCR, key, delta, number -> number);
    }

    /** The asynchronous form of {@link #subtract}. */
    CompletionStage<Long> subtractAsync(StoreKey key, long delta) {
        return backend.guarded()
                .addAsync(Operation.DECR, key, opposite(delta), number -> subtracted(key, delta, number));
    }

    /** Stores a response; false if it is too large for the store. */
    public boolean setResponse(StoreKey key, Generations generations, StoredResponse response, Ttl ttl) {
        return backend.values().setResponse(key, generations, response, ttl);
    }

    /**
     * Stores something: at once where that waits for nothing, else on another thread, so that no response is delayed.
     *
     * @param store throws nothing
     * @return false if too much waits to be stored already: it is not done
     */
    public boolean later(Runnable store) {
        if (backend.guarded().waits()) {
            return backends.background().store(store);
        }
        store.run();
        return true;
    }
}
