package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.Cache;
import dev.larder.CacheBackendException;
import dev.larder.CacheStatistics;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import dev.larder.OnError;
import dev.larder.http.Reason;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.CountsSnapshot;
import dev.larder.statistics.StoreState;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The published service on one backend and version. */
public final class CacheService implements ICacheService {

    private static final OperationLog ALL = new OperationLog("all backends");

    private final Backends backends;
    private final Invalidations invalidations;
    private final Region region;
    private final String version;
    private final List<String> tags;
    private final boolean throwing;
    private final CacheEvents events;

    CacheService(Backends backends, Invalidations invalidations, String name, String version, List<String> tags) {
        this.backends = backends;
        this.invalidations = invalidations;
        this.version = version;
        this.tags = tags;
        this.region = backends.region(name, version);
        this.throwing = region.settings().onError() == OnError.THROW;
        this.events = region.events();
    }

    @Override
    public ICacheService backend(String name) {
        return new CacheService(backends, invalidations, requireNonNull(name, "name"), version, tags);
    }

    @Override
    public ICacheService version(String version) {
        return new CacheService(backends, invalidations, region.backend(), requireNonNull(version, "version"), tags);
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return read(requireNonNull(key, "key"), requireNonNull(type, "type"));
    }

    @Override
    public <T> Optional<T> get(String key, TypeLiteral<T> type) {
        return read(requireNonNull(key, "key"), requireNonNull(type, "type").getType());
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> Optional<T> read(String key, Type type) {
        StoreKey stored = region.key(key);
        return orElse("get", key, Optional.empty(), () -> {
            Object value = null;
            try {
                value = region.get(stored, type);
            } finally {
                countRead(value);
            }
            return Optional.ofNullable((T) value);
        });
    }

    @Override
    public boolean set(String key, Object value) {
        return set(key, value, region.settings().ttl());
    }

    @Override
    public boolean set(String key, Object value, Duration ttl) {
        requireNonNull(value, "value");
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse("set", key, false, () -> {
            if (hasExpired(ttl)) {
                region.remove(stored);
                return true;
            }
            return countingFailure(() -> region.set(stored, value, region.groupsOf(tags), new Ttl(ttl)));
        });
    }

    private boolean countRemoved(boolean removed) {
        if (removed) {
            events.removed(1);
        }
        return removed;
    }

    private void countRead(@Nullable Object value) {
        if (value == null) {
            events.miss();
        } else {
            events.hit();
        }
    }

    @Override
    public boolean delete(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse("delete", key, false, () -> countRemoved(region.delete(stored)));
    }

    @Override
    public boolean hasKey(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse("hasKey", key, false, () -> region.hasKey(stored));
    }

    @Override
    public boolean touch(String key) {
        return touch(key, region.settings().ttl());
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(
                "touch",
                key,
                false,
                () -> hasExpired(ttl) ? region.delete(stored) : region.touch(stored, new Ttl(ttl)));
    }

    private static boolean hasExpired(Duration ttl) {
        return requireNonNull(ttl, "ttl").isZero() || ttl.isNegative();
    }

    @Override
    public long incr(String key, long delta) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return logged("incr", key, () -> region.add(stored, delta));
    }

