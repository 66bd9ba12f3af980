package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that miss one key at the same time. */
@ExtendWith(ArquillianExtension.class)
class ConcurrencyIT {

    private static final int CLIENTS = 200;

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("concurrency", ConcurrencyApp.class, Arrivals.class)
                .addAsLibraries(Wars.jarsOf(Awaitility.class, Matcher.class))
                .addAsResource(new StringAsset("cache.cache-status=true"), "META-INF/microprofile-config.properties");
    }

    @Test
    void two_hundred_at_once_run_the_method_once() throws Exception {
        Site site = new Site(base);
        together("api/slow?warm=1", 200);
        together("api/slow?warm=2", 200);
        int runs = site.runs("slow");

        Together cold = together("api/slow?cold", 200);

        assertThat(site.runs("slow")).isEqualTo(runs + 1);
        assertThat(cold.runs()).containsOnly("run " + (runs + 1));
        List<String> statuses = cold.answers().stream().map(Answer::cacheStatus).toList();
        assertThat(statuses)
                .containsOnlyOnce("larder; fwd=uri-miss; stored")
                .contains("larder; fwd=uri-miss; collapsed");
        assertThat(statuses).allMatch(each -> each.matches("larder; (hit; ttl=\\d+|fwd=uri-miss; (stored|collapsed))"));
        assertThat(cold.last()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void all_run_the_method_if_the_first_answer_cannot_be_stored() throws Exception {
        Together all = together("api/not-storable", 200);

        assertThat(new Site(base).runs("not-storable")).isEqualTo(CLIENTS);
        assertThat(all.runs()).doesNotHaveDuplicates();
    }

    @Test
    void all_run_the_method_if_the_first_one_fails() throws Exception {
        together("api/failing", 500);

        assertThat(new Site(base).runs("failing")).isEqualTo(CLIENTS);
    }

    @Test
    void calls_that_wait_for_each_other_come_to_an_end() throws Exception {
        Site site = new Site(base);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<String> one = clients.submit(() -> site.get("api/nested/ab").text());
            Future<String> other =
                    clients.submit(() -> site.get("api/nested/ba").text());

            assertThat(one.get()).startsWith("a");
            assertThat(other.get()).startsWith("b");
        } finally {
            clients.shutdown();
        }
    }

    private record Together(List<Answer> answers, Duration last) {

        List<String> runs() {
            return answers.stream().map(Wire::run).toList();
        }
    }

    /** Opens all connections first, then sends all requests together. */
    private Together together(String path, int status) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Socket> sockets = new ArrayList<>();
        try {
            AtomicLong start = new AtomicLong();
            CyclicBarrier barrier = new CyclicBarrier(CLIENTS, () -> start.set(System.nanoTime()));
            List<Future<Answer>> pending = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new Socket(base.getHost(), base.getPort());
                socket.setSoTimeout(30_000);
                sockets.add(socket);
                pending.add(clients.submit(() -> {
                    barrier.await();
                    return answer(socket, base.resolve(path));
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : pending) {
                Answer answer = each.get();
                assertThat(answer.status()).isEqualTo(status);
                answers.add(answer);
            }
            return new Together(answers, Duration.ofNanos(System.nanoTime() - start.get()));
        } finally {
            clients.shutdownNow();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Answer answer(Socket socket, URI uri) throws IOException {
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        socket.getOutputStream().write(Wire.request("GET", target, uri.getAuthority(), List.of()));
        return Wire.answer(new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }
}
