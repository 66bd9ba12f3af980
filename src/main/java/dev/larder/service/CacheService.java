package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheBackendException;
import dev.larder.ICacheService;
import dev.larder.OnError;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
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
                backend.guarded().delete(stored.text());
                return true;
            }
            return region.prepare(stored, value).store(new Ttl(ttl));
        });
    }

    @Override
    public boolean delete(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> backend.guarded().delete(stored.text()));
    }

    @Override
    public boolean hasKey(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> backend.guarded().hasKey(stored.text()));
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
                        ? backend.guarded().delete(stored.text())
                        : backend.guarded().touch(stored.text(), new Ttl(ttl)));
    }

    private static boolean over(Duration ttl) {
        return requireNonNull(ttl, "ttl").isZero() || ttl.isNegative();
    }

    @Override
    public long incr(String key, long delta) {
        return backend.guarded().add(region.key(requireNonNull(key, "key")).text(), delta);
    }

    @Override
    public long decr(String key, long delta) {
        return backend.guarded().subtract(region.key(requireNonNull(key, "key")).text(), delta);
    }

    /** What an operation answers, or what it answers when the backend is broken. */
    private <T> T orElse(T whenBroken, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (CacheBackendException e) {
            if (throwing) {
                throw e;
            }
            return whenBroken;
        }
    }

    @Override
    public <T> CompletionStage<Optional<T>> getAsync(String key, Class<T> type) {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
        return async(Optional.empty(), () -> get(key, type));
    }

    @Override
    public <T> CompletionStage<Optional<T>> getAsync(String key, TypeLiteral<T> type) {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
        return async(Optional.empty(), () -> get(key, type));
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value) {
        return setAsync(key, value, backend.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> setAsync(String key, Object value, Duration ttl) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(ttl, "ttl");
        return async(false, () -> set(key, value, ttl));
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        requireNonNull(key, "key");
        return async(false, () -> delete(key));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        requireNonNull(key, "key");
        return async(false, () -> hasKey(key));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key) {
        return touchAsync(key, backend.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Duration ttl) {
        requireNonNull(key, "key");
        requireNonNull(ttl, "ttl");
        return async(false, () -> touch(key, ttl));
    }

    @Override
    public CompletionStage<Long> incrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return async(null, () -> incr(key, delta));
    }

    @Override
    public CompletionStage<Long> decrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return async(null, () -> decr(key, delta));
    }

    /**
     * Runs an operation where its backend may wait: on the caller's thread only if it never does.
     *
     * @param whenBroken the answer if so many wait for the backend that this one cannot; null if there is none
     */
    private <T> CompletionStage<T> async(@Nullable T whenBroken, Supplier<T> operation) {
        if (backend.guarded().blocking()) {
            try {
                return backends.background().run(operation);
            } catch (RejectedExecutionException e) {
                return whenBroken != null && !throwing
                        ? CompletableFuture.completedStage(whenBroken)
                        : CompletableFuture.failedStage(new CacheBackendException(
                                "Backend '" + backend.name() + "' has too many asynchronous operations waiting", e));
            }
        }
        try {
            return CompletableFuture.completedStage(operation.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
