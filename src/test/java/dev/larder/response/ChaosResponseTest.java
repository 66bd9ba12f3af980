package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.http.VaryMatch;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.GivenProperties;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.service.Backends;
import dev.larder.service.Logs;
import dev.larder.service.MapBackend;
import dev.larder.spi.ChaosBackend;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the store does, a request gets the origin's answer to this request, now or earlier, whole. */
@Timeout(60)
class ChaosResponseTest {

    interface Resource {
        @Cache(ttl = 60)
        String list();
    }

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
        try (Backends backends = new Backends(
                Map.of("default", CacheSettings.of("chaos")),
                (name, its) -> store,
                new ValueCodec(JsonbBuilder::create),
                () -> nanos.addAndGet(Duration.ofSeconds(2).toNanos()))) {
            CachedResource resource = resource(backends);
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
            assertThat(calls.get() + hits.get()).isEqualTo(1_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private void ask(CachedResource resource, int query, int language) {
        RequestFacts request = new RequestFacts(
                "GET",
                "GET",
                "https",
                "shop.example",
                "/books",
                "q=" + query,
                Fields.of("Accept-Language", "l" + language),
                null,
                false);
        // half of the resources vary by language
        String its = "q=" + query + (query % 2 == 0 ? "" : " l" + language) + " #";
        Exchange exchange = new Exchange(resource, request, any -> null, SideEffects.NONE);
        if (cache.serve(exchange, () -> new Object[0])) {
            Hit hit = exchange.hit();
            assertThat(new String(hit.body(), UTF_8)).startsWith(its).endsWith(".");
            hits.incrementAndGet();
            return;
        }
        byte[] body = (its + calls.incrementAndGet() + " " + "x".repeat(query * 100) + ".").getBytes(UTF_8);
        exchange.markReturned();
        cache.noteHead(exchange, 200, query % 2 == 0 ? Fields.EMPTY : Fields.of("Vary", "Accept-Language"), false);
        cache.noteBody(exchange, body, "text/plain", Fields.EMPTY, false);
        cache.noteWritten(exchange);
    }

    private static CachedResource resource(Backends backends) {
        Method method = Resource.class.getDeclaredMethods()[0];
        CachePolicy read = new PolicyReader(
                        GivenProperties.of(), Map.of("default", CacheSettings.of("chaos")), new Problems())
                .read(Resource.class, method, method.getAnnotation(Cache.class), Kind.RESPONSE);
        return new CachedResource(
                read,
                CachingRules.DEFAULT,
                backends.region("default", ""),
                null,
                read.keyRoot(),
                null,
                VaryMatch.NONE,
                false);
    }
}
