package dev.larder.response;

import static dev.larder.response.ResponseFixture.body;
import static dev.larder.response.ResponseFixture.finish;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.serve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.service.Logs;
import dev.larder.service.MapBackend;
import dev.larder.spi.ChaosBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the store does, a request gets the origin's answer to this request, now or earlier, whole. */
@Timeout(60)
class ChaosResponseTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final ResponseCache cache =
            new ResponseCache(() -> "shop", () -> Instant.ofEpochSecond(784_111_777), any -> false);

    private final Logs logs = new Logs();

    @AfterEach
    void close() {
        logs.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void no_request_fails_and_no_body_is_wrong(long seed) throws Exception {
        ChaosBackend store = new ChaosBackend(new MapBackend(() -> 0), seed);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        LongSupplier time = () -> nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        try (ResponseFixture given = ResponseFixture.on(store, CacheSettings.of("chaos"), time)) {
            CachedResource resource = given.resource();
            for (int i = 0; i < 15; i++) {
                ask(resource, i % 5, i % 3); // stored before the faults begin: the breaker may open soon after
            }
            store.failing(0.2).corrupting(0.2, ChaosBackend.ANYWHERE).delaying(Duration.ofMillis(1));
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(seed * 31 + thread);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 250; i++) {
                        ask(resource, random.nextInt(5), random.nextInt(3));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
            assertThat(hits).hasPositiveValue();
            assertThat(calls.get() + hits.get()).isEqualTo(1_015);
        } finally {
            threads.shutdownNow();
        }
    }

    private void ask(CachedResource resource, int query, int language) {
        RequestFacts request = get("/books", "q=" + query, "Accept-Language", "l" + language);
        // half of the resources vary by language
        String its = "q=" + query + (query % 2 == 0 ? "" : " l" + language) + " #";
        Exchange exchange = ResponseFixture.exchange(resource, request);
        if (serve(cache, exchange)) {
            assertThat(body(exchange)).startsWith(its).endsWith(".");
            hits.incrementAndGet();
            return;
        }
        String body = its + calls.incrementAndGet() + " " + "x".repeat(query * 100) + ".";
        finish(cache, exchange, query % 2 == 0 ? Fields.EMPTY : Fields.of("Vary", "Accept-Language"), body);
    }
}
