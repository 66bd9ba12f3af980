package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Some threads that set and get, each its own keys and with values that name them: how long the slowest call took, how
 * many failed, and whether one got the reply to another.
 */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(1);

    final AtomicLong calls = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong wrong = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong lastSuccess = new AtomicLong();
    private final CacheBackend backend;
    private final ScheduledExecutorService threads;

    Load(CacheBackend backend, int threads) {
        this.backend = backend;
        this.threads = Executors.newScheduledThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            String key = "load-" + i;
            AtomicLong round = new AtomicLong();
            var unused = this.threads.scheduleWithFixedDelay(
                    () -> run(key, round.getAndIncrement()), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run(String key, long round) {
        String own = key + "-" + round % 10;
        byte[] value = (own + ":" + "x".repeat((int) (round % 500))).getBytes(UTF_8);
        call(() -> backend.set(own, value, new Ttl(Duration.ofMinutes(1))));
        byte[] answer = (byte[]) call(() -> backend.get(own));
        // a set that timed out may still take effect, so any value of this key is correct
        if (answer != null && !startsWith(answer, own + ":")) {
            wrong.incrementAndGet();
        }
    }

    private static boolean startsWith(byte[] answer, String start) {
        return new String(answer, UTF_8).startsWith(start);
    }

    private Object call(java.util.function.Supplier<Object> operation) {
        long start = System.nanoTime();
        calls.incrementAndGet();
        try {
            Object answer = operation.get();
            lastSuccess.set(System.nanoTime());
            return answer;
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            return null;
        } finally {
            long nanos = System.nanoTime() - start;
            slowestNanos.accumulateAndGet(nanos, Math::max);
        }
    }

    /** Forgets what was counted. */
    void reset() {
        calls.set(0);
        failures.set(0);
        slowestNanos.set(0);
    }

    /** Waits for the first success from now on. */
    Duration recovery() {
        long start = System.nanoTime();
        await().pollDelay(Duration.ZERO).pollInterval(PAUSE).until(() -> lastSuccess.get() - start >= 0);
        return Duration.ofNanos(lastSuccess.get() - start);
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Waits until so many more calls were made. */
    void awaitCalls(long more) {
        long enough = calls.get() + more;
        await().until(() -> calls.get() >= enough);
    }

    /** Waits until so many more calls failed. */
    void awaitFailures(long more) {
        long enough = failures.get() + more;
        await().until(() -> failures.get() >= enough);
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
