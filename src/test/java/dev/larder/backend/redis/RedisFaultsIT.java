package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.CacheValueException;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.testing.MachinePauses;
import dev.larder.testing.RealTime;
import dev.larder.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What goes wrong with real servers, at the default timeout of 250 ms: how much longer a call takes then, and how soon the
 * server is used again. The breaker above the backend is not in play.
 */
@Isolated // it measures
class RedisFaultsIT {

    /** The timeout, and what a shared machine that stalls adds; a call without a bound would take as long as the fault. */
    private static final Duration LONGEST = Duration.ofMillis(250 + 1_000);

    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Ttl LONG = new Ttl(Duration.ofHours(1));

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final MachinePauses pauses = MachinePauses.watch();

    @AfterEach
    void close() throws Exception {
        pauses.close();
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void killed_under_load_and_restarted_empty() {
        RedisServer server = server();
        Load load = load(backend(server.address()), 8);
        load.awaitCalls(500);
        Duration usual = load.slowest();
        load.reset();
        server.kill();
        load.awaitFailures(200);
        Duration slowest = load.slowest();
        server.restart();
        Duration recovery = load.recovery();
        load.awaitCalls(200);
        load.reset();
        load.awaitCalls(500);

        report("killed under load, restarted empty", usual, slowest, recovery);
        assertThat(load.wrong).hasValue(0);
        assertThat(load.failures).hasValue(0);
        assertThat(slowest).isLessThan(LONGEST.plus(pauses.longest()));
        assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
    }

    @Test
    void hung_and_continued() {
        RedisServer server = server();
        Load load = load(backend(server.address()), 16);
        load.awaitCalls(500);
        Duration usual = load.slowest();
        load.reset();
        server.hang();
        RealTime.pass(Duration.ofSeconds(3));
        Duration slowest = load.slowest();
        server.goOn();
        Duration recovery = load.recovery();
        load.awaitCalls(1_000); // answers that come late would be among theirs

        report("hung for 3 s, continued", usual, slowest, recovery);
        assertThat(load.wrong).hasValue(0);
        assertThat(slowest).isLessThan(LONGEST.plus(pauses.longest()));
        assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
    }

    @Test
    void a_write_larger_than_every_buffer_ends_in_time_when_the_server_hangs() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        backend.set("a", new byte[1], LONG);
        byte[] large = new byte[1 << 24];
        server.hang();
        try {
            assertThatFails("16 MiB written to a hung server", () -> backend.set("a", large, LONG));
        } finally {
            server.goOn();
        }
        assertThat(backend.get("b")).isNull();
    }

    @Test
    void restarted_while_connections_are_idle_costs_no_call() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        Load load = new Load(backend, 8);
        load.awaitCalls(200);
        load.close();
        server.kill();
        server.restart();

