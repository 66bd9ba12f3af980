package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import dev.larder.testing.MachinePauses;
import dev.larder.testing.StoreServer;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A store that fails, seen by the application: with the breaker in between. Figures go to the test's output. */
@Execution(ExecutionMode.CONCURRENT) // most of the time they wait
@Timeout(300)
public abstract class StoreFaults {

    /** Who holds it writing uses the whole machine; who measures holds it reading. */
    private static final String MACHINE = "machine";

    /** What a shared machine that stalls adds to an operation; one without a bound would take as long as the fault. */
    private static final Duration MACHINE_BUSY = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMillis(250).plus(MACHINE_BUSY);
    private static final Duration BREAKER_OPEN = Duration.ofMillis(1);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration HANG = Duration.ofSeconds(Long.getLong("larder.faults.hang-seconds", 20));
    private static final Duration KEYS = Duration.ofSeconds(Long.getLong("larder.faults.keys-seconds", 30));
    private static final int KEYS_PER_SECOND = 10_000;

    private final Logs logs = new Logs();
    private final MachinePauses pauses = MachinePauses.watch();
    private String name = "";
    private StoreServer server;
    private Backends backends;

    /** Starts a server of its own that keeps at most 64 MiB and evicts. */
    protected abstract StoreServer startBounded();

    /** The settings for a server. */
    protected abstract CacheSettings settings(String address);

    protected abstract CacheBackend make(String name, CacheSettings settings);

    @BeforeEach
    void start() {
        server = startBounded();
    }

    @AfterEach
    void stop() {
        if (backends != null) {
            backends.close();
        }
        server.close();
        logs.close();
        pauses.close();
    }

    private String type() {
        return settings("localhost").backend();
    }

    /** The name of the backend tells its log from that of others, which run at the same time. */
    private ICacheService service(String fault) {
        name = type() + "-" + fault;
        backends = new Backends(
                Map.of("default", CacheSettings.local(), name, settings(server.address())),
                (its, settings) -> its.equals(name) ? make(name, settings) : new MapBackend(System::nanoTime),
                new ValueCodec(JsonbBuilder::create),
                System::nanoTime,
                any -> CacheEvents.NONE);
        return backends.service().backend(name);
    }

    @Test
    @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
    void a_server_that_hangs_and_goes_on_gives_no_answer_to_another_request() {
        ICacheService cache = service("hangs");
        try (Load load = new Load(cache)) {
            load.warmUp();
            server.hang();
            Phase failing = load.phase();
            pause(Duration.ofSeconds(2));
            Phase open = load.phase();
            pause(HANG.minusSeconds(2));
            Phase after = load.phase();
            server.goOn();
            Duration recovery = load.recovery();
            pause(Duration.ofSeconds(2));
            load.phase();

            report("hung for " + HANG.toSeconds() + " s, continued", failing, open, recovery, after.summary());
            load.assertRight();
            assertThat(failing.slowest()).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(open.percentile(0.9)).isLessThan(BREAKER_OPEN);
            assertThat(open.slowest()).isLessThan(MACHINE_BUSY.plus(pauses.longest()));
            assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
            assertThat(mine(Level.WARNING)).hasSizeBetween(1, 3);
            await().untilAsserted(() -> assertThat(mine(Level.INFO)).isNotEmpty());
        }
    }

    @Test
    @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
    void a_server_that_is_killed_under_load_and_restarted_is_used_again() {
        ICacheService cache = service("killed");
        try (Load load = new Load(cache)) {
            load.warmUp();
            Phase failing = load.phase();
            server.kill();
            pause(Duration.ofMillis(500));
            Phase open = load.phase();
            pause(Duration.ofSeconds(3));
            load.phase();
            server.restart();
            Duration recovery = load.recovery();
            pause(Duration.ofMillis(500));

            report("killed under load, restarted empty", failing, open, recovery, "");
            load.assertRight();
            assertThat(failing.slowest()).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(open.percentile(0.9)).isLessThan(BREAKER_OPEN);
            assertThat(open.slowest()).isLessThan(MACHINE_BUSY.plus(pauses.longest()));
            assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
        }
    }

    @Test
    @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
    void a_server_that_is_not_there_at_deployment_is_used_when_it_comes() {
        server.kill();
        long start = System.nanoTime();
        ICacheService cache = service("absent");
        Duration deployed = Duration.ofNanos(System.nanoTime() - start);
        try (Load load = new Load(cache)) {
            Phase failing = load.phase();
            pause(Duration.ofMillis(500));
            Phase open = load.phase();
            pause(Duration.ofSeconds(2));
            load.phase();
            server.restart();
            Duration recovery = load.recovery();

            report("refused at deployment, started later", failing, open, recovery, "deployed in " + millis(deployed));
            load.assertRight();
            assertThat(deployed).isLessThan(Duration.ofSeconds(2));
            assertThat(failing.slowest()).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(open.percentile(0.9)).isLessThan(BREAKER_OPEN);
            assertThat(open.slowest()).isLessThan(MACHINE_BUSY.plus(pauses.longest()));
            assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
        }
    }

