package dev.larder.service;

import dev.larder.CacheBackendException;
import dev.larder.CacheException;
import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.OnError;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The failure policy around a backend: whatever it throws becomes a {@link CacheBackendException} without credentials,
 * is logged once per kind of failure in 30 s, and its recovery once. After five failures in a row only a probe asks it.
 * If the backend distinguishes its servers, this applies to the server that failed. What a failure means to the caller
 * is the caller's business.
 */
class GuardedBackend implements AutoCloseable {

    private final String name;
    private final CacheBackend backend;
    private final KeyLayout layout;
    private final FailureLog log;
    private final CircuitBreaker breaker;
    private final GuardedServers servers;

    /** Whether each server has its own breaker: then the breaker of the whole is never open. */
    private final boolean divided;

    private final boolean throwing;

    /** Whether a failure was told of and its end was not: a backend that fails and works in turns is told of once. */
    private final AtomicBoolean told;

    GuardedBackend(String name, CacheSettings settings, CacheBackend backend, LongSupplier nanos, Probes probes) {
        this.name = name;
        this.backend = backend;
        this.layout =
                new KeyLayout(settings.keyPrefix(), settings.version(), backend.maxKeyBytes(), backend.asciiKeys());
        this.log = new FailureLog(name, settings, nanos);
        this.breaker = new CircuitBreaker(probes, this::probe);
        this.servers = new GuardedServers(log, probes);
        this.divided = backend.guard(servers);
        this.throwing = settings.onError() == OnError.THROW;
        this.told = new AtomicBoolean();
    }

    private GuardedBackend(GuardedBackend whole, CacheBackend backend) {
        this.name = whole.name;
        this.backend = backend;
        this.layout = whole.layout;
        this.log = whole.log;
        this.breaker = whole.breaker;
        this.servers = whole.servers;
        this.divided = whole.divided;
        this.throwing = whole.throwing;
        this.told = whole.told;
    }

    /** The same for operations that have less than the whole timeout. */
    final GuardedBackend after(Duration waited) {
        return new GuardedBackend(this, backend.after(waited));
    }

    final byte @Nullable [] get(StoreKey key) {
        return guard("get", key, () -> backend.get(key.text()));
    }

    /** Reads two entries, by the store's keys. */
    final Map<String, byte[]> getBoth(StoreKey first, StoreKey second) {
        return guard("get", second, () -> backend.getMany(List.of(first.text(), second.text())));
    }

    final boolean set(StoreKey key, byte[] value, Ttl ttl) {
        return guard("set", key, () -> backend.set(key.text(), value, ttl));
    }

    final boolean setIfAbsent(StoreKey key, byte[] value, Ttl ttl) {
        return guard("set", key, () -> backend.setIfAbsent(key.text(), value, ttl));
    }

    final boolean delete(StoreKey key) {
        return guard("delete", key, () -> backend.delete(key.text()));
    }

    final boolean hasKey(StoreKey key) {
        return guard("hasKey", key, () -> backend.hasKey(key.text()));
    }

    final boolean touch(StoreKey key, Ttl ttl) {
        return guard("touch", key, () -> backend.touch(key.text(), ttl));
    }

    final long add(String operation, StoreKey key, long delta) {
        return guard(operation, key, () -> backend.add(key.text(), delta));
    }

    /** The value of a counter on the server that takes writes. */
    final long latest(StoreKey key) {
        return guard("get", key, () -> backend.add(key.text(), 0));
    }

    final boolean waits() {
        return backend.waits();
    }

    final boolean shared() {
        return backend.shared();
    }

    final int maxKeyBytes() {
        return backend.maxKeyBytes();
    }

    final boolean asciiKeys() {
        return backend.asciiKeys();
    }

    @Override
    public void close() {
        backend.close();
    }

    final <T extends @Nullable Object> T guard(String operation, StoreKey key, Supplier<T> action) {
        admit(operation, key);
        return conclude(operation, key, action);
    }

    /**
     * The same for a client that answers later by itself.
     *
     * @param threads what follows runs there, not on the client's thread
     * @param ask begins the operation
     * @param then makes the answer of what gives the outcome
     * @throws CacheBackendException if the backend is not asked at present
     */
    final <A extends @Nullable Object, T> CompletionStage<T> guardLater(
            String operation,
            StoreKey key,
            Background threads,
            Supplier<CompletionStage<A>> ask,
            Function<Supplier<A>, T> then) {
        return threads.after(
                () -> {
                    admit(operation, key);
                    return ask.get();
                },
                (value, failure) -> then.apply(() -> conclude(operation, key, () -> {
                    if (failure != null) {
                        throw unwrapped(failure);
                    }
                    return value;
                })));
    }

    /** The failure itself: stages that depend on others wrap it. */
    private static RuntimeException unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    private <T extends @Nullable Object> T conclude(String operation, StoreKey key, Supplier<T> action) {
        try {
            T answer = action.get();
            answered();
            return answer;
        } catch (RuntimeException | LinkageError e) {
            throw thrown(operation, key, e);
        }
    }

    /**
     * Lets an operation begin.
     *
     * @throws CacheBackendException if the backend is not to be asked now
     */
    final void admit(String operation, StoreKey key) {
        if (!breaker.isClosed()) {
            throw notAsked("it", operation, key);
        }
    }

    private CacheBackendException notAsked(String who, String operation, StoreKey key) {
        return new CacheBackendException("Backend '" + name + "' is not asked to " + operation + " '" + key.shown()
                + "': " + who + " failed repeatedly, and is tried again once a second");
    }

    /**
     * Asks for what nothing is stored under. The key differs each time, as it decides which server of several is asked, and
     * begins with the prefix, as a user of the store may be confined to it.
     */
    private void probe() {
        StoreKey key = layout.of("larder-probe-" + ThreadLocalRandom.current().nextInt(1000));
        try {
            conclude("answer a probe", key, () -> backend.get(key.text()));
        } catch (CacheException e) {
            // told of already
        }
    }

    /** What the caller gets of what the backend threw. */
    final CacheException thrown(String operation, StoreKey key, Throwable cause) {
        if (cause instanceof NoSuchKeyException refused) {
            answered();
            return new NoSuchKeyException(named(key, refused), refused);
        }
        if (cause instanceof CacheValueException refused) {
            answered();
            return new CacheValueException(named(key, refused), refused);
        }
        return cause instanceof LostServerException lost
                ? notAsked(lost.server(), operation, key)
                : failed(operation, key, cause);
    }

    /** A backend that answers, if only by refusing, works. */
    final void answered() {
        if (breaker.succeeded() && told.getAndSet(false)) {
            log.logRecovery();
        }
    }

    private CacheException failed(String operation, StoreKey key, Throwable cause) {
        if (!divided) {
            breaker.failed();
        }
        String effect =
                throwing || operation.endsWith("cr") ? "the caller gets an exception" : "answering without cache";
        if (servers.report(operation, effect, cause)) {
            told.set(true);
        }
        return new CacheBackendException(
                "Backend '" + name + "' failed to " + operation + " '" + key.shown() + "': " + log.text(cause),
                log.mayShow(cause) ? cause : null);
    }

    private String named(StoreKey key, CacheException answer) {
        return "Backend '" + name + "', key '" + key.shown() + "': "
                + KeyLayout.escaped(String.valueOf(answer.getMessage()));
    }
}
