package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.spi.Ttl;
import dev.larder.testing.MachinePauses;
import dev.larder.testing.MemcachedServer;
import dev.larder.testing.RealTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a binding does when its servers do not. Figures go to the test's output. */
@Isolated // it measures
public abstract class MemcachedFaults {

    private static final Ttl LONG = new Ttl(Duration.ofHours(1));
    private static final long TIMEOUT_MILLIS = 250;

    /** What a shared machine that stalls may add to a timeout; a call without a bound would take as long as the fault. */
    private static final long SLACK_MILLIS = 1_000;

    private static final long RECOVERY_MILLIS = 5_000;
    private static final int THREADS = 4;

    private final MachinePauses pauses = MachinePauses.watch();

    @AfterEach
    void stopWatching() {
        pauses.close();
    }

    /** The factory of the binding. */
    protected abstract CacheBackendFactory factory();

    private CacheBackend open(MemcachedServer... servers) {
        return open(settings(servers));
    }

    private CacheBackend open(CacheSettings settings) {
        return factory().create("default", settings);
    }

    private CacheSettings settings(MemcachedServer... servers) {
        return CacheSettings.of(factory().type())
                .servers(Arrays.stream(servers).map(MemcachedServer::address).toArray(String[]::new));
    }

    @Test
    void the_first_operation_after_deployment_works() {
        for (int i = 0; i < 10; i++) {
            try (CacheBackend backend = open(MemcachedServer.shared(), MemcachedServer.sharedSecond())) {
                assertThat(backend.set("first-" + i, bytes("1"), LONG)).isTrue();
            }
        }
    }

