package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheBackendException;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import dev.larder.OnError;
import dev.larder.key.StoreKey;
import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.Ttl;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The published service on one backend and version. */
public final class CacheService implements ICacheService {

    private final Backends backends;
    private final Region region;
    private final NamedBackend backend;
    private final String version;
    private final boolean throwing;

    CacheService(Backends backends, NamedBackend backend, String version) {
        this.backends = backends;
        this.backend = backend;
        this.version = version;
        this.region = new Region(backends, backend, version);
        this.throwing = backend.settings().onError() == OnError.THROW;
    }

    @Override
    public ICacheService backend(String name) {
        return new CacheService(backends, backends.named(requireNonNull(name, "name")), version);
    }

    @Override
    public ICacheService version(String version) {
        return new CacheService(backends, backend, requireNonNull(version, "version"));
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return read(requireNonNull(key, "key"), requireNonNull(type, "type"));
    }

    @Override
    public <T> Optional<T> get(String key, TypeLiteral<T> type) {
        return read(requireNonNull(key, "key"), requireNonNull(type, "type").getType());
    }

    @SuppressWarnings("unchecked") // the values answer nothing that is not of the type
    private <T> Optional<T> read(String key, Type type) {
        return orElse(Optional.empty(), () -> Optional.ofNullable((T) region.get(region.key(key), type)));
    }

    @Override
    public boolean set(String key, Object value) {
        return set(key, value, backend.settings().ttl());
    }

