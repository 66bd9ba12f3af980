package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Some threads that set and get, each its own keys and with values that name them: how long the slowest call took, how
 * many failed, and whether one got another's answer.
 */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(1);

    final AtomicLong calls = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong wrong = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong lastSuccess = new AtomicLong();
    private final CacheBackend backend;
    private final ExecutorService threads;
    private volatile boolean done;

    Load(CacheBackend backend, int threads) {
        this.backend = backend;
        this.threads = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            String key = "load-" + i;
            this.threads.execute(() -> run(key));
        }
    }

    private void run(String key) {
        for (long round = 0; !done; round++) {
            String own = key + "-" + round % 10;
            byte[] value = (own + ":" + "x".repeat((int) (round % 500))).getBytes(UTF_8);
            call(() -> backend.set(own, value, new Ttl(Duration.ofMinutes(1))));
            byte[] answer = (byte[]) call(() -> backend.get(own));
            // a set that timed out may come true later, so any value of this key is right
            if (answer != null && !startsWith(answer, own + ":")) {
                wrong.incrementAndGet();
            }
            sleep(PAUSE);
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
        while (lastSuccess.get() - start < 0) {
            sleep(Duration.ofMillis(1));
        }
        return Duration.ofNanos(lastSuccess.get() - start);
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    @Override
    public void close() {
        done = true;
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