    @Test
    void killed_under_load_and_restarted_empty() throws Exception {
        MemcachedServer server = MemcachedServer.start();
        try (CacheBackend backend = open(server);
                Load load = new Load(backend)) {
            await().until(() -> load.answered.get() > 100);
            long before = load.answered.get();
            server.kill();
            load.resetSlowest();
            await().until(() -> load.failed.get() > 100);
            long slowest = load.slowestMillis();
            int failed = load.failed.get();
            server.restart();
            long recovery = load.untilItWorks();

            report(
                    "killed under load, restarted empty",
                    slowest,
                    recovery,
                    before + " answered before, " + failed + " failed while it was away");
            assertThat(load.wrong).isEmpty();
            assertThat(before).isPositive();
            assertThat(failed).isPositive();
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());
            assertThat(backend.get("never-set-again")).isNull();
        } finally {
            server.close();
        }
    }

    @Test
    void hung_for_three_seconds_and_no_reply_reaches_another_request() throws Exception {
        MemcachedServer server = MemcachedServer.start();
        try (CacheBackend backend = open(server);
                Load load = new Load(backend)) {
            await().until(() -> load.answered.get() > 100);
            server.hang();
            load.resetSlowest();
            RealTime.pass(Duration.ofSeconds(3));
            long slowest = load.slowestMillis();
            int failed = load.failed.get();
            server.goOn();
            long recovery = load.untilItWorks();
            long answered = load.answered.get();
            RealTime.pass(Duration.ofSeconds(1)); // an answer that comes late would be another's

            report(
                    "hung for 3 s, continued",
                    slowest,
                    recovery,
                    failed + " failed while it hung, " + (load.answered.get() - answered)
                            + " answered in the second after");
            assertThat(load.wrong).isEmpty();
            assertThat(failed).isPositive();
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());
        } finally {
            server.close();
        }
    }

    @Test
    void refused_at_deployment_and_started_afterwards() throws Exception {
        MemcachedServer server = MemcachedServer.absent();
        long start = System.nanoTime();
        try (CacheBackend backend = open(server)) {
            long deployed = millisSince(start);
            start = System.nanoTime();
            assertThatThrownBy(() -> backend.get("a")).isInstanceOf(MemcachedFailure.class);
            long slowest = millisSince(start);
            server.restart();
            long recovery = untilItWorks(backend);

            report("refused at deployment, started later", slowest, recovery, "deployed in " + deployed + " ms");
            assertThat(deployed).isLessThan(1_000);
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());
        } finally {
            server.close();
        }
    }

    @Test
    void an_unknown_or_unroutable_host_costs_its_share_of_the_keys_only() throws Exception {
        long start = System.nanoTime();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                FullBacklog full = new FullBacklog(deaf);
                CacheBackend backend = open(settings(MemcachedServer.shared())
                        .servers(
                                MemcachedServer.shared().address(),
                                "larder.invalid:11211",
                                "127.0.0.1:" + deaf.getLocalPort()))) {
            assertThat(full.pending()).isTrue();
            long deployed = millisSince(start);
            AtomicInteger works = new AtomicInteger();
            long slowest = 0;
            for (int i = 0; i < 60; i++) {
                start = System.nanoTime();
                if (works(backend, "share-" + i)) {
                    works.incrementAndGet();
                }
                slowest = Math.max(slowest, millisSince(start));
            }

            report(
                    "2 of 3 servers unknown or unroutable",
                    slowest,
                    0,
                    "deployed in " + deployed + " ms, " + works.get() + " of 60 keys work");
            assertThat(works.get()).isBetween(5, 40);
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
        }
    }

    @Test
    void a_server_of_another_protocol_is_a_failure_and_leaves_the_others_alone() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread web = new Thread(() -> answerInHttp(other), "http");
            web.setDaemon(true);
            web.start();
            try (CacheBackend backend = open(settings(MemcachedServer.shared())
                    .servers(MemcachedServer.shared().address(), "127.0.0.1:" + other.getLocalPort()))) {
                long slowest = 0;
                AtomicInteger works = new AtomicInteger();
                for (int i = 0; i < 60; i++) {
                    long start = System.nanoTime();
                    works.addAndGet(works(backend, "share-" + i) ? 1 : 0);
                    slowest = Math.max(slowest, millisSince(start));
                    RealTime.pass(Duration.ofMillis(5));
                }
                report("a web server on the port", slowest, 0, works.get() + " of 60 keys work");
                assertThat(works.get()).isBetween(10, 50);
                assertThat(slowest)
                        .isLessThan(
                                TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            }
        }
    }

    private static void answerInHttp(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.getInputStream().read();
                socket.getOutputStream().write(bytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
                socket.close();
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Opens connections that nobody accepts, until the kernel does not reply any more. */
    private static final class FullBacklog implements AutoCloseable {

        private final List<SocketChannel> channels = new ArrayList<>();

        FullBacklog(ServerSocket deaf) throws IOException {
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(deaf.getLocalSocketAddress());
                channels.add(channel);
            }
        }

        boolean pending() throws IOException {
            RealTime.pass(Duration.ofMillis(100)); // what is not refused by now is not answered
            return !channels.get(7).finishConnect();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    @Test
    void one_server_of_a_ring_lost_and_back() throws Exception {
        MemcachedServer stays = MemcachedServer.start();
        MemcachedServer goes = MemcachedServer.start();
        try (CacheBackend backend = open(stays, goes)) {
            List<String> keys =
                    IntStream.range(0, 200).mapToObj(i -> "ring-" + i).toList();
            keys.forEach(key -> assertThat(backend.set(key, bytes(key), LONG)).isTrue());
            goes.kill();
            long start = System.nanoTime();
            List<String> lost =
                    keys.stream().filter(key -> !works(backend, key)).toList();
            long all = millisSince(start);
            List<String> kept = keys.stream().filter(key -> !lost.contains(key)).toList();
            kept.forEach(key -> assertThat(backend.get(key)).isEqualTo(bytes(key)));
            goes.restart();
            start = System.nanoTime();
            String one = lost.get(0);
            often().until(() -> works(backend, one));
            long recovery = millisSince(start);
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());

            report(
                    "one of two servers lost, back",
                    all / keys.size(),
                    recovery,
                    lost.size() + " of " + keys.size() + " keys failed, all " + keys.size() + " gets took " + all
                            + " ms");
            assertThat(lost).hasSizeBetween(50, 150);
            assertThat(all).isLessThan(keys.size() * 10L);
            assertThat(keys).allMatch(key -> works(backend, key));
            // those of the other server were never anywhere else
            kept.forEach(key -> assertThat(backend.get(key)).isEqualTo(bytes(key)));
            lost.forEach(key -> assertThat(backend.get(key)).isNull());
        } finally {
            stays.close();
            goes.close();
        }
    }

    @Test
    void a_value_above_the_servers_limit_replaces_the_older_one_by_nothing() {
        MemcachedServer server = MemcachedServer.start("-I", "512k");
        try (CacheBackend backend = open(settings(server).option("max-value-bytes", "4000000"))) {
            assertThat(backend.set("a", bytes("old"), LONG)).isTrue();
            assertThat(backend.set("a", new byte[600_000], LONG)).isFalse();
            assertThat(backend.get("a")).isNull();
            assertThat(backend.set("a", bytes("old"), LONG)).isTrue();
            assertThat(backend.set("a", new byte[3_000_000], LONG)).isFalse();
            assertThat(backend.get("a")).isNull();
            assertThat(backend.set("a", bytes("new"), LONG)).isTrue();
            assertThat(backend.get("a")).isEqualTo(bytes("new"));
        } finally {
            server.close();
        }
    }

    @Test
    void a_store_that_is_full_and_evicts_nothing_fails_to_set() {
        MemcachedServer server = MemcachedServer.start("-M", "-m", "2");
        try (CacheBackend backend = open(server)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            backend.set("full-" + i, new byte[50_000], LONG);
                        }
                    })
                    .isInstanceOf(MemcachedFailure.Refused.class);
            assertThat(backend.get("full-0")).hasSize(50_000);
        } finally {
            server.close();
        }
    }

    @Test
    void a_foreign_or_corrupt_entry_comes_back_as_it_is_and_can_be_overwritten() {
        MemcachedServer server = MemcachedServer.shared();
        try (CacheBackend backend = open(server)) {
            for (String stored :
                    List.of("", "hello", "\u00fa", "\u00fa1234567", "{\"a\":1}", "12abc", "99999999999999999999999")) {
                server.ask("set corrupt 0 0 " + stored.length() + "\r\n" + stored);

                assertThat(backend.get("corrupt")).isEqualTo(stored.getBytes(ISO_8859_1));
                assertThat(backend.hasKey("corrupt")).isTrue();
                assertThatThrownBy(() -> backend.add("corrupt", 1)).isInstanceOf(CacheValueException.class);
                assertThat(backend.touch("corrupt", LONG)).isTrue();
                assertThat(backend.get("corrupt")).isEqualTo(stored.getBytes(ISO_8859_1));
                assertThat(backend.set("corrupt", bytes("mine"), LONG)).isTrue();
                assertThat(backend.get("corrupt")).isEqualTo(bytes("mine"));
                assertThat(backend.delete("corrupt")).isTrue();
            }
            assertThatThrownBy(() -> backend.add("corrupt", 1)).isInstanceOf(NoSuchKeyException.class);
        }
    }

    /** Earlier versions kept its deadline there. */
    @Test
    void a_counter_with_flags_is_read_and_counted() {
        MemcachedServer server = MemcachedServer.shared();
        try (CacheBackend backend = open(server)) {
            server.ask("set flags " + 0x8b6fa306L + " 0 2\r\n42");

            assertThat(backend.get("flags")).isEqualTo(bytes("42"));
            assertThat(backend.add("flags", 1)).isEqualTo(43);
            assertThat(backend.touch("flags", LONG)).isTrue();
            assertThat(backend.add("flags", -4)).isEqualTo(39);
            assertThat(backend.delete("flags")).isTrue();
        }
    }

    @Test
    void an_entry_cut_off_at_any_byte_is_no_exception() {
        MemcachedServer server = MemcachedServer.shared();
        try (CacheBackend backend = open(server)) {
            byte[] whole = EntryTest.stored(Entry.of(bytes("some value"), LONG, System.currentTimeMillis()));
            for (int length = 0; length <= whole.length; length++) {
                server.ask("set cut 0 0 " + length + "\r\n" + new String(whole, 0, length, ISO_8859_1));
                byte[] read = backend.get("cut");

                assertThat(read)
                        .isEqualTo(
                                length >= Entry.FRAME
                                        ? Arrays.copyOfRange(whole, Entry.FRAME, length)
                                        : Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void a_login_is_needed_a_wrong_one_is_a_failure_and_a_new_password_works_after_a_restart() throws Exception {
        MemcachedServer server = MemcachedServer.startWithLogin("larder", "s3cret:@x");
        CacheSettings settings = settings(server).option("user", "larder").option("password", "s3cret:@x");
        try (CacheBackend right = open(settings);
                CacheBackend inAddress = open(settings(server).servers("larder:s3cret:@x@" + server.address()));
                CacheBackend wrong = open(settings.option("password", "wr0ng"));
                CacheBackend none = open(settings(server))) {
            assertThat(right.set("a", bytes("1"), LONG)).isTrue();
            assertThat(inAddress.get("a")).isEqualTo(bytes("1"));
            assertThatThrownBy(() -> none.get("a")).isInstanceOf(MemcachedFailure.class);
            long slowest = 0;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> wrong.get("a"))
                        .isInstanceOf(MemcachedFailure.class)
                        .hasMessageNotContaining("wr0ng");
                slowest = Math.max(slowest, millisSince(start));
            }
            server.kill();
            server.setPassword("larder", "wr0ng");
            server.restart();
            long recovery = untilItWorks(wrong);

            report("wrong password, then the right one", slowest, recovery, "");
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());
            assertThatThrownBy(() -> right.get("a")).isInstanceOf(MemcachedFailure.class);
        } finally {
            server.close();
        }
    }

    @Test
    void closing_leaves_no_thread_also_while_the_server_hangs_or_is_away() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        MemcachedServer server = MemcachedServer.start();
        MemcachedServer absent = MemcachedServer.absent();
        for (int i = 0; i < 5; i++) {
            try (CacheBackend backend = open(server, absent)) {
                works(backend, "close-" + i);
            }
        }
        CacheBackend hung = open(server);
        hung.set("a", bytes("1"), LONG);
        server.hang();
        assertThatThrownBy(() -> hung.get("a")).isInstanceOf(MemcachedFailure.class);
        long start = System.nanoTime();
        hung.close();
        long closed = millisSince(start);
        server.goOn();
        server.close();

        report("closed while the server hangs", closed, 0, "");
        assertThat(closed).isLessThan(3_000);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.isAlive() && !before.contains(thread))
                                .filter(thread -> thread.getName()
                                        .toLowerCase(Locale.ROOT)
                                        .matches(".*(larder|memcached|heal|reactor).*")))
                        .isEmpty());
    }

    @Test
    void every_thread_is_a_daemon() {
        try (CacheBackend backend = open(MemcachedServer.shared())) {
            backend.get("a");
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(
                            thread -> thread.getName().toLowerCase(Locale.ROOT).matches(".*(larder|memcached|heal).*"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void a_set_without_reply_does_not_wait_and_does_not_pile_up_while_the_server_hangs() throws Exception {
        MemcachedServer server = MemcachedServer.start();
        CacheSettings settings =
                settings(server).option("default-noreply", "true").option("queue-size", "100");
        try (CacheBackend backend = open(settings)) {
            backend.set("a", bytes("1"), LONG);
            assertThat(backend.get("a")).isEqualTo(bytes("1"));
            server.hang();
            AtomicInteger refused = new AtomicInteger();
            long slowest = 0;
            for (int i = 0; i < 2_000; i++) {
                long start = System.nanoTime();
                try {
                    backend.set("pile-" + i, new byte[50_000], LONG);
                } catch (MemcachedFailure e) {
                    refused.incrementAndGet();
                }
                slowest = Math.max(slowest, millisSince(start));
            }
            server.goOn();
            long recovery = untilItWorks(backend);

            report("2000 sets of 50 kB without reply, hung", slowest, recovery, refused.get() + " refused");
            assertThat(slowest)
                    .isLessThan(TIMEOUT_MILLIS + SLACK_MILLIS + pauses.longest().toMillis());
            assertThat(refused.get()).isPositive();
            assertThat(recovery).isLessThan(RECOVERY_MILLIS + pauses.longest().toMillis());
        } finally {
            server.close();
        }
    }

    private static boolean works(CacheBackend backend, String key) {
        try {
            backend.get(key);
            return true;
        } catch (MemcachedFailure e) {
            return false;
        }
    }

    private static long untilItWorks(CacheBackend backend) {
        long start = System.nanoTime();
        often().until(() -> works(backend, "recovery"));
        return millisSince(start);
    }

    private static ConditionFactory often() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMillis(2 * RECOVERY_MILLIS));
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private void report(String fault, long slowestMillis, long recoveryMillis, String more) {
        System.out.printf(
                "FAULT | %-10s | %-42s | slowest %4d ms | works again after %4d ms | %s%n",
                factory().type(), fault, slowestMillis, recoveryMillis, more);
    }

    /** Threads that set, read and count, each its own keys, so that a reply to another thread is detected. */
    private static final class Load implements AutoCloseable {

        final Set<String> wrong = ConcurrentHashMap.newKeySet();
        final AtomicLong answered = new AtomicLong();
        final AtomicInteger failed = new AtomicInteger();
        private final AtomicLong slowest = new AtomicLong();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(CacheBackend backend) {
            Map<Integer, Thread> all = IntStream.range(0, THREADS)
                    .boxed()
                    .collect(Collectors.toMap(i -> i, i -> new Thread(() -> run(backend, i), "load-" + i)));
            threads.addAll(all.values());
            threads.forEach(Thread::start);
        }

        private void run(CacheBackend backend, int thread) {
            for (int i = 0; !ended.get(); i++) {
                String key = "load-" + thread + "-" + i % 50;
                long start = System.nanoTime();
                try {
                    if (i % 3 == 0) {
                        backend.set(key, bytes(key), LONG);
                    } else {
                        byte[] read = backend.get(key);
                        if (read != null && !Arrays.equals(read, bytes(key))) {
                            wrong.add(key + " read " + new String(read, UTF_8));
                        }
                    }
                    answered.incrementAndGet();
                } catch (MemcachedFailure e) {
                    failed.incrementAndGet();
                    Thread.yield();
                } catch (RuntimeException e) {
                    wrong.add(e.toString());
                }
                slowest.accumulateAndGet(millisSince(start), Math::max);
            }
        }

        void resetSlowest() {
            slowest.set(0);
        }

        long slowestMillis() {
            return slowest.get();
        }

        long untilItWorks() {
            long start = System.nanoTime();
            long enough = answered.get() + THREADS + 1;
            often().until(() -> answered.get() >= enough);
            return millisSince(start);
        }

        @Override
        public void close() {
            ended.set(true);
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
