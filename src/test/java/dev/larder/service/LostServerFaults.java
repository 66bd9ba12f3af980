package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import dev.larder.testing.MachinePauses;
import dev.larder.testing.StoreServer;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One server of several is lost, seen by the application: what the others have is hit as before, and what it has costs
 * nothing. Figures go to the test's output.
 */
@Isolated // it measures
@Timeout(300)
public abstract class LostServerFaults {

    /** How the server is lost. */
    public enum Fault {
        KILLED,
        HUNG,
        /** Refusing connections when the application is deployed. */
        ABSENT
    }

    /** What a shared machine that stalls adds to an operation; one without a bound would take as long as the fault. */
    private static final Duration MACHINE_BUSY = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMillis(250).plus(MACHINE_BUSY);
    private static final Duration KNOWN_TO_BE_LOST = Duration.ofMillis(1);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    /** Until then it is found out that a server is lost: five operations in a row, each the whole timeout at most. */
    private static final Duration FINDING_OUT = Duration.ofSeconds(2);

    private static final Duration LOST = Duration.ofSeconds(Long.getLong("larder.faults.lost-seconds", 4));
    private static final int KEYS = 200;
    private static final int THREADS = 4;

    private final Logs logs = new Logs();
    private final MachinePauses pauses = MachinePauses.watch();
    private final List<StoreServer> servers = new ArrayList<>();
    private String name = "";
    private Backends backends;

    /** Starts servers of its own; the last of them is lost. */
    protected abstract List<? extends StoreServer> startServers();

    /** The settings for these servers. */
    protected abstract CacheSettings settings(List<? extends StoreServer> servers);

    protected abstract CacheBackend make(String name, CacheSettings settings);

    /** Whether a server alone answers what is asked of a key. */
    protected abstract boolean isAlone(StoreServer server, String storeKey);

    /** Whether each server has keys of its own. */
    protected boolean dividesKeys() {
        return false;
    }

    /** What is asked of a key that the lost server alone answers for. */
    protected void askLost(ICacheService cache, String key) {
        cache.get(key, String.class);
    }

    /** Whether the server that was lost is asked again. */
    protected boolean isUsedAgain(ICacheService cache, StoreServer server, List<String> its) {
        return cache.set(its.get(0), "again");
    }

    @AfterEach
    void stop() {
        if (backends != null) {
            backends.close();
        }
        servers.forEach(StoreServer::close);
        logs.close();
        pauses.close();
    }

    private ICacheService deploy() {
        backends = new Backends(
                Map.of("default", CacheSettings.local(), name, settings(servers)),
                (its, settings) -> its.equals(name) ? make(name, settings) : new MapBackend(System::nanoTime),
                new ValueCodec(JsonbBuilder::create),
                System::nanoTime,
                any -> CacheEvents.NONE);
        return backends.service().backend(name);
    }

