package dev.larder.service;

import dev.larder.CacheBackendException;
import dev.larder.CacheException;
import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.OnError;
import dev.larder.http.Reason;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.AsyncCacheBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.StoreSize;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.StoreState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The failure policy around a backend. Each exception of the backend becomes a {@link CacheBackendException} without
 * credentials, and is logged once per kind of failure in 30 s. A recovery is logged once. After five failures in a row,
 * only a probe calls the backend. If the backend distinguishes its servers, this applies to the server that failed. The
 * caller decides what a failure means.
 */
class GuardedBackend implements AutoCloseable {

    private final String name;
    private final CacheBackend backend;
    private final AsyncCacheBackend async;
    private final Background threads;
    private final KeyLayout layout;
    private final FailureLog log;
    private final CircuitBreaker breaker;
    private final GuardedServers servers;
    private final CacheEvents events;

    /** Whether each server has its own breaker. Then the breaker of the backend is never open. */
    private final boolean divided;

    private final boolean throwing;

    /** Whether a failure was logged, and the recovery was not. So each logged failure has at most one logged recovery. */
    private final AtomicBoolean reported = new AtomicBoolean();

    GuardedBackend(
            String name,
            CacheSettings settings,
            CacheBackend backend,
            LongSupplier nanos,
            Probes probes,
            Background threads,
            CacheEvents events) {
        this.name = name;
        this.backend = backend;
        this.async = backend instanceof AsyncCacheBackend own ? own : new BlockingAdapter(backend, threads);
        this.threads = threads;
        this.layout =
                new KeyLayout(settings.keyPrefix(), settings.version(), backend.maxKeyBytes(), backend.asciiKeys());
        this.log = new FailureLog(name, settings, nanos);
        this.events = events;
        this.breaker = new CircuitBreaker(probes, this::probe, events);
        this.servers = new GuardedServers(log, probes, events);
        this.divided = backend.guard(servers);
        this.throwing = settings.onError() == OnError.THROW;
    }

    final byte @Nullable [] get(StoreKey key) {
        return guard(Operation.GET, key, () -> backend.get(key.text()));
    }

    /** Reads an entry and others, by the store's keys. Throws if the server of the entry fails. */
    final Map<String, byte[]> getMany(StoreKey key, List<StoreKey> others) {
        List<String> keys = new ArrayList<>(others.size() + 1);
        others.forEach(other -> keys.add(other.text()));
        keys.add(key.text());
        long failures = servers.failures();
        Map<String, byte[]> read = guard(Operation.GET, key, () -> backend.getMany(keys));
        if (servers.failures() == failures || read.containsKey(key.text())) {
            return read;
        }
        byte[] value = get(key); // fails if it was the server of this key that failed
        if (value == null) {
            return read;
        }
        Map<String, byte[]> all = new HashMap<>(read);
        all.put(key.text(), value);
        return all;
    }

    final boolean set(StoreKey key, byte[] value, Ttl ttl) {
        return guard(Operation.SET, key, () -> backend.set(key.text(), value, ttl));
    }

    final boolean setIfAbsent(StoreKey key, byte[] value, Ttl ttl) {
        return guard(Operation.SET, key, () -> backend.setIfAbsent(key.text(), value, ttl));
    }

    final boolean delete(StoreKey key) {
        return guard(Operation.DELETE, key, () -> backend.delete(key.text()));
    }

    /**
     * Reads several entries. If one of several servers fails, its entries are missing; with {@code on-error=throw}, this throws.
     */
    final Map<String, byte[]> getMany(List<StoreKey> keys) {
        long failures = servers.failures();
        Map<String, byte[]> read = guard(Operation.GET, keys.get(0), () -> backend.getMany(texts(keys)));
        if (throwing && servers.failures() != failures) {
            keys.stream()
                    .filter(key -> !read.containsKey(key.text()))
                    .forEach(this::get); // throws if its server failed
        }
        return read;
    }

    private static List<String> texts(Collection<StoreKey> keys) {
        return keys.stream().map(StoreKey::text).toList();
    }