    @Override
    public long decr(String key, long delta) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return logged("decr", key, () -> region.subtract(stored, delta));
    }

    @Override
    public boolean add(String key, Object value) {
        return add(key, value, region.settings().ttl());
    }

    @Override
    public boolean add(String key, Object value, Duration ttl) {
        Supplier<Boolean> operation = adding(key, value, ttl);
        return orElse("add", key, false, operation);
    }

    @Override
    public CompletionStage<Boolean> addAsync(String key, Object value) {
        return addAsync(key, value, region.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> addAsync(String key, Object value, Duration ttl) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(ttl, "ttl");
        return startOnThreads("add", key, false, () -> adding(key, value, ttl));
    }

    /** Writes the value now, and stores it later. */
    private Supplier<Boolean> adding(String key, Object value, Duration ttl) {
        requireNonNull(value, "value");
        StoreKey stored = region.key(requireNonNull(key, "key"));
        if (hasExpired(ttl)) {
            return () -> !region.hasKey(stored);
        }
        PreparedValue prepared = region.prepare(stored, Generations.NONE, value);
        return () -> {
            boolean added = countingFailure(() -> region.addIfAbsent(stored, prepared, tags, new Ttl(ttl)));
            if (added) {
                events.stored();
            }
            return added;
        };
    }

    private <T> T countingFailure(Supplier<T> write) {
        try {
            return write.get();
        } catch (CacheBackendException e) {
            events.notStored(Reason.BACKEND.kebab());
            throw e;
        }
    }

    @Override
    public <T> @Nullable T getOrSet(String key, Class<T> type, Supplier<? extends @Nullable T> loader) {
        return load(key, requireNonNull(type, "type"), region.settings().ttl(), loader);
    }

    @Override
    public <T> @Nullable T getOrSet(String key, Class<T> type, Duration ttl, Supplier<? extends @Nullable T> loader) {
        return load(key, requireNonNull(type, "type"), ttl, loader);
    }

    @Override
    public <T> @Nullable T getOrSet(String key, TypeLiteral<T> type, Supplier<? extends @Nullable T> loader) {
        return load(
                key, requireNonNull(type, "type").getType(), region.settings().ttl(), loader);
    }

    @Override
    public <T> @Nullable T getOrSet(
            String key, TypeLiteral<T> type, Duration ttl, Supplier<? extends @Nullable T> loader) {
        return load(key, requireNonNull(type, "type").getType(), ttl, loader);
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> @Nullable T load(String key, Type type, Duration ttl, Supplier<? extends @Nullable T> loader) {
        requireNonNull(loader, "loader");
        return (T) backends.loads().get(loadOf(key, type, ttl), loader);
    }

    private Loads.Load loadOf(String key, Type type, Duration ttl) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return new Loads.Load(region, stored, type, tags, hasExpired(ttl) ? null : new Ttl(ttl));
    }

    @Override
    public <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, Class<T> type, Supplier<? extends CompletionStage<T>> loader) {
        return loadAsync(key, requireNonNull(type, "type"), region.settings().ttl(), loader);
    }

    @Override
    public <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, Class<T> type, Duration ttl, Supplier<? extends CompletionStage<T>> loader) {
        return loadAsync(key, requireNonNull(type, "type"), ttl, loader);
    }

    @Override
    public <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, TypeLiteral<T> type, Supplier<? extends CompletionStage<T>> loader) {
        return loadAsync(
                key, requireNonNull(type, "type").getType(), region.settings().ttl(), loader);
    }

    @Override
    public <T> CompletionStage<@Nullable T> getOrSetAsync(
            String key, TypeLiteral<T> type, Duration ttl, Supplier<? extends CompletionStage<T>> loader) {
        return loadAsync(key, requireNonNull(type, "type").getType(), ttl, loader);
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> CompletionStage<@Nullable T> loadAsync(
            String key, Type type, Duration ttl, Supplier<? extends CompletionStage<T>> loader) {
        requireNonNull(key, "key");
        requireNonNull(ttl, "ttl");
        requireNonNull(loader, "loader");
        CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        try {
            var unused = backends.loads()
                    .getAsync(loadOf(key, type, ttl), loader)
                    .whenComplete((value, failure) -> {
                        if (failure == null) {
                            result.complete((T) value);
                        } else {
                            result.completeExceptionally(unwrapped(failure));
                        }
                    });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    @Override
    public <T> Map<String, T> getMany(Collection<String> keys, Class<T> type) {
        return readMany(keys, requireNonNull(type, "type"));
    }

    @Override
    public <T> Map<String, T> getMany(Collection<String> keys, TypeLiteral<T> type) {
        return readMany(keys, requireNonNull(type, "type").getType());
    }

    private <T> Map<String, T> readMany(Collection<String> keys, Type type) {
        Map<String, StoreKey> stored = keys(keysOf(keys));
        return this.<Map<String, T>>orElse("getMany", stored.keySet(), new LinkedHashMap<>(), () -> {
            Map<String, T> hits = Map.of();
            try {
                hits = hits(stored, type);
            } finally {
                countReads(stored.keySet(), hits);
            }
            return hits;
        });
    }

    @Override
    public <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, Class<T> type) {
        return readManyAsync(keys, requireNonNull(type, "type"));
    }

    @Override
    public <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, TypeLiteral<T> type) {
        return readManyAsync(keys, requireNonNull(type, "type").getType());
    }

    private <T> CompletionStage<Map<String, T>> readManyAsync(Collection<String> keys, Type type) {
        Set<String> distinct = keysOf(keys);
        return start("getMany", distinct, new LinkedHashMap<>(), () -> {
            Map<String, StoreKey> stored = keys(distinct);
            return CacheService.<Map<String, T>>counted(
                    () -> region.onThreads(() -> hits(stored, type)),
                    hits -> countReads(distinct, hits),
                    () -> countReads(distinct, Map.of()));
        });
    }

    private void countReads(Set<String> keys, Map<String, ?> hits) {
        keys.forEach(key -> countRead(hits.get(key)));
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> Map<String, T> hits(Map<String, StoreKey> keys, Type type) {
        Map<StoreKey, Object> values = region.getMany(List.copyOf(keys.values()), type);
        Map<String, T> hits = new LinkedHashMap<>();
        for (Map.Entry<String, StoreKey> key : keys.entrySet()) {
            Object value = values.get(key.getValue());
            if (value != null) {
                hits.put(key.getKey(), (T) value);
            }
        }
        return hits;
    }

    /** The distinct keys, in their order. */
    private static Set<String> keysOf(Collection<String> keys) {
        Set<String> distinct = new LinkedHashSet<>(requireNonNull(keys, "keys"));
        distinct.forEach(key -> requireNonNull(key, "key"));
        return distinct;
    }

    private Map<String, StoreKey> keys(Set<String> distinct) {
        Map<String, StoreKey> stored = new LinkedHashMap<>();
        distinct.forEach(key -> stored.put(key, region.key(key)));
        return stored;
    }

    @Override
    public Set<String> setMany(Map<String, ?> entries) {
        return setMany(entries, region.settings().ttl());
    }

    @Override
    public Set<String> setMany(Map<String, ?> entries, Duration ttl) {
        Map<String, ?> copy = copyOf(entries);
        Supplier<Set<String>> operation = settingMany(copy, ttl);
        return orElse("setMany", copy.keySet(), keysOf(copy.keySet()), operation);
    }

    @Override
    public CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries) {
        return setManyAsync(entries, region.settings().ttl());
    }

    @Override
    public CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries, Duration ttl) {
        Map<String, ?> copy = copyOf(entries);
        requireNonNull(ttl, "ttl");
        return startOnThreads("setMany", copy.keySet(), keysOf(copy.keySet()), () -> settingMany(copy, ttl));
    }

    private static Map<String, ?> copyOf(Map<String, ?> entries) {
        Map<String, ?> copy = new LinkedHashMap<>(requireNonNull(entries, "entries"));
        copy.forEach((key, value) -> {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
        });
        return copy;
    }

    /** Writes the values now, and stores them later: if one cannot be written, none is stored. */
    private Supplier<Set<String>> settingMany(Map<String, ?> entries, Duration ttl) {
        Map<StoreKey, String> keys = new LinkedHashMap<>();
        Map<StoreKey, PreparedValue> prepared = new LinkedHashMap<>();
        boolean ends = hasExpired(ttl);
        entries.forEach((key, value) -> {
            StoreKey stored = region.key(key);
            keys.put(stored, key);
            if (!ends) {
                prepared.put(stored, region.prepare(stored, Generations.NONE, value));
            }
        });
        return () -> {
            Set<String> notStored = new LinkedHashSet<>();
            Set<StoreKey> left = ends ? region.removeMany(keys.keySet()) : region.setMany(prepared, tags, new Ttl(ttl));
            left.forEach(key -> notStored.add(keys.get(key)));
            return notStored;
        };
    }

    @Override
    public int deleteMany(Collection<String> keys) {
        Map<String, StoreKey> stored = keys(keysOf(keys));
        return orElse("deleteMany", stored.keySet(), 0, () -> deleted(stored.values()));
    }

    @Override
    public CompletionStage<Integer> deleteManyAsync(Collection<String> keys) {
        Set<String> distinct = keysOf(keys);
        return startOnThreads("deleteMany", distinct, 0, () -> {
            Map<String, StoreKey> stored = keys(distinct);
            return () -> deleted(stored.values());
        });
    }

    private int deleted(Collection<StoreKey> keys) {
        int deleted = region.deleteMany(keys);
        events.removed(deleted);
        return deleted;
    }

    @Override
    public boolean clear() {
        return orElse("clear", null, false, this::cleared);
    }

    @Override
    public CompletionStage<Boolean> clearAsync() {
        return startOnThreads("clear", null, false, () -> this::cleared);
    }

    private boolean cleared() {
        boolean done = region.clear();
        if (!done && throwing) {
            throw new CacheBackendException("Backend '" + region.backend()
                    + "' failed to clear: this process serves none of its entries, and tries again each second");
        }
        return done;
    }

    @Override
    public boolean invalidate(String... tags) {
        List<String> copy = List.of(tags);
        boolean done = invalidations.invalidate(copy);
        ALL.done("invalidate", tags, done);
        return done;
    }

    @Override
    public CompletionStage<Boolean> invalidateAsync(String... tags) {
        List<String> copy = List.of(tags);
        try {
            return invalidations.invalidateAsync(copy).whenComplete((done, failure) -> {
                if (failure == null) {
                    ALL.done("invalidate", tags, done);
                } else {
                    ALL.failed("invalidate", tags, failure);
                }
            });
        } catch (CacheValueException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CacheStatistics statistics() {
        BackendStatistics current = backends.statistics().backend(region.backend());
        CountsSnapshot counts = current.counts();
        StoreState store = current.store();
        return new CacheStatistics(
                counts.hits(),
                counts.misses(),
                counts.stale(),
                counts.puts(),
                counts.invalidations(),
                store.evictions(),
                counts.failures(),
                store.entries(),
                store.bytes());
    }

    @Override
    public ICacheService tags(String... tags) {
        Set<String> distinct = new LinkedHashSet<>(List.of(tags));
        distinct.forEach(Invalidations::check);
        if (distinct.size() > Cache.MAX_TAGS) {
            throw new CacheValueException(
                    "These are " + distinct.size() + " tags, but an entry has at most " + Cache.MAX_TAGS);
        }
        return new CacheService(backends, invalidations, region.backend(), version, List.copyOf(distinct));
    }

    private <T> T logged(String name, @Nullable Object subject, Supplier<T> operation) {
        try {
            T result = operation.get();
            region.log().done(name, subject, result);
            return result;
        } catch (RuntimeException e) {
            region.log().failed(name, subject, e);
            throw e;
        }
    }

    /** What an operation returns, or what stands for it when the backend fails. */
    private <T> T orElse(String name, @Nullable Object subject, T whenFailed, Supplier<T> operation) {
        try {
            return logged(name, subject, operation);
        } catch (CacheBackendException e) {
            if (throwing) {
                throw e;
            }
            return whenFailed;
        }
    }

    @Override
    public <T> CompletionStage<Optional<T>> getAsync(String key, Class<T> type) {
        return readAsync(requireNonNull(key, "key"), requireNonNull(type, "type"));
    }

    @Override
    public <T> CompletionStage<Optional<T>> getAsync(String key, TypeLiteral<T> type) {
        return readAsync(
                requireNonNull(key, "key"), requireNonNull(type, "type").getType());
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> CompletionStage<Optional<T>> readAsync(String key, Type type) {
        return start(
                "get",
                key,
                Optional.empty(),
                stored -> counted(
                        () -> region.getAsync(stored, type, value -> Optional.ofNullable((T) value)),
                        value -> countRead(value.orElse(null)),
                        events::miss));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value) {
        return setAsync(key, value, region.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value, Duration ttl) {
        requireNonNull(value, "value");
        requireNonNull(key, "key");
        return hasExpired(ttl)
                ? start("set", key, false, stored -> region.endAsync(stored))
                // written now: the caller may change the value afterwards
                : start(
                        "set",
                        key,
                        false,
                        stored -> counted(
                                () -> region.setAsync(stored, value, region.groupsOf(tags), new Ttl(ttl)),
                                any -> {},
                                () -> events.notStored(Reason.BACKEND.kebab())));
    }

    /** Counts how an operation ends, whether it fails at once or later, before its caller knows. */
    private static <T> CompletionStage<T> counted(
            Supplier<CompletionStage<T>> operation, Consumer<T> whenDone, Runnable whenFailed) {
        CompletionStage<T> stage;
        try {
            stage = operation.get();
        } catch (RuntimeException e) {
            whenFailed.run();
            throw e;
        }
        return stage.whenComplete((result, failure) -> {
            if (failure == null) {
                whenDone.accept(result);
            } else {
                whenFailed.run();
            }
        });
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        requireNonNull(key, "key");
        return start(
                "delete",
                key,
                false,
                stored -> counted(() -> region.deleteAsync(stored), this::countRemoved, () -> {}));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        requireNonNull(key, "key");
        return start("hasKey", key, false, stored -> region.hasKeyAsync(stored));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key) {
        return touchAsync(key, region.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Duration ttl) {
        requireNonNull(key, "key");
        return hasExpired(ttl)
                ? start("touch", key, false, stored -> region.deleteAsync(stored))
                : start("touch", key, false, stored -> region.touchAsync(stored, new Ttl(ttl)));
    }

    @Override
    public CompletionStage<Long> incrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return start("incr", key, null, stored -> region.addAsync(stored, delta));
    }

    @Override
    public CompletionStage<Long> decrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return start("decr", key, null, stored -> region.subtractAsync(stored, delta));
    }

    /**
     * Starts an operation where it may wait.
     *
     * @param operation checks keys and writes values now, and returns what is to be run
     */
    private <T> CompletionStage<T> startOnThreads(
            String name, @Nullable Object subject, T whenFailed, Supplier<Supplier<T>> operation) {
        return start(name, subject, whenFailed, () -> region.onThreads(operation.get()));
    }

    private <T> CompletionStage<T> start(
            String name, String key, @Nullable T whenFailed, Function<StoreKey, CompletionStage<T>> operation) {
        return start(name, key, whenFailed, () -> operation.apply(region.key(key)));
    }

    /**
     * Starts an operation. If the key is not valid or too many operations are pending, the returned stage fails.
     *
     * @param whenFailed the result when the backend fails; null if the stage fails then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the result
    private <T> CompletionStage<T> start(
            String name, @Nullable Object subject, @Nullable T whenFailed, Supplier<CompletionStage<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            operation.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    region.log().done(name, subject, value);
                    result.complete(value);
                } else {
                    region.log().failed(name, subject, unwrapped(failure));
                    fail(result, whenFailed, failure);
                }
            });
        } catch (RuntimeException e) {
            region.log().failed(name, subject, e);
            fail(result, whenFailed, e);
        }
        return result;
    }

    private <T> void fail(CompletableFuture<T> result, @Nullable T whenFailed, Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof RejectedExecutionException) {
            failure = new CacheBackendException(
                    "Backend '" + region.backend() + "' has too many asynchronous operations waiting", failure);
        }
        boolean failed = failure instanceof CacheBackendException && !(failure instanceof Background.Undeployed);
        if (failed && whenFailed != null && !throwing) {
            result.complete(whenFailed);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** The failure itself: a stage that follows another one wraps it. */
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