        assertThat(backend.get("a")).isNull();
        assertThat(backend.set("a", new byte[1], LONG)).isTrue();
    }

    @Test
    void restarted_with_another_password() {
        RedisServer server = RedisServer.startWithPassword("old-secret");
        opened.add(server);
        CacheBackend backend = backend("redis://:old-secret@127.0.0.1:" + server.port());
        backend.set("a", new byte[1], LONG);
        server.kill();
        server.restart("requirepass new-secret");

        Duration took = assertThatFails("restarted with another password", () -> backend.get("a"));
        assertThat(took).isLessThan(LONGEST.plus(pauses.longest()));
        assertThatThrownBy(() -> backend.get("a"))
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("old-secret");
    }

    @Test
    void connection_refused() throws IOException {
        CacheBackend backend = backend("redis://127.0.0.1:" + RedisServer.freePort());

        assertThatFails("connection refused", () -> backend.get("a"));
        assertThatThrownBy(() -> backend.get("a")).hasMessageContaining("Connection refused");
    }

    @Test
    void unroutable() throws IOException {
        // a backlog that is full: the kernel drops requests for a connection, as a firewall does
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        opened.add(full);
        for (int i = 0; i < 4; i++) {
            SocketChannel filling = SocketChannel.open();
            opened.add(filling);
            filling.configureBlocking(false);
            filling.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()));
        }
        CacheBackend backend = backend("redis://127.0.0.1:" + full.getLocalPort());

        assertThatFails("unroutable", () -> backend.get("a"));
        assertThatThrownBy(() -> backend.get("a")).hasMessageContaining("within the timeout");
    }

    @Test
    void a_reply_that_comes_byte_by_byte_ends_in_time() throws IOException {
        ServerSocket slow = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        opened.add(slow);
        Thread dripping = new Thread(() -> drip(slow), "dripping");
        dripping.setDaemon(true);
        dripping.start();
        CacheBackend backend = backend("redis://127.0.0.1:" + slow.getLocalPort());

        assertThatFails("answer byte by byte", () -> backend.get("a"));
    }

    private static void drip(ServerSocket slow) {
        while (!slow.isClosed()) {
            try (Socket socket = slow.accept()) {
                for (byte b : "+OK\r\n$1000\r\n".getBytes(UTF_8)) {
                    socket.getOutputStream().write(b);
                }
                while (true) {
                    socket.getOutputStream().write('x');
                    RealTime.pass(Duration.ofMillis(50));
                }
            } catch (IOException e) {
                // the client has gone
            }
        }
    }

    @Test
    void a_server_that_hangs_up_on_a_large_value_without_a_word_did_not_store_it() throws IOException {
        ServerSocket curt = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        opened.add(curt);
        List<String> asked = new CopyOnWriteArrayList<>();
        Thread hangingUp = new Thread(() -> hangUp(curt, asked), "hanging up");
        hangingUp.setDaemon(true);
        hangingUp.start();
        CacheBackend backend = backend("redis://127.0.0.1:" + curt.getLocalPort());

        assertThat(backend.set("a", new byte[8 * 1024 * 1024], LONG)).isFalse();
        assertThat(asked).filteredOn(request -> request.contains("DEL")).hasSize(1);
    }

    /** Welcomes each client; the connection of one that sends much is reset, so that nothing said on it arrives. */
    private static void hangUp(ServerSocket curt, List<String> asked) {
        while (!curt.isClosed()) {
            try (Socket socket = curt.accept()) {
                byte[] buffer = new byte[8192];
                boolean welcomed = false;
                for (int count = socket.getInputStream().read(buffer);
                        count > 0 && count < 4096;
                        count = socket.getInputStream().read(buffer)) {
                    asked.add(new String(buffer, 0, count, UTF_8));
                    socket.getOutputStream().write((welcomed ? ":1\r\n" : "+OK\r\n").getBytes(UTF_8));
                    welcomed = true;
                }
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // the client has gone
            }
        }
    }

    @Test
    void a_leader_turned_read_only_fails_writes_and_serves_reads() throws IOException {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        backend.set("a", "5".getBytes(UTF_8), LONG);
        server.ask("REPLICAOF", "127.0.0.1", Integer.toString(RedisServer.freePort()));

        assertThatFails("leader read-only: a write", () -> backend.set("a", new byte[1], LONG));
        assertThatThrownBy(() -> backend.add("a", 1)).hasMessageContaining("READONLY");
        assertThat(backend.get("a")).isEqualTo("5".getBytes(UTF_8));
        server.ask("REPLICAOF", "NO", "ONE");
        assertThat(backend.set("a", new byte[1], LONG)).isTrue();
    }

    @Test
    void out_of_memory_fails_writes_and_serves_reads() {
        RedisServer server = RedisServer.start("maxmemory-policy noeviction");
        opened.add(server);
        CacheBackend backend = backend(server.address());
        backend.set("a", "5".getBytes(UTF_8), LONG);
        server.ask("CONFIG", "SET", "maxmemory", "1");

        assertThatFails("out of memory, noeviction: a write", () -> backend.set("b", new byte[1], LONG));
        assertThatThrownBy(() -> backend.add("a", 1))
                .isNotInstanceOf(CacheValueException.class)
                .hasMessageContaining("OOM");
        assertThat(backend.get("a")).isEqualTo("5".getBytes(UTF_8));
        assertThat(backend.delete("a")).isTrue();
        server.ask("CONFIG", "SET", "maxmemory", "0");
        assertThat(backend.set("b", new byte[1], LONG)).isTrue();
    }

    @Test
    void a_foreign_type_is_unreadable_no_counter_and_overwritten() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        server.ask("LPUSH", "a", "foreign");

        assertThat(new String(backend.get("a"), UTF_8)).startsWith("WRONGTYPE");
        assertThat(backend.hasKey("a")).isTrue();
        assertThatThrownBy(() -> backend.add("a", 1)).isInstanceOf(CacheValueException.class);
        assertThat(backend.set("a", "mine".getBytes(UTF_8), LONG)).isTrue();
        assertThat(backend.get("a")).isEqualTo("mine".getBytes(UTF_8));
    }

    @Test
    void forty_days_and_a_hundred_years_are_what_the_server_counts() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        backend.set("a", new byte[1], new Ttl(Duration.ofDays(40)));
        backend.set("b", new byte[1], new Ttl(Duration.ofDays(36_525)));

        assertThat(Long.parseLong(server.ask("PTTL", "a")))
                .isBetween(
                        Duration.ofDays(40).minusSeconds(5).toMillis(),
                        Duration.ofDays(40).toMillis());
        assertThat(Long.parseLong(server.ask("PTTL", "b")))
                .isGreaterThan(Duration.ofDays(36_524).toMillis());
    }

    @Test
    void a_server_that_forgot_the_scripts_counts_on() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        backend.set("a", "5".getBytes(UTF_8), LONG);
        backend.add("a", 1);
        server.ask("SCRIPT", "FLUSH");

        assertThat(backend.add("a", 1)).isEqualTo(7);
    }

    @Test
    void more_callers_than_connections_wait_and_open_no_more() throws Exception {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        try (Load load = new Load(backend, 40)) {
            load.awaitCalls(1_000);
            assertThat(server.ask("CLIENT", "LIST").split("name=larder", -1)).hasSizeLessThanOrEqualTo(8 + 1);
            assertThat(load.wrong).hasValue(0);
        }
        backend.close();
        RedisServer.await(() -> !server.ask("CLIENT", "LIST").contains("name=larder"));
    }

    @Test
    void an_interrupted_thread_gets_its_reply_and_stays_interrupted() {
        RedisServer server = server();
        CacheBackend backend = backend(server.address());
        backend.set("a", "1".getBytes(UTF_8), LONG);

        Thread.currentThread().interrupt();
        byte[] answer = backend.get("a");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo("1".getBytes(UTF_8));
    }

    @Test
    void the_first_connection_is_opened_at_deployment() {
        RedisServer server = server();
        int connections = server.connections();
        backend(server.address());

        RedisServer.await(() -> server.connections() > connections);
    }

    @Test
    void a_deployment_and_its_end_wait_for_no_server() {
        RedisServer server = server();
        server.hang();
        try {
            long start = System.nanoTime();
            CacheBackend backend = new RedisBackendFactory().create("hung", CacheSettings.redis(server.address()));
            Duration deployed = Duration.ofNanos(System.nanoTime() - start);
            backend.close();

            assertThat(deployed).isLessThan(Duration.ofMillis(200).plus(pauses.longest()));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("larder-redis-hung"));
        } finally {
            server.goOn();
        }
    }

    @Test
    void it_has_no_thread() {
        RedisServer server = server();
        java.util.Set<Thread> before = Thread.getAllStackTraces().keySet();
        CacheBackend backend = backend(server.address());
        backend.get("a");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("commons-pool") || name.contains("jedis"));
    }

    @Test
    void a_sentinel_names_the_next_leader() {
        RedisServer leader = server();
        RedisServer replica = RedisServer.start("replicaof 127.0.0.1 " + leader.port());
        opened.add(replica);
        replica.awaitReplication();
        RedisServer sentinel = RedisServer.startSentinel(leader);
        opened.add(sentinel);
        RedisServer.await(() -> sentinel.ask("SENTINEL", "replicas", "larder").contains("slave"));
        CacheBackend backend = backend(CacheSettings.redis(sentinel.address()).option("sentinel-master", "larder"));
        Load load = load(backend, 4);
        load.awaitCalls(200);
        Duration usual = load.slowest();
        load.reset();
        leader.kill();
        RedisServer.await(() -> sentinel.ask("SENTINEL", "get-master-addr-by-name", "larder")
                .contains(Integer.toString(replica.port())));
        Duration slowest = load.slowest();
        Duration recovery = load.recovery();

        report("Sentinel: leader killed, from the sentinel's decision", usual, slowest, recovery);
        assertThat(backend.set("after", new byte[1], LONG)).isTrue();
        assertThat(slowest).isLessThan(LONGEST.plus(pauses.longest()));
        assertThat(recovery).isLessThan(RECOVERY.plus(pauses.longest()));
    }

    @Test
    void a_cluster_that_loses_a_node_and_moves_a_slot_goes_on() {
        List<RedisServer> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(RedisServer.start("cluster-enabled yes", "cluster-require-full-coverage no"));
            opened.add(nodes.get(i));
        }
        RedisServer.join(nodes);
        CacheBackend backend =
                backend(CacheSettings.redis(nodes.get(0).address()).option("cluster", "true"));
        // "foo" is in slot 12182, the third node's; "bar" in 5061, the first one's
        backend.set("foo", "1".getBytes(UTF_8), LONG);
        backend.set("bar", "1".getBytes(UTF_8), LONG);
        assertThat(nodes.get(2).ask("GET", "foo")).isEqualTo("1");

        backend.delete("foo");
        String second = nodes.get(1).ask("CLUSTER", "MYID");
        nodes.get(1)
                .ask("CLUSTER", "SETSLOT", "12182", "IMPORTING", nodes.get(2).ask("CLUSTER", "MYID"));
        nodes.get(2).ask("CLUSTER", "SETSLOT", "12182", "MIGRATING", second);
        backend.set("foo", "5".getBytes(UTF_8), LONG); // by ASK
        assertThat(backend.add("foo", 1)).isEqualTo(6);
        nodes.get(1).ask("CLUSTER", "SETSLOT", "12182", "NODE", second);
        nodes.get(2).ask("CLUSTER", "SETSLOT", "12182", "NODE", second);
        assertThat(backend.add("foo", 1)).isEqualTo(7); // by MOVED
        assertThat(backend.get("foo")).isEqualTo("7".getBytes(UTF_8));

        nodes.get(1).kill();
        assertThatFails("Cluster: a key of a lost node", () -> backend.get("foo"));
        for (int i = 0; i < 200; i++) {
            assertThat(backend.get("bar")).isEqualTo("1".getBytes(UTF_8));
        }
    }

    private RedisServer server() {
        RedisServer server = RedisServer.start();
        opened.add(server);
        return server;
    }

    private CacheBackend backend(String server) {
        return backend(CacheSettings.redis(server));
    }

    private CacheBackend backend(CacheSettings settings) {
        CacheBackend backend = new RedisBackendFactory().create("default", settings);
        opened.add(backend);
        return backend;
    }

    private Load load(CacheBackend backend, int threads) {
        Load load = new Load(backend, threads);
        opened.add(load);
        return load;
    }

    private Duration assertThatFails(String fault, Runnable operation) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            assertThatThrownBy(operation::run).isInstanceOf(RuntimeException.class);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        System.out.println("| " + fault + " | slowest of 5 calls " + Load.millis(longest) + " |");
        assertThat(longest).isLessThan(LONGEST.plus(pauses.longest()));
        return longest;
    }

    private static void report(String fault, Duration usual, Duration slowest, Duration recovery) {
        System.out.println("| " + fault + " | slowest call " + Load.millis(slowest) + ", before it "
                + Load.millis(usual) + " | first success " + Load.millis(recovery) + " after |");
    }
}
