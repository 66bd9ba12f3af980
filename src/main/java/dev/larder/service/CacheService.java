package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.Cache;
import dev.larder.CacheBackendException;
import dev.larder.CacheStatistics;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final CacheEvents events;
    private final Operations operations;
    private final ManyEntries many;

    CacheService(Backends backends, Invalidations invalidations, String name, String version, List<String> tags) {
        this.backends = backends;
        this.invalidations = invalidations;
        this.version = version;
        this.tags = tags;
        this.region = backends.region(name, version);
        this.events = region.events();
        this.operations = new Operations(region);
        this.many = new ManyEntries(region, operations, tags);
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
        return operations.run("get", key, Optional.empty(), () -> {
            Object value = null;
            try {
                value = region.get(stored, type);
            } finally {
                region.countRead(value);
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
        return operations.run("set", key, false, () -> {
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

    @Override
    public boolean delete(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return operations.run("delete", key, false, () -> countRemoved(region.delete(stored)));
    }

    @Override
    public boolean hasKey(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return operations.run("hasKey", key, false, () -> region.hasKey(stored));
    }

    @Override
    public boolean touch(String key) {
        return touch(key, region.settings().ttl());
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return operations.run(
                "touch",
                key,
                false,
                () -> hasExpired(ttl) ? region.delete(stored) : region.touch(stored, new Ttl(ttl)));
    }

    static boolean hasExpired(Duration ttl) {
        return requireNonNull(ttl, "ttl").isZero() || ttl.isNegative();
    }

    @Override
    public long incr(String key, long delta) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return operations.logged("incr", key, () -> region.add(stored, delta));
    }

    @Override
    public long decr(String key, long delta) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return operations.logged("decr", key, () -> region.subtract(stored, delta));
    }

    @Override
    public boolean add(String key, Object value) {
        return add(key, value, region.settings().ttl());
    }

    @Override
    public boolean add(String key, Object value, Duration ttl) {
        Supplier<Boolean> operation = adding(key, value, ttl);
        return operations.run("add", key, false, operation);
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
        return operations.startOnThreads("add", key, false, () -> adding(key, value, ttl));
    }

    /** Writes the value now, and stores it asynchronously. */
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
                            result.completeExceptionally(Operations.unwrapped(failure));
                        }
                    });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    @Override
    public <T> Map<String, T> getMany(Collection<String> keys, Class<T> type) {
        return many.get(keys, requireNonNull(type, "type"));
    }

    @Override
    public <T> Map<String, T> getMany(Collection<String> keys, TypeLiteral<T> type) {
        return many.get(keys, requireNonNull(type, "type").getType());
    }

    @Override
    public <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, Class<T> type) {
        return many.getAsync(keys, requireNonNull(type, "type"));
    }

    @Override
    public <T> CompletionStage<Map<String, T>> getManyAsync(Collection<String> keys, TypeLiteral<T> type) {
        return many.getAsync(keys, requireNonNull(type, "type").getType());
    }

    @Override
    public Set<String> setMany(Map<String, ?> entries) {
        return setMany(entries, region.settings().ttl());
    }

    @Override
    public Set<String> setMany(Map<String, ?> entries, Duration ttl) {
        return many.set(entries, ttl);
    }

    @Override
    public CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries) {
        return setManyAsync(entries, region.settings().ttl());
    }

    @Override
    public CompletionStage<Set<String>> setManyAsync(Map<String, ?> entries, Duration ttl) {
        return many.setAsync(entries, ttl);
    }

    @Override
    public int deleteMany(Collection<String> keys) {
        return many.delete(keys);
    }

    @Override
    public CompletionStage<Integer> deleteManyAsync(Collection<String> keys) {
        return many.deleteAsync(keys);
    }

    @Override
    public boolean clear() {
        return operations.run("clear", null, false, this::cleared);
    }

    @Override
    public CompletionStage<Boolean> clearAsync() {
        return operations.startOnThreads("clear", null, false, () -> this::cleared);
    }

    private boolean cleared() {
        boolean done = region.clear();
        if (!done && operations.areThrowing()) {
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
        return operations.start(
                "get",
                key,
                Optional.empty(),
                stored -> Operations.counted(
                        () -> region.async().get(stored, type, value -> Optional.ofNullable((T) value)),
                        value -> region.countRead(value.orElse(null)),
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
                ? operations.start("set", key, false, stored -> region.async().end(stored))
                // written now, so the caller may change the value afterwards
                : operations.start(
                        "set",
                        key,
                        false,
                        stored -> Operations.counted(
                                () -> region.async().set(stored, value, region.groupsOf(tags), new Ttl(ttl)),
                                any -> {},
                                () -> events.notStored(Reason.BACKEND.kebab())));
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        requireNonNull(key, "key");
        return operations.start(
                "delete",
                key,
                false,
                stored -> Operations.counted(() -> region.async().delete(stored), this::countRemoved, () -> {}));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        requireNonNull(key, "key");
        return operations.start("hasKey", key, false, stored -> region.async().hasKey(stored));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key) {
        return touchAsync(key, region.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Duration ttl) {
        requireNonNull(key, "key");
        return hasExpired(ttl)
                ? operations.start("touch", key, false, stored -> region.async().delete(stored))
                : operations.start("touch", key, false, stored -> region.async().touch(stored, new Ttl(ttl)));
    }

    @Override
    public CompletionStage<Long> incrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return operations.start("incr", key, null, stored -> region.async().add(stored, delta));
    }

    @Override
    public CompletionStage<Long> decrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return operations.start("decr", key, null, stored -> region.async().subtract(stored, delta));
    }
}
