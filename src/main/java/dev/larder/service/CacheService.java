package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheBackendException;
import dev.larder.ICacheService;
import dev.larder.OnError;
import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
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

    private final Backends backends;
    private final Invalidations invalidations;
    private final Region region;
    private final String version;
    private final boolean throwing;
    private final CacheEvents events;

    CacheService(Backends backends, Invalidations invalidations, String name, String version) {
        this.backends = backends;
        this.invalidations = invalidations;
        this.version = version;
        this.region = backends.region(name, version);
        this.throwing = region.settings().onError() == OnError.THROW;
        this.events = region.events();
    }

    @Override
    public ICacheService backend(String name) {
        return new CacheService(backends, invalidations, requireNonNull(name, "name"), version);
    }

    @Override
    public ICacheService version(String version) {
        return new CacheService(backends, invalidations, region.backend(), requireNonNull(version, "version"));
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
        return orElse(Optional.empty(), () -> {
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
        return orElse(false, () -> {
            if (hasExpired(ttl)) {
                region.remove(stored);
                return true;
            }
            try {
                return countStored(region.set(stored, value, TagGroups.NONE, new Ttl(ttl)));
            } catch (CacheBackendException e) {
                events.notStored(Reason.BACKEND.kebab());
                throw e;
            }
        });
    }

    private void countRead(@Nullable Object value) {
        if (value == null) {
            events.miss();
        } else {
            events.hit();
        }
    }

    private boolean countStored(boolean taken) {
        if (taken) {
            events.stored();
        } else {
            events.notStored(Reason.BODY_SIZE.kebab());
        }
        return taken;
    }

    @Override
    public boolean delete(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> region.delete(stored));
    }

    @Override
    public boolean hasKey(String key) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> region.hasKey(stored));
    }

    @Override
    public boolean touch(String key) {
        return touch(key, region.settings().ttl());
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        StoreKey stored = region.key(requireNonNull(key, "key"));
        return orElse(false, () -> hasExpired(ttl) ? region.delete(stored) : region.touch(stored, new Ttl(ttl)));
    }

    private static boolean hasExpired(Duration ttl) {
        return requireNonNull(ttl, "ttl").isZero() || ttl.isNegative();
    }

    @Override
    public long incr(String key, long delta) {
        return region.add(region.key(requireNonNull(key, "key")), delta);
    }

    @Override
    public long decr(String key, long delta) {
        return region.subtract(region.key(requireNonNull(key, "key")), delta);
    }

    /** What an operation returns, or what stands for it when the backend fails. */
    private <T> T orElse(T whenFailed, Supplier<T> operation) {
        try {
            return operation.get();
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
                Optional.empty(),
                key,
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
                ? start(false, key, stored -> region.endAsync(stored))
                // written now: the caller may change the value afterwards
                : start(
                        false,
                        key,
                        stored -> counted(
                                () -> region.setAsync(stored, value, TagGroups.NONE, new Ttl(ttl)),
                                this::countStored,
                                () -> events.notStored(Reason.BACKEND.kebab())));
    }

    /** Counts how an operation ends, whether it fails at once or later. */
    private static <T> CompletionStage<T> counted(
            Supplier<CompletionStage<T>> operation, Consumer<T> whenDone, Runnable whenFailed) {
        CompletionStage<T> stage;
        try {
            stage = operation.get();
        } catch (RuntimeException e) {
            whenFailed.run();
            throw e;
        }
        var unused = stage.whenComplete((result, failure) -> {
            if (failure == null) {
                whenDone.accept(result);
            } else {
                whenFailed.run();
            }
        });
        return stage; // the dependent stage would wrap a failure
    }

    @Override
    public CompletionStage<Boolean> deleteAsync(String key) {
        requireNonNull(key, "key");
        return start(false, key, stored -> region.deleteAsync(stored));
    }

    @Override
    public CompletionStage<Boolean> hasKeyAsync(String key) {
        requireNonNull(key, "key");
        return start(false, key, stored -> region.hasKeyAsync(stored));
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key) {
        return touchAsync(key, region.settings().ttl());
    }

    @Override
    public CompletionStage<Boolean> touchAsync(String key, Duration ttl) {
        requireNonNull(key, "key");
        return hasExpired(ttl)
                ? start(false, key, stored -> region.deleteAsync(stored))
                : start(false, key, stored -> region.touchAsync(stored, new Ttl(ttl)));
    }

    @Override
    public CompletionStage<Long> incrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return start(null, key, stored -> region.addAsync(stored, delta));
    }

    @Override
    public CompletionStage<Long> decrAsync(String key, long delta) {
        requireNonNull(key, "key");
        return start(null, key, stored -> region.subtractAsync(stored, delta));
    }

    /**
     * Starts an operation. If the key is not valid or too many operations are pending, the returned stage fails.
     *
     * @param whenFailed the result when the backend fails; null if the stage fails then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the result
    private <T> CompletionStage<T> start(
            @Nullable T whenFailed, String key, Function<StoreKey, CompletionStage<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            operation.apply(region.key(key)).whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    fail(result, whenFailed, failure);
                }
            });
        } catch (RuntimeException e) {
            fail(result, whenFailed, e);
        }
        return result;
    }

    private <T> void fail(CompletableFuture<T> result, @Nullable T whenFailed, Throwable thrown) {
        // a stage that follows another one wraps its failure
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
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
}