    @ParameterizedTest
    @EnumSource
    void one_lost_server_costs_its_share_and_no_time(Fault fault) {
        servers.addAll(startServers());
        StoreServer goes = servers.get(servers.size() - 1);
        name = getClass().getSimpleName() + "-" + fault;
        ICacheService cache = deploy();
        List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
        keys.forEach(key -> await().pollDelay(Duration.ZERO).until(() -> cache.set(key, key)));
        // a replica may have loaded what its leader had, and get what was written since a second later
        await().until(() -> IntStream.range(0, 5)
                .allMatch(round -> keys.stream()
                        .allMatch(key -> cache.get(key, String.class).isPresent())));
        Region region = backends.region(name, "");
        List<String> its = keys.stream()
                .filter(key -> isAlone(goes, region.key(key).text()))
                .toList();
        List<String> living = keys.stream().filter(key -> !its.contains(key)).toList();
        if (fault == Fault.ABSENT) {
            backends.close();
            goes.kill();
            ICacheService anew = deploy();
            // the generation of all entries may be on the lost server: what was stored before is not served then
            living.forEach(key -> await().pollDelay(Duration.ZERO)
                    .until(() -> anew.get(key, String.class).isPresent() || anew.set(key, key)));
            lose(anew, fault, goes, living, its);
        } else {
            lose(cache, fault, goes, living, its);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED", "HUNG"})
    void of_many_keys_a_lost_server_costs_only_its_own(Fault fault) {
        assumeTrue(dividesKeys());
        servers.addAll(startServers());
        StoreServer goes = servers.get(servers.size() - 1);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        IntStream.range(0, KEYS).forEach(i -> entries.put("many:1:key-" + i, new byte[] {1}));
        Ttl ttl = new Ttl(Duration.ofHours(1));
        try (CacheBackend backend = make("many", settings(servers).option("timeout", "PT1S"))) {
            await().ignoreExceptions()
                    .until(() -> backend.setMany(entries, ttl).isEmpty()
                            && backend.getMany(entries.keySet()).size() == KEYS);
            List<String> its =
                    entries.keySet().stream().filter(key -> isAlone(goes, key)).toList();
            List<String> living =
                    entries.keySet().stream().filter(key -> !its.contains(key)).toList();
            if (fault == Fault.HUNG) {
                goes.hang();
            } else {
                goes.kill();
            }

            assertThat(backend.getMany(entries.keySet())).containsOnlyKeys(living);
            assertThat(backend.setMany(entries, ttl)).containsExactlyElementsOf(its);
            assertThat(backend.deleteMany(entries.keySet())).isEqualTo(living.size());
            assertThatThrownBy(() -> backend.getMany(its)).isInstanceOf(RuntimeException.class);
        }
    }

    private void lose(ICacheService cache, Fault fault, StoreServer goes, List<String> living, List<String> its) {
        try (Load load = new Load(cache, living, its)) {
            if (fault != Fault.ABSENT) {
                load.warmUp();
            }
            load.phase();
            if (fault == Fault.HUNG) {
                goes.hang();
            } else if (fault == Fault.KILLED) {
                goes.kill();
            }
            pause(FINDING_OUT);
            Phase first = load.phase();
            pause(LOST.minus(FINDING_OUT));
            Phase known = load.phase();
            if (fault == Fault.HUNG) {
                goes.goOn();
            } else {
                goes.restart();
            }
            long start = System.nanoTime();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(RECOVERY.multipliedBy(4))
                    .until(() -> isUsedAgain(cache, goes, its));
            Duration recovery = Duration.ofNanos(System.nanoTime() - start);

            // a server that comes back is empty at first
            long reads = first.reads.get() + known.reads.get();
            long hits = first.hits.get() + known.hits.get();
            System.out.printf(
                    Locale.ROOT,
                    "FAULT | %-26s | %-6s for %d s | %d of %d keys living, hit %d of %d times | slowest of them %s,"
                            + " of its own %s; when known 9 of 10 within %s, slowest %s | used again after %s |"
                            + " %d warnings%n",
                    getClass().getSimpleName(),
                    fault,
                    LOST.toSeconds(),
                    living.size(),
                    KEYS,
                    hits,
                    reads,
                    millis(max(percentile(first.living, 1), percentile(known.living, 1))),
                    millis(percentile(first.its, 1)),
                    millis(percentile(known.its, 0.9)),
                    millis(percentile(known.its, 1)),
                    millis(recovery),
                    mine(Level.WARNING).size());
            assertThat(living).isNotEmpty();
            assertThat(reads).isPositive();
            assertThat(hits).isEqualTo(reads);
            assertThat(percentile(first.living, 1)).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(percentile(first.its, 1)).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(percentile(known.living, 1)).isLessThan(MACHINE_BUSY.plus(pauses.longest()));
            assertThat(percentile(known.its, 0.9)).isLessThan(KNOWN_TO_BE_LOST);
            assertThat(percentile(known.its, 1)).isLessThan(MACHINE_BUSY.plus(pauses.longest()));
            assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
            String address = goes.address().replaceFirst("^redis://", "");
            assertThat(mine(Level.WARNING)).hasSizeBetween(1, 3).allMatch(line -> line.contains(address));
            await().untilAsserted(() -> assertThat(mine(Level.INFO))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("works again") && line.contains(address)));
        }
    }

    private List<String> mine(Level level) {
        return logs.at(level).stream()
                .filter(line -> line.contains("'" + name + "'"))
                .toList();
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration percentile(ConcurrentLinkedQueue<Long> nanos, double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]);
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1e6);
    }

    /** What was asked in a part of a test. */
    private static final class Phase {
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong hits = new AtomicLong();
        private final ConcurrentLinkedQueue<Long> living = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Long> its = new ConcurrentLinkedQueue<>();
    }

    /** Threads that read all keys, waiting and not. */
    private final class Load implements AutoCloseable {

        private final ICacheService cache;
        private final List<String> living;
        private final List<String> its;
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicLong rounds = new AtomicLong();
        private volatile Phase phase = new Phase();
        private volatile boolean done;

        Load(ICacheService cache, List<String> living, List<String> its) {
            this.cache = cache;
            this.living = living;
            this.its = its;
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                threads.add(new Thread(() -> run(seed), "load-" + i));
            }
            threads.forEach(Thread::start);
        }

        /** In any order: by chance there are failures in a row. */
        private void run(int seed) {
            Random random = new Random(seed);
            while (!done) {
                Phase now = phase;
                int key = random.nextInt(living.size() + its.size());
                if (key < living.size()) {
                    readLiving(now, living.get(key), key % 2 == 0);
                } else {
                    long start = System.nanoTime();
                    askLost(cache, its.get(key - living.size()));
                    now.its.add(System.nanoTime() - start);
                }
                rounds.incrementAndGet();
                pause(Duration.ofMillis(1));
            }
        }

        private void readLiving(Phase now, String key, boolean waiting) {
            long start = System.nanoTime();
            boolean hit = (waiting
                            ? cache.get(key, String.class)
                            : cache.getAsync(key, String.class)
                                    .toCompletableFuture()
                                    .join())
                    .filter(key::equals)
                    .isPresent();
            now.living.add(System.nanoTime() - start);
            now.reads.incrementAndGet();
            now.hits.addAndGet(hit ? 1 : 0);
        }

        void warmUp() {
            await().atMost(Duration.ofSeconds(60)).until(() -> rounds.get() > 2_000);
        }

        /** Ends a part of the test, and begins the next. */
        Phase phase() {
            Phase over = phase;
            phase = new Phase();
            return over;
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
