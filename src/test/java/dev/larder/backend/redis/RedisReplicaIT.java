package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import dev.larder.testing.RealTime;
import dev.larder.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads of a leader with two replicas. Each replica is identified by an entry that only it holds. */
@Isolated // it measures
class RedisReplicaIT {

    private RedisServer leader;
    private List<RedisServer> replicas;
    private CacheBackend backend;

    @BeforeEach
    void start() {
        leader = RedisServer.start("repl-diskless-sync-delay 0");
        replicas = List.of(replica(), replica());
        replicas.forEach(RedisServer::awaitReplication);
        backend = backend(CacheSettings.redis(
                leader.address(), replicas.get(0).address(), replicas.get(1).address()));
        leader.ask("SET", "who", "leader");
        for (int i = 0; i < 2; i++) {
            RedisServer replica = replicas.get(i);
            RedisServer.await(() -> "leader".equals(replica.ask("GET", "who")));
            replica.ask("SET", "who", "replica" + i);
        }
    }

    private RedisServer replica() {
        return RedisServer.start("replicaof 127.0.0.1 " + leader.port(), "replica-read-only no");
    }

    private static CacheBackend backend(CacheSettings settings) {
        return new RedisBackendFactory().create("default", settings);
    }

    @AfterEach
    void stop() {
        backend.close();
        replicas.forEach(RedisServer::close);
        leader.close();
    }

    @Test
    void reads_go_to_every_replica_and_never_to_the_leader() {
        assertThat(answers(200)).containsOnly("replica0", "replica1").contains("replica0", "replica1");
    }

    @Test
    void writes_go_to_the_leader() {
        assertThat(backend.set("a", "5".getBytes(UTF_8), Ttl.FOREVER)).isTrue();
        assertThat(backend.add("a", 1)).isEqualTo(6);
        assertThat(backend.touch("a", new Ttl(Duration.ofMinutes(1)))).isTrue();

        assertThat(leader.ask("GET", "a")).isEqualTo("6");
        assertThat(backend.delete("a")).isTrue();
    }

    @Test
    void read_from_leader_reads_the_leader() {
        try (CacheBackend strict = backend(
                CacheSettings.redis(leader.address(), replicas.get(0).address()).option("read-from", "leader"))) {
            assertThat(new String(strict.get("who"), UTF_8)).isEqualTo("leader");
            assertThat(strict.hasKey("who")).isTrue();
        }
    }

    @Test
    void a_lost_replica_is_passed_over() {
        replicas.get(0).kill();

        assertThat(answers(200)).containsOnly("replica1");
    }

    @Test
    void with_every_replica_lost_the_leader_is_read() {
        replicas.forEach(RedisServer::kill);

        assertThat(answers(50)).containsOnly("leader");
    }

    @Test
    void with_the_leader_lost_reads_go_on_and_writes_fail() {
        leader.kill();

        assertThat(answers(50)).containsOnly("replica0", "replica1");
        assertThatThrownBy(() -> backend.set("a", new byte[1], Ttl.FOREVER)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_replica_that_hangs_costs_a_part_of_the_timeout_once_a_second() {
        answers(10);
        replicas.get(0).hang();
        try {
            long start = System.nanoTime();
            assertThat(answers(100)).containsOnly("replica1");

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("| one of two replicas hangs, 100 reads | " + Load.millis(took) + " in all |");
            assertThat(took).isLessThan(Duration.ofSeconds(1));
        } finally {
            replicas.get(0).goOn();
        }
    }

    @RepeatedTest(3)
    void the_first_read_after_a_second_tries_a_lost_replica() {
        replicas.get(0).kill();
        answers(20);
        replicas.get(0).restart();
        replicas.get(0).awaitReplication();
        replicas.get(0).ask("SET", "who", "replica0");
        RealTime.pass(Duration.ofSeconds(1));

        assertThat(answers(1)).containsOnly("replica0");
    }

    @Test
    void a_replica_that_comes_back_is_read_again() {
        replicas.get(0).kill();
        answers(20);
        replicas.get(0).restart();
        replicas.get(0).awaitReplication();
        replicas.get(0).ask("SET", "who", "replica0");

        long start = System.nanoTime();
        RedisServer.await(() -> answers(10).contains("replica0"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("| a lost replica is back | read again after " + Load.millis(took) + " |");
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    private List<String> answers(int reads) {
        return java.util.stream.Stream.generate(() -> new String(backend.get("who"), UTF_8))
                .limit(reads)
                .toList();
    }
}