    /**
     * Stores several entries.
     *
     * @return those that were not stored, and why: too large for the store, or a server of several failed
     */
    final Map<StoreKey, Reason> setMany(Map<StoreKey, byte[]> entries, Ttl ttl) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        entries.forEach((key, value) -> bytes.put(key.text(), value));
        StoreKey first = entries.keySet().iterator().next();
        long failures = servers.failures();
        Set<String> refused = guard(Operation.SET, first, () -> backend.setMany(bytes, ttl));
        Reason reason = servers.failures() == failures ? Reason.BODY_SIZE : Reason.BACKEND;
        Map<StoreKey, Reason> notStored = new LinkedHashMap<>();
        for (StoreKey key : entries.keySet()) {
            if (refused.contains(key.text())) {
                notStored.put(key, reason);
            }
        }
        return notStored;
    }

    /**
     * What {@link #deleteMany} has done.
     *
     * @param entries how many entries were removed
     * @param complete whether no server of several failed
     */
    record Deleted(int entries, boolean complete) {}

    /** Removes several entries. */
    final Deleted deleteMany(Collection<StoreKey> keys) {
        long failures = servers.failures();
        StoreKey first = keys.iterator().next();
        int entries = guard(Operation.DELETE, first, () -> backend.deleteMany(texts(keys)));
        return new Deleted(entries, servers.failures() == failures);
    }

    final boolean deleteIf(StoreKey key, byte[] value) {
        return guard(Operation.DELETE, key, () -> backend.deleteIf(key.text(), value));
    }

    final boolean hasKey(StoreKey key) {
        return guard(Operation.HAS_KEY, key, () -> backend.hasKey(key.text()));
    }

    final boolean touch(StoreKey key, Ttl ttl) {
        return guard(Operation.TOUCH, key, () -> backend.touch(key.text(), ttl));
    }

    final long add(Operation operation, StoreKey key, long delta) {
        return guard(operation, key, () -> backend.add(key.text(), delta));
    }

    /** The value of a counter on the server that takes writes. */
    final long latest(StoreKey key) {
        return guard(Operation.GET, key, () -> backend.add(key.text(), 0));
    }

    final boolean waits() {
        return backend.waits();
    }

    final boolean divided() {
        return divided;
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

    /** The size of the store and the state of its breakers, at this moment. */
    final StoreState state() {
        StoreSize size;
        try {
            size = backend.size();
        } catch (RuntimeException | LinkageError e) { // the backend may be the application's
            size = StoreSize.UNKNOWN;
        }
        return new StoreState(size.entries(), size.bytes(), size.evictions(), !breaker.isClosed(), servers.lost());
    }

    @Override
    public void close() {
        backend.close();
    }

    final <T extends @Nullable Object> T guard(Operation operation, StoreKey key, Supplier<T> action) {
        admit(operation, key);
        long start = startOf(operation);
        T result = conclude(operation, key, action);
        measure(operation, start);
        return result;
    }

    private long startOf(Operation operation) {
        return operation.access() != null && waits() ? events.now() : 0;
    }

    /** Measures an operation that has succeeded, where the store waits for a network or a disk. */
    private void measure(Operation operation, long start) {
        CacheEvents.Access access = operation.access();
        if (access != null && waits()) {
            events.accessed(access, start);
        }
    }

    final <T> CompletionStage<T> getAsync(StoreKey key, Function<byte @Nullable [], T> then) {
        return start(Operation.GET, key, () -> async.getAsync(key.text()), then);
    }

    final CompletionStage<Boolean> setAsync(StoreKey key, byte[] value, Ttl ttl, UnaryOperator<Boolean> then) {
        return start(Operation.SET, key, () -> async.setAsync(key.text(), value, ttl), then);
    }

    final CompletionStage<Boolean> deleteAsync(StoreKey key, UnaryOperator<Boolean> then) {
        return start(Operation.DELETE, key, () -> async.deleteAsync(key.text()), then);
    }

    final CompletionStage<Boolean> hasKeyAsync(StoreKey key) {
        return start(Operation.HAS_KEY, key, () -> async.hasKeyAsync(key.text()), exists -> exists);
    }

    final CompletionStage<Boolean> touchAsync(StoreKey key, Ttl ttl) {
        return start(Operation.TOUCH, key, () -> async.touchAsync(key.text(), ttl), touched -> touched);
    }

    final CompletionStage<Long> addAsync(Operation operation, StoreKey key, long delta, UnaryOperator<Long> then) {
        return start(operation, key, () -> async.addAsync(key.text(), delta), then);
    }

    /**
     * Starts an asynchronous operation.
     *
     * @param call starts it in the backend
     * @param then returns the result for what the backend returned
     * @throws CacheBackendException if its breaker is open
     * @throws java.util.concurrent.RejectedExecutionException if too many operations are pending
     */
    final <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> start(
            Operation operation, StoreKey key, Supplier<CompletionStage<A>> call, Function<A, T> then) {
        long start = startOf(operation);
        return threads.start(
                () -> {
                    admit(operation, key);
                    return call.get();
                },
                (value, failure) -> then.apply(conclude(operation, key, () -> {
                    if (failure != null) {
                        throw unwrapped(failure);
                    }
                    measure(operation, start);
                    return value;
                })),
                async instanceof BlockingAdapter ? Runnable::run : threads);
    }

    /** The failure itself: a stage that depends on another one wraps it. */
    private static RuntimeException unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }

    private <T extends @Nullable Object> T conclude(Operation operation, StoreKey key, Supplier<T> action) {
        try {
            T result = action.get();
            responded();
            return result;
        } catch (RuntimeException | LinkageError e) {
            throw thrown(operation, key, e);
        }
    }

    /**
     * Admits an operation.
     *
     * @throws CacheBackendException if its breaker is open
     */
    final void admit(Operation operation, StoreKey key) {
        if (!breaker.isClosed()) {
            throw notCalled("it", operation, key);
        }
    }

    private CacheBackendException notCalled(String who, Operation operation, StoreKey key) {
        return new CacheBackendException("Backend '" + name + "' is not called to " + operation + " '" + key.shown()
                + "': " + who + " failed repeatedly, and is tried again once a second");
    }

    /**
     * Reads a key that has no entry. The key differs each time, since it determines which of several servers is called. It
     * begins with the prefix, since the store may allow its user no other keys.
     */
    private void probe() {
        StoreKey key = layout.of("larder-probe-" + ThreadLocalRandom.current().nextInt(1000));
        try {
            conclude(Operation.PROBE, key, () -> backend.get(key.text()));
        } catch (CacheException e) {
            // already logged
        }
    }

    /** The exception that the caller gets for what the backend threw. */
    final CacheException thrown(Operation operation, StoreKey key, Throwable cause) {
        if (cause instanceof NoSuchKeyException refused) {
            responded();
            return new NoSuchKeyException(named(key, refused), refused);
        }
        if (cause instanceof CacheValueException refused) {
            responded();
            return new CacheValueException(named(key, refused), refused);
        }
        return cause instanceof LostServerException lost
                ? notCalled(lost.server(), operation, key)
                : failed(operation, key, cause);
    }

    /** Notes that the backend responded: it works, even if it refused the operation. */
    final void responded() {
        if (breaker.succeeded() && reported.getAndSet(false)) {
            log.logRecovery();
        }
    }

    private CacheException failed(Operation operation, StoreKey key, Throwable cause) {
        events.failed();
        if (!divided) {
            breaker.failed();
        }
        String effect =
                throwing || operation.isCounting() ? "the caller gets an exception" : "continuing without the cache";
        if (servers.report(operation, effect, cause)) {
            reported.set(true);
        }
        return new CacheBackendException(
                "Backend '" + name + "' failed to " + operation + " '" + key.shown() + "': " + log.text(cause),
                log.mayShow(cause) ? cause : null);
    }

    private String named(StoreKey key, CacheException refused) {
        return "Backend '" + name + "', key '" + key.shown() + "': "
                + StoreKey.escaped(String.valueOf(refused.getMessage()));
    }
}