    @Override
    public boolean set(String key, Object value, Duration ttl) {
        requireNonNull(value, "value");
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> {
            if (over(ttl)) {
                backend.guarded().delete(stored);
                return true;
            }
            return region.set(stored, value, new Ttl(ttl));
        });
    }

    @Override
    public boolean delete(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> backend.guarded().delete(stored));
    }

    @Override
    public boolean hasKey(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> backend.guarded().hasKey(stored));
    }

    @Override
    public boolean touch(String key) {
        return touch(key, backend.settings().ttl());
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(
                false,
                () -> over(ttl)
                        ? backend.guarded().delete(stored)
                        : backend.guarded().touch(stored, new Ttl(ttl)));
    }

    private static boolean over(Duration ttl) {
        return requireNonNull(ttl, "ttl").isZero() || ttl.isNegative();
    }

    @Override
    public long incr(String key, long delta) {
        return backend.guarded().add("incr", region.key(requireNonNull(key, "key")), delta);
    }

    @Override
    public long decr(String key, long delta) {
        long number = backend.guarded().add("decr", region.key(requireNonNull(key, "key")), opposite(delta));
        return subtracted(key, delta, number);
    }

    /** What to add to subtract a delta; of {@link Long#MIN_VALUE}, which has no opposite, nothing. */
    private static long opposite(long delta) {
        return delta == Long.MIN_VALUE ? 0 : -delta;
    }

    /** The new number, unless the delta is {@link Long#MIN_VALUE}: any number plus 2^63 is above the range. */
    private long subtracted(String key, long delta, long number) {
        if (delta == Long.MIN_VALUE) {
            throw new CacheValueException("Backend '" + backend.name() + "', key '"
                    + region.key(key).shown() + "': The counter is " + number
                    + " and cannot be increased by 2^63: at most 2^63-1 is counted");
        }
        return number;
    }

    /**
     * What an operation answers, or what it answers when the backend is broken.
     *
     * @param whenBroken null if there is no answer then
     */
    private <T> T orElse(@Nullable T whenBroken, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (CacheBackendException e) {
            if (throwing || whenBroken == null) {
                throw e;
            }
            return whenBroken;
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

    @SuppressWarnings("unchecked") // the values answer nothing that is not of the type
    private <T> CompletionStage<Optional<T>> readAsync(String key, Type type) {
        AsyncCacheBackend later = backend.later();
        if (later != null && backend.values() instanceof EncodedValues values) {
            StoreKey stored = region.key(key);
            return later(
                    Optional.empty(),
                    "get",
                    stored,
                    k -> later.getAsync(k.text()),
                    bytes -> Optional.ofNullable((T) values.decoded(stored, bytes, type)));
        }
        return async(Optional.empty(), () -> read(key, type));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value) {
        return setAsync(key, value, backend.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value, Duration ttl) {
        requireNonNull(value, "value");
        StoreKey stored = region.key(requireNonNull(key, "key"));
        boolean over = over(ttl);
        AsyncCacheBackend later = backend.later();
        if (later != null && backend.values() instanceof EncodedValues values) {
            return over
                    ? later(false, "delete", stored, k -> later.deleteAsync(k.text()), deleted -> true)
                    : begun(false, () -> {
                        byte[] bytes = values.encoded(stored, value);
                        Ttl lives = new Ttl(ttl);
                        return later(
                                false,
                                "set",
                                stored,
                                k -> later.setAsync(k.text(), bytes, lives),
                                taken -> values.told(stored, bytes.length, taken));
                    });
        }
        return over
                ? async(false, () -> set(key, value, ttl))
                : begun(false, () -> {
                    PreparedValue asItIsNow = region.prepare(stored, value);
                    return async(false, () -> orElse(false, () -> asItIsNow.store(new Ttl(ttl))));
                });
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        requireNonNull(key, "key");
        AsyncCacheBackend later = backend.later();
        return later == null
                ? async(false, () -> delete(key))
                : later(false, "delete", region.key(key), k -> later.deleteAsync(k.text()), deleted -> deleted);
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        requireNonNull(key, "key");
        AsyncCacheBackend later = backend.later();
        return later == null
                ? async(false, () -> hasKey(key))
                : later(false, "hasKey", region.key(key), k -> later.hasKeyAsync(k.text()), found -> found);
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key) {
        return touchAsync(key, backend.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Duration ttl) {
        requireNonNull(key, "key");
        if (over(ttl)) {
            return deleteAsync(key);
        }
        AsyncCacheBackend later = backend.later();
        return later == null
                ? async(false, () -> touch(key, ttl))
                : later(false, "touch", region.key(key), k -> later.touchAsync(k.text(), new Ttl(ttl)), found -> found);
    }

    @Override
    public CompletionStage<Long> incrAsync(String key, long delta) {
        requireNonNull(key, "key");
        AsyncCacheBackend later = backend.later();
        return later == null
                ? async(null, () -> incr(key, delta))
                : later(null, "incr", region.key(key), k -> later.addAsync(k.text(), delta), number -> number);
    }

    @Override
    public CompletionStage<Long> decrAsync(String key, long delta) {
        requireNonNull(key, "key");
        AsyncCacheBackend later = backend.later();
        return later == null
                ? async(null, () -> decr(key, delta))
                : later(
                        null,
                        "decr",
                        region.key(key),
                        k -> later.addAsync(k.text(), opposite(delta)),
                        number -> subtracted(key, delta, number));
    }

    /** An operation of a client that answers later by itself: nobody waits, and what follows runs on a thread of ours. */
    private <A extends @Nullable Object, T> CompletionStage<T> later(
            @Nullable T whenBroken,
            String operation,
            StoreKey key,
            Function<StoreKey, CompletionStage<A>> ask,
            Function<A, T> answer) {
        return begun(
                whenBroken,
                () -> backend.guarded()
                        .guardLater(
                                operation,
                                key,
                                backends.background(),
                                () -> ask.apply(key),
                                outcome -> orElse(whenBroken, () -> answer.apply(outcome.get()))));
    }

    /** Runs an operation where its backend may wait: on the caller's thread only if it never does. */
    private <T> CompletionStage<T> async(@Nullable T whenBroken, Supplier<T> operation) {
        return begun(
                whenBroken,
                () -> backend.guarded().waits()
                        ? backends.background().run(operation)
                        : CompletableFuture.completedStage(operation.get()));
    }

    /** A stage, or the failure to begin it, so many are under way, as one. */
    private <T> CompletionStage<T> begun(@Nullable T whenBroken, Supplier<CompletionStage<T>> operation) {
        try {
            return orElse(whenBroken == null ? null : CompletableFuture.completedStage(whenBroken), () -> {
                try {
                    return operation.get();
                } catch (RejectedExecutionException e) {
                    throw new CacheBackendException(
                            "Backend '" + backend.name() + "' has too many asynchronous operations waiting", e);
                }
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
