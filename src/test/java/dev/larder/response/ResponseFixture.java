package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.http.VaryMatch;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.GeneratedKey;
import dev.larder.policy.GivenProperties;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.service.Backends;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What the tests of responses share: cached methods, requests to them, and an origin whose bodies are v1, v2, v3 … */
final class ResponseFixture implements AutoCloseable {

    interface Resource {
        @Cache(ttl = 60)
        String list();
    }

    final Backends backends;

    /** How often the origin was called. */
    final AtomicInteger calls = new AtomicInteger();

    private final Map<String, CacheSettings> settings;

    private ResponseFixture(
            Map<String, CacheBackend> stores,
            Map<String, CacheSettings> settings,
            LongSupplier nanos,
            InstantSource clock) {
        this.settings = settings;
        this.backends = new Backends(
                settings,
                (name, its) -> stores.get(name),
                new ValueCodec(JsonbBuilder::create),
                nanos,
                clock,
                any -> CacheEvents.NONE);
    }

    /** With a backend named {@code default}. */
    static ResponseFixture on(CacheBackend store) {
        return on(store, CacheSettings.of("test"), System::nanoTime);
    }

    static ResponseFixture on(CacheBackend store, CacheSettings settings, LongSupplier nanos) {
        return on(store, settings, nanos, InstantSource.system());
    }

    static ResponseFixture on(CacheBackend store, CacheSettings settings, LongSupplier nanos, InstantSource clock) {
        return new ResponseFixture(Map.of("default", store), Map.of("default", settings), nanos, clock);
    }

    static ResponseFixture on(Map<String, CacheBackend> stores) {
        return on(stores, System::nanoTime, InstantSource.system());
    }

    static ResponseFixture on(Map<String, CacheBackend> stores, LongSupplier nanos, InstantSource clock) {
        Map<String, CacheSettings> settings =
                stores.keySet().stream().collect(Collectors.toMap(name -> name, name -> CacheSettings.of("test")));
        return new ResponseFixture(stores, settings, nanos, clock);
    }

    CachedResource resource(String... properties) {
        return resource(Resource.class, properties);
    }

    /** The one method of a type, configured so. */
    CachedResource resource(Class<?> type, String... properties) {
        Method method = type.getDeclaredMethods()[0];
        CachePolicy policy = new PolicyReader(GivenProperties.of(properties), settings, new Problems())
                .read(type, method, method.getAnnotation(Cache.class), Kind.RESPONSE);
        return new CachedResource(
                policy,
                policy.rules(),
                backends.region(policy.backend(), ""),
                null,
                policy.keyRoot(),
                null,
                VaryMatch.of(policy.rules().keyedBy()),
                false,
                CacheEvents.NONE);
    }

    CachedResource generating(CacheKeyGenerator generator, String version, String... properties) {
        CachedResource like = resource(properties);
        return new CachedResource(
                like.policy(),
                like.rules(),
                backends.region(like.policy().backend(), version),
                new GeneratedKey(like.policy(), () -> generator),
                like.keyRoot(),
                null,
                like.variedBy(),
                false,
                CacheEvents.NONE);
    }

    static Exchange exchange(CachedResource resource, RequestFacts request) {
        return new Exchange(resource, request, any -> null, SideEffects.NONE);
    }

    static RequestFacts get(String path, String query, String... fields) {
        return request("GET", path, query, fields);
    }

    static RequestFacts request(String method, String path, String query, String... fields) {
        return new RequestFacts(method, method, "https", "shop.example", path, query, Fields.of(fields), null, false);
    }

    static boolean serve(ResponseCache cache, Exchange exchange) {
        return cache.serve(exchange, () -> new Object[0]);
    }

    /** A whole request: served from the cache, or by the origin with these fields. */
    String ask(ResponseCache cache, Exchange exchange, String... responseFields) {
        return serve(cache, exchange) ? body(exchange) : finish(cache, exchange, responseFields);
    }

    /** The origin's answer to a request that is recorded. */
    String finish(ResponseCache cache, Exchange exchange, String... responseFields) {
        String body = "v" + calls.incrementAndGet();
        finish(cache, exchange, Fields.of(responseFields), body);
        return body;
    }

    static void finish(ResponseCache cache, Exchange exchange, Fields fields, String body) {
        exchange.markReturned();
        cache.noteHead(exchange, 200, fields, false);
        write(cache, exchange, body, "text/plain");
    }

    static void write(ResponseCache cache, Exchange exchange, String body, String contentType) {
        cache.noteBody(exchange, body.getBytes(UTF_8), contentType, Fields.EMPTY, false);
        cache.noteWritten(exchange);
    }

    static String body(Exchange exchange) {
        return new String(exchange.hit().body(), UTF_8);
    }

    /** Waits until everything that is to be stored is stored. */
    static void settle(ResponseCache... caches) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        Arrays.stream(caches).mapToInt(ResponseCache::leaders).sum() == 0);
    }

    @Override
    public void close() {
        backends.close();
    }
}
