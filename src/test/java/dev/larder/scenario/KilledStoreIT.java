package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import dev.larder.scenario.Site.Answer;
import dev.larder.testing.MachinePauses;
import dev.larder.testing.RealTime;
import dev.larder.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.ObjectPool;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import redis.clients.jedis.RedisClient;

/** A store that is killed, or hangs, under the load of several clients: seen from outside the server. */
@ExtendWith(ArquillianExtension.class)
@EnabledIf("dev.larder.testing.RedisServer#canBeStarted")
@Timeout(180)
class KilledStoreIT {

    private static final int CLIENTS = 4;
    private static final int PAGES = 50;
    private static final Duration FAILING = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    /** The timeout of an operation, and what a loaded machine adds to a request. */
    private static final Duration LONGEST = Duration.ofMillis(250 + 1_000);

    private static RedisServer store;

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive application() {
        store = RedisServer.start();
        return Wars.war("killed-store", KilledStoreApp.class)
                .addAsLibraries(Wars.jarsOf(RedisClient.class, ObjectPool.class, Gson.class, Logger.class))
                .addAsResource(
                        new StringAsset("caches.default.backend=redis\ncaches.default.servers=" + store.address()),
                        "META-INF/microprofile-config.properties");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void killed_and_restarted_empty_it_costs_no_answer_and_is_used_again() {
        fails("killed", store::kill, store::restart);
    }

    @Test
    void hung_and_continued_it_costs_no_answer_and_is_used_again() {
        fails("hung", store::hang, store::goOn);
    }

    private void fails(String how, Runnable fail, Runnable comeBack) {
        try (MachinePauses pauses = MachinePauses.watch();
                Load load = new Load(new Site(base))) {
            load.awaitHit();
            load.slowest();
            fail.run();
            RealTime.pass(FAILING);
            Duration failing = load.slowest();
            int answersMeanwhile = load.answers.get();
            comeBack.run();
            Duration again = load.awaitHit();
            load.end();

            System.out.printf(
                    Locale.ROOT,
                    "FAULT | %-10s | redis %s under load over HTTP | %d answers, %d wrong | slowest %d ms | hits again"
                            + " after %d ms%n",
                    System.getProperty("larder.server"),
                    how,
                    load.answers.get(),
                    load.wrong.size(),
                    failing.toMillis(),
                    again.toMillis());
            assertThat(load.wrong).isEmpty();
            assertThat(answersMeanwhile).isGreaterThan(CLIENTS);
            assertThat(failing).isLessThan(LONGEST.plus(pauses.longest()));
            assertThat(again).isLessThan(RECOVERY.plus(pauses.longest()));
        }
    }

    /** Clients that ask for one page after the other, and look at every answer. */
    private static final class Load implements AutoCloseable {

        private final Site site;
        private final AtomicInteger answers = new AtomicInteger();
        private final Set<String> wrong = ConcurrentHashMap.newKeySet();
        private final AtomicLong slowest = new AtomicLong();
        private final AtomicLong lastHit = new AtomicLong();
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final List<Future<?>> clients = new ArrayList<>();
        private volatile boolean done;

        Load(Site site) {
            this.site = site;
            lastHit.set(System.nanoTime());
            for (int i = 0; i < CLIENTS; i++) {
                int first = i * PAGES / CLIENTS;
                clients.add(threads.submit(() -> run(first)));
            }
        }

        private Void run(int first) throws Exception {
            for (int page = first; !done; page = (page + 1) % PAGES) {
                long start = System.nanoTime();
                Answer answer = site.get("api/pages/" + page);
                long end = System.nanoTime();
                answers.incrementAndGet();
                slowest.accumulateAndGet(end - start, Math::max);
                if (answer.status() != 200 || !answer.text().equals(KilledStoreApp.text(page))) {
                    wrong.add(page + ": " + answer);
                }
                if (answer.fromCache()) {
                    lastHit.set(end);
                }
            }
            return null;
        }

        /** How long it takes from now to an answer from the cache. */
        Duration awaitHit() {
            long start = System.nanoTime();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> lastHit.get() - start > 0);
            return Duration.ofNanos(lastHit.get() - start);
        }

        /** The slowest answer since it was asked last. */
        Duration slowest() {
            return Duration.ofNanos(slowest.getAndSet(0));
        }

        /** Lets the clients end, each after a whole answer. */
        void end() {
            done = true;
            for (Future<?> client : clients) {
                assertThat(client).succeedsWithin(Duration.ofSeconds(30));
            }
        }

        @Override
        public void close() {
            done = true;
            threads.shutdown();
            try {
                threads.awaitTermination(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
