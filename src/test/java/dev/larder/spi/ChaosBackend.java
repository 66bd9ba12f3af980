package dev.larder.spi;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Wraps any backend and makes it unreliable: operations fail, are slow or never return, and values are damaged. The seed and
 * n alone decide what happens to the nth operation, so that a failure can be repeated. Without faults until one is configured,
 * which is possible at any time. Thread-safe.
 */
public final class ChaosBackend implements CacheBackend {

    /** An offset for {@link #corrupting}: another place in every value. */
    public static final int ANYWHERE = -1;

    /** What an operation fails by. */
    public static final class Fault extends RuntimeException {
        Fault(String message) {
            super(message);
        }
    }

    private final CacheBackend backend;
    private final long seed;
    private final AtomicLong operations = new AtomicLong();
    private volatile double failing;
    private volatile long slowestNanos;
    private volatile long last = Long.MAX_VALUE;
    private volatile double corrupting;
    private volatile int offset;

    /**
     * Wraps a backend.
     *
     * @param backend closed with this one
     * @param seed decides what goes wrong
     */
    public ChaosBackend(CacheBackend backend, long seed) {
        this.backend = backend;
        this.seed = seed;
    }

    /**
     * Lets operations fail by a {@link Fault}: half of them before anything was done, half of them afterwards, as when an
     * result is lost.
     *
     * @param share of all operations, from 0 (none, the default) to 1
     * @return this
     */
    public ChaosBackend failing(double share) {
        failing = share;
        return this;
    }

    /**
     * Lets operations take longer.
     *
     * @param longest by so much at most; zero, the default: not at all
     * @return this
     */
    public ChaosBackend delaying(Duration longest) {
        slowestNanos = longest.toNanos();
        return this;
    }

    /**
     * Lets every operation fail after some more, until {@link #calm()}.
     *
     * @param more so many are still done
     * @return this
     */
    public ChaosBackend cutAfter(long more) {
        last = operations.get() + more;
        return this;
    }

    /**
     * Changes a byte of values that are read. The store keeps what it has.
     *
     * @param share of the reads, from 0 (none, the default) to 1
     * @param at which byte, from 0, shorter values being left alone; or {@link #ANYWHERE}
     * @return this
     */
    public ChaosBackend corrupting(double share, int at) {
        offset = at;
        corrupting = share;
        return this;
    }

    /**
     * Lets everything work again.
     *
     * @return this
     */
    public ChaosBackend calm() {
        failing = 0;
        slowestNanos = 0;
        last = Long.MAX_VALUE;
        corrupting = 0;
        return this;
    }

    /** How many operations there were, failed ones among them. */
    public long operations() {
        return operations.get();
    }

    private <T> T chaos(String operation, Supplier<T> action) {
        return chaos(operation, random -> action.get());
    }

    private <T> T chaos(String operation, Function<SplittableRandom, T> action) {
        long number = operations.incrementAndGet();
        // the multiplier keeps neighbours apart
        SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
        boolean fails = random.nextDouble() < failing;
        boolean before = random.nextBoolean();
        long delay = (long) (random.nextDouble() * slowestNanos);
        if (delay > 0) {
            LockSupport.parkNanos(delay);
        }
        if (number > last || (fails && before)) {
            throw new Fault("Operation " + number + ", a " + operation + ", was not done");
        }
        T answer = action.apply(random);
        if (fails) {
            throw new Fault("The answer to operation " + number + ", a " + operation + ", was lost");
        }
        return answer;
    }

    private byte[] damaged(byte[] value, SplittableRandom random) {
        boolean spared = random.nextDouble() >= corrupting;
        if (value == null || value.length == 0 || spared || offset >= value.length) {
            return value;
        }
        byte[] changed = value.clone();
        changed[offset == ANYWHERE ? random.nextInt(value.length) : offset] ^= (byte) random.nextInt(1, 256);
        return changed;
    }

    @Override
    public byte[] get(String key) {
        return chaos("get", random -> damaged(backend.get(key), random));
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return chaos("set", () -> backend.set(key, value, ttl));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        return chaos("setIfAbsent", () -> backend.setIfAbsent(key, value, ttl));
    }

    @Override
    public boolean delete(String key) {
        return chaos("delete", () -> backend.delete(key));
    }

    @Override
    public boolean hasKey(String key) {
        return chaos("hasKey", () -> backend.hasKey(key));
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return chaos("touch", () -> backend.touch(key, ttl));
    }

    @Override
    public long add(String key, long delta) {
        return chaos("add", () -> backend.add(key, delta));
    }

    @Override
    public boolean waits() {
        return backend.waits();
    }

    @Override
    public boolean shared() {
        return backend.shared();
    }

    @Override
    public int maxKeyBytes() {
        return backend.maxKeyBytes();
    }

    @Override
    public boolean asciiKeys() {
        return backend.asciiKeys();
    }

    @Override
    public void close() {
        backend.close();
    }
}