    /** As of requests whose addresses somebody makes up: asked for, missed, stored without a wait. */
    @Test
    @ResourceLock(MACHINE)
    void ten_thousand_distinct_keys_a_second_take_no_more_memory() throws Exception {
        ICacheService cache = service("keys");
        byte[] value = new byte[1024];
        cache.set("first", value);
        long before = usedHeap();
        long start = System.nanoTime();
        long most = KEYS.toSeconds() * KEYS_PER_SECOND;
        AtomicLong next = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        AtomicLong stored = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (long key = next.getAndIncrement(); key < most; key = next.getAndIncrement()) {
                    long due = start + key * 1_000_000_000L / KEYS_PER_SECOND;
                    if (due - System.nanoTime() > 1_000_000) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    if (cache.get("key-" + key, byte[].class).isEmpty()) {
                        cache.setAsync("key-" + key, value).thenAccept(did -> {
                            stored.addAndGet(did ? 1 : 0);
                            answered.incrementAndGet();
                        });
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        await().atMost(Duration.ofSeconds(20)).until(() -> cache.set("last", value));
        await().atMost(Duration.ofSeconds(20)).until(() -> answered.get() == most);
        long grown = usedHeap() - before;

        System.out.printf(
                Locale.ROOT,
                "FAULT | %-10s | %d distinct keys | %.0f a second, %d stored | heap grown by %.1f MiB | %s%n",
                type(),
                most,
                most / seconds,
                stored.get(),
                grown / 1048576.0,
                storeMemory(server));
        // others run at the same time, and what the store is too slow for is refused at once
        assertThat(stored.get()).isGreaterThan(most / 20);
        assertThat(grown).isLessThan(64L << 20);
    }

    /** What the store says of its memory. */
    protected abstract String storeMemory(StoreServer server);

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(Duration.ofMillis(50));
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private List<String> mine(Level level) {
        return logs.at(level).stream()
                .filter(line -> line.contains("'" + name + "'"))
                .toList();
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1e6);
    }

    private void report(String fault, Phase failing, Phase open, Duration recovery, String more) {
        System.out.printf(
                "FAULT | %-10s | %-36s | slowest %s | breaker open: 9 of 10 within %s, slowest %s | again after %s |"
                        + " %d warnings %s%n",
                type(),
                fault,
                millis(failing.slowest()),
                millis(open.percentile(0.9)),
                millis(open.slowest()),
                millis(recovery),
                mine(Level.WARNING).size(),
                more);
    }

    /** How long each call took in a part of a test. */
    private static final class Phase {
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

        Duration slowest() {
            return percentile(1);
        }

        Duration percentile(double share) {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]);
        }

        String summary() {
            return nanos.size() + " calls after";
        }
    }

    /**
     * Threads that set and get, waiting and not, each its own keys and with values that name them. While they are at it, a
     * call that does not wait may take no longer than one that need not.
     */
    private static final class Load implements AutoCloseable {

        private static final int THREADS = 4;

        private final ICacheService cache;
        private final Set<String> wrong = ConcurrentHashMap.newKeySet();
        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch warm = new CountDownLatch(2_000);
        private volatile Phase phase = new Phase();
        private volatile long lastStored;
        private volatile boolean done;

        Load(ICacheService cache) {
            this.cache = cache;
            for (int i = 0; i < THREADS; i++) {
                String name = "load-" + i + "-";
                threads.add(new Thread(() -> run(name), name));
            }
            threads.forEach(Thread::start);
        }

        private void run(String name) {
            for (long round = 0; !done; round++) {
                String key = name + round % 20;
                String value = key + ":" + "x".repeat((int) (round * 7 % 500));
                if (timed(() -> cache.set(key, value))) {
                    lastStored = System.nanoTime();
                }
                check(key, timed(() -> cache.get(key, String.class).orElse(null)));
                timed(() -> cache.getAsync(key, String.class)).thenAccept(read -> check(key, read.orElse(null)));
                warm.countDown();
                pause(Duration.ofMillis(1));
            }
        }

        private <T> T timed(Supplier<T> operation) {
            long start = System.nanoTime();
            Phase its = phase;
            try {
                return operation.get();
            } catch (RuntimeException e) {
                wrong.add(e.toString());
                throw e;
            } finally {
                its.nanos.add(System.nanoTime() - start);
            }
        }

        /** Any value of this key is right: a set that timed out may come true later. */
        private void check(String key, String read) {
            if (read != null && !read.startsWith(key + ":")) {
                wrong.add(key + " read " + read);
            }
        }

        void warmUp() {
            await().atMost(Duration.ofSeconds(60)).until(() -> warm.getCount() == 0);
        }

        /** Begins the next part. */
        Phase phase() {
            phase = new Phase();
            return phase;
        }

        /** Waits for the first value stored from now on. */
        Duration recovery() {
            long start = System.nanoTime();
            await().atMost(RECOVERY.multipliedBy(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> lastStored - start > 0);
            return Duration.ofNanos(lastStored - start);
        }

        void assertRight() {
            assertThat(wrong).isEmpty();
            assertThat(threads).allMatch(Thread::isAlive);
        }

        @Override
        public void close() {
            done = true;
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
