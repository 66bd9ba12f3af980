package dev.larder.response;

import static dev.larder.response.ResponseFixture.body;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.request;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.write;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an unsafe method invalidates is gone, on a store in this process, on one of bytes, and on one that is waited for. */
@Timeout(60)
@ParameterizedClass
@EnumSource(InvalidationTest.Kept.class)
class InvalidationTest {

    enum Kept {
        BY_REFERENCE,
        AS_BYTES,
        REMOTELY
    }

    private static final long EPOCH = 784_111_777_000L;
    private static final String NUMBER = "generation shop https://shop.example/books";

    private final AtomicLong millis = new AtomicLong(EPOCH);
    private final Kept kept;
    private final CacheBackend store;
    private final Faults faults = new Faults();
    private final ResponseFixture given;
    private final ResponseFixture otherGiven;
    private final ResponseCache cache = node();
    private final ResponseCache otherNode = node();
    private final CachedResource resource;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    InvalidationTest(Kept kept) {
        this.kept = kept;
        LongSupplier nanos = () -> (millis.get() - EPOCH) * 1_000_000;
        LocalBackendFactory local = new LocalBackendFactory(nanos::getAsLong);
        store = kept == Kept.BY_REFERENCE
                ? local.create("default", CacheSettings.local())
                : new Store(new MapBackend(nanos), kept == Kept.REMOTELY, faults);
        CacheBackend other = local.create("other", CacheSettings.local());
        Map<String, CacheBackend> stores = Map.of("default", store, "other", other);
        given = ResponseFixture.on(stores, nanos, () -> Instant.ofEpochMilli(millis.get()));
        otherGiven = ResponseFixture.on(stores, nanos, () -> Instant.ofEpochMilli(millis.get()));
        resource = given.resource();
        cache.register(resource.region());
        otherNode.register(otherGiven.resource().region());
    }

    private ResponseCache node() {
        return new ResponseCache(() -> "shop", () -> Instant.ofEpochMilli(millis.get()), any -> false, false);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        given.close();
        otherGiven.close();
    }

    @Test
    void all_queries_of_the_uri_are_evicted() {
        ask(get("/books", "a=1"));
        ask(get("/books", "a=2"));
        ask(get("/books", null));
        put("/books");

        assertThat(ask(get("/books", "a=1"))).isEqualTo("v4");
        assertThat(ask(get("/books", "a=2"))).isEqualTo("v5");
        assertThat(ask(get("/books", null))).isEqualTo("v6");
        assertThat(ask(get("/books", "a=1"))).isEqualTo("v4");
    }

    @Test
    void all_variants_of_the_uri_are_evicted() {
        ask(get("/books", "a", "X", "1"), "Vary", "X");
        ask(get("/books", "a", "X", "2"), "Vary", "X");
        put("/books");

        assertThat(ask(get("/books", "a", "X", "2"), "Vary", "X")).isEqualTo("v3");
        assertThat(ask(get("/books", "a", "X", "1"), "Vary", "X")).isEqualTo("v4");
        assertThat(ask(get("/books", "a", "X", "2"), "Vary", "X")).isEqualTo("v3");
    }

    @Test
    void other_uris_are_kept() {
        ask(get("/books", null));
        ask(get("/books/1", null));
        ask(get("/Books", null));
        ask(get("/books;a=b", null));
        put("/books/2");
        put("/books/");

        assertThat(ask(get("/books", null))).isEqualTo("v1");
        put("/books");
        assertThat(ask(get("/books/1", null))).isEqualTo("v2");
        assertThat(ask(get("/Books", null))).isEqualTo("v3");
        assertThat(ask(get("/books;a=b", null))).isEqualTo("v4");
    }

    @Test
    void a_failed_method_and_a_safe_one_evict_nothing() {
        ask(get("/books", null));
        for (int status : new int[] {100, 400, 404, 409, 500, 503}) {
            cache.invalidate(request("DELETE", "/books", null), status, Fields.EMPTY);
        }
        for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
            cache.invalidate(request(method, "/books", null), 200, Fields.EMPTY);
        }

        assertThat(ask(get("/books", null))).isEqualTo("v1");
    }

    @Test
    void a_redirection_and_an_unknown_method_evict() {
        ask(get("/books", null));
        cache.invalidate(request("BORROW", "/books", null), 303, Fields.EMPTY);

        assertThat(ask(get("/books", null))).isEqualTo("v2");
    }

    @Test
    void location_and_content_location_of_the_same_origin_are_evicted() {
        ask(get("/a", null));
        ask(get("/b", "q"));
        ask(get("/c", null));
        cache.invalidate(
                request("POST", "/orders", null),
                201,
                Fields.of("Location", "https://shop.example/a", "Content-Location", "b?x", "Location", "http://x/c"));

        assertThat(ask(get("/a", null))).isEqualTo("v4");
        assertThat(ask(get("/b", "q"))).isEqualTo("v5");
        assertThat(ask(get("/c", null))).isEqualTo("v3");
    }

    @Test
    void what_began_before_is_not_stored_after() {
        Exchange slow = exchange(get("/books", null));
        assertThat(serve(cache, slow)).isFalse();
        put("/books");
        finish(slow, "old");

        await().until(() -> slow.reason() == Reason.INVALIDATED);
        assertThat(ask(get("/books", null))).isEqualTo("v1");
        assertThat(ask(get("/books", null))).isEqualTo("v1");
    }

    @Test
    void what_began_before_takes_no_newer_ones_place() {
        Exchange slow = exchange(get("/books", null));
        serve(cache, slow);
        put("/books");
        ask(get("/books", null));
        finish(slow, "old");

        await().until(() -> slow.reason() == Reason.INVALIDATED);
        assertThat(ask(get("/books", null))).isEqualTo("v1");
    }

    @Test
    void what_began_before_is_not_stored_though_its_uri_was_asked_for_long_before() {
        ask(get("/books", "other"));
        Exchange slow = exchange(get("/books", null));
        serve(cache, slow);
        cache.noteHead(slow, 200, Fields.of("Vary", "X"), false);
        other().invalidate(request("PUT", "/books", null), 204, Fields.EMPTY);
        write(cache, slow, "old", "text/plain");
        settle();

        assertThat(ask(get("/books", null))).isEqualTo("v2");
    }

    @Test
    void who_comes_after_waits_for_no_answer_from_before() {
        Exchange slow = exchange(get("/books", null));
        serve(cache, slow);
        slow.markReturned();
        put("/books");

        // in this thread: nobody waits for the slow one
        assertThat(ask(get("/books", null))).isEqualTo("v1");
        finish(slow, "old");
        assertThat(ask(get("/books", null))).isEqualTo("v1");
    }

    @Test
    void another_node_sees_it_at_once() {
        if (kept != Kept.REMOTELY) {
            return; // there is none
        }
        ask(get("/books", null));
        settle();
        assertThat(ask(otherNode, exchange(otherGiven.resource(), get("/books", null))))
                .isEqualTo("v1");
        put("/books");
        millis.incrementAndGet(); // numbers of two nodes are in order from one millisecond to the next

        assertThat(ask(otherNode, exchange(otherGiven.resource(), get("/books", null))))
                .isEqualTo("v2");
        settle();
        assertThat(ask(get("/books", null))).isEqualTo("v2");
    }

    @Test
    void a_lost_number_costs_hits_and_revives_nothing() {
        if (kept != Kept.REMOTELY) {
            return; // the store holds none
        }
        ask(get("/books", "a"));
        put("/books");
        ask(get("/books", "b"));
        store.delete(given.backends.region("default", "").key(NUMBER).text());
        millis.addAndGet(2_000);

        assertThat(ask(get("/books", "a"))).isEqualTo("v3");
        assertThat(ask(get("/books", "b"))).isEqualTo("v4");
        assertThat(ask(get("/books", "a"))).isEqualTo("v3");
        assertThat(ask(get("/books", "b"))).isEqualTo("v4");
    }

    @Test
    void the_number_lives_as_long_as_what_is_stored_under_it() {
        CachedResource lasting = given.resource("cache.ttl", "PT48H");
        CachedResource lastingThere = atOther().resource("cache.ttl", "PT48H");
        CachedResource forever = given.resource("cache.ttl", "never");
        ask(cache, exchange(lasting, get("/books", null)));
        ask(cache, exchange(forever, get("/ever", null)));
        await().untilAsserted(() -> assertThat(ask(other(), exchange(lastingThere, get("/books", null))))
                .isEqualTo("v1"));
        settle();
        millis.addAndGet(Duration.ofHours(47).toMillis());

        assertThat(ask(cache, exchange(lasting, get("/books", null)))).isEqualTo("v1");
        millis.addAndGet(Duration.ofDays(3000).toMillis());
        assertThat(ask(cache, exchange(forever, get("/ever", null)))).isEqualTo("v2");
    }

    @Test
    void a_uri_that_is_asked_for_all_day_stays_cached() {
        for (int minute = 0; minute < 24 * 60; minute += 2) {
            String now = ask(get("/books", null));
            settle();
            assertThat(ask(get("/books", null))).isEqualTo(now);
            millis.addAndGet(120_000);
        }
    }

    @Test
    void concurrent_requests_of_a_new_uri_run_the_method_once() throws Exception {
        for (int round = 0; round < 20; round++) {
            String path = "/new/" + round;
            int before = given.calls.get();
            CyclicBarrier together = new CyclicBarrier(50);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> {
                    together.await(20, SECONDS);
                    return ask(get(path, null));
                }));
            }
            for (Future<String> one : all) {
                assertThat(one.get(20, SECONDS)).isEqualTo("v" + (before + 1));
            }
        }
    }

    @Test
    void what_is_stored_while_others_invalidate_is_never_older_than_the_last_invalidation() throws Exception {
        AtomicInteger version = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(threads.submit(() -> {
                for (int n = 0; n < 500; n++) {
                    int least = answered.get();
                    Exchange exchange = exchange(get("/books", null));
                    int got;
                    if (serve(cache, exchange)) {
                        got = Integer.parseInt(body(exchange));
                    } else {
                        got = version.get();
                        finish(exchange, Integer.toString(got));
                    }
                    assertThat(got).isGreaterThanOrEqualTo(least);
                }
                return null;
            }));
        }
        all.add(threads.submit(() -> {
            for (int n = 1; n <= 500; n++) {
                version.set(n);
                put("/books");
                answered.set(n); // until then either will do
            }
            return null;
        }));
        for (Future<?> one : all) {
            one.get(50, SECONDS);
        }
    }

    @Test
    void entries_under_a_generated_key_are_left_and_need_no_number() {
        CachedResource generated = given.generating((context, prefix) -> "key", "");
        ask(cache, exchange(generated, get("/books", null)));
        put("/books");

        assertThat(ask(cache, exchange(generated, get("/books", null)))).isEqualTo("v1");
        assertThat(store.hasKey(given.backends.region("default", "").key(NUMBER).text()))
                .isFalse();
    }

    @Test
    void every_backend_of_the_application_is_told() {
        CachedResource elsewhere = given.resource("cache.backend", "other");
        cache.register(elsewhere.region());
        ask(get("/books", null));
        ask(cache, exchange(elsewhere, get("/books", null)));
        put("/books");

        assertThat(ask(get("/books", null))).isEqualTo("v3");
        assertThat(ask(cache, exchange(elsewhere, get("/books", null)))).isEqualTo("v4");
    }

    @Test
    void an_unsafe_method_of_an_application_that_caches_nothing_does_nothing() {
        node().invalidate(request("PUT", "/books", null), 204, Fields.EMPTY);
    }

    @Test
    void what_could_not_be_removed_is_not_served_by_this_process() {
        if (kept == Kept.BY_REFERENCE) {
            return; // never fails
        }
        ask(get("/books", null));
        settle();
        faults.broken = true;
        put("/books");
        faults.broken = false;
        millis.addAndGet(30_000);

        assertThat(ask(get("/books", null))).isEqualTo("v2");
        assertThat(ask(get("/books", null))).isEqualTo("v2");
        settle();
        assertThat(ask(other(), exchange(atOther().resource(), get("/books", null))))
                .isEqualTo("v2");
    }

    @Test
    void what_is_owed_to_a_store_that_is_down_is_bounded() {
        faults.broken = true;
        for (int i = 0; i < 10_000; i++) {
            put("/books/" + i);
        }
        faults.broken = false;

        assertThat(given.backends.pendingInvalidations()).isLessThanOrEqualTo(1024);
    }

    @Test
    void a_store_that_is_down_is_asked_once_by_each_invalidation() {
        if (kept != Kept.REMOTELY) {
            return; // is not asked at all
        }
        cache.register(given.backends.region("default", "v2"));
        faults.broken = true;
        cache.invalidate(request("POST", "/books", null), 201, Fields.of("Location", "/books/1"));
        faults.broken = false;

        assertThat(faults.failures).hasValue(1);
    }

    @Test
    void without_a_number_nothing_is_stored() {
        if (kept == Kept.BY_REFERENCE) {
            return; // never fails
        }
        faults.readOnly = true;
        assertThat(ask(get("/books", null))).isEqualTo("v1");
        assertThat(ask(get("/books", null))).isEqualTo("v2");
        faults.readOnly = false;

        assertThat(ask(get("/books", null))).isEqualTo("v3");
        assertThat(ask(get("/books", null))).isEqualTo("v3");
    }

    @Test
    void a_replica_that_is_behind_brings_nothing_back() {
        if (kept != Kept.REMOTELY) {
            return; // has none
        }
        ask(get("/books", null));
        settle();
        faults.freeze((MapBackend) ((Store) store).map, key -> key.contains("generation"));
        put("/books");

        assertThat(ask(get("/books", null))).isEqualTo("v2");
        faults.frozen.clear();
        settle();
        assertThat(ask(get("/books", null))).isEqualTo("v2");
    }

    @Test
    void ten_thousand_queries_of_one_path_have_one_number() {
        for (int i = 0; i < 10_000; i++) {
            ask(get("/books", "q=" + i));
            if (kept == Kept.REMOTELY && i % 50 == 0) {
                settle();
            }
        }
        put("/books");

        assertThat(ask(get("/books", "q=9999"))).isEqualTo("v10001");
    }

    private void settle() {
        ResponseFixture.settle(cache, otherNode);
    }

    private void put(String path) {
        cache.invalidate(request("PUT", path, null), 204, Fields.EMPTY);
    }

    private String ask(RequestFacts request, String... responseFields) {
        return ask(cache, exchange(request), responseFields);
    }

    private String ask(ResponseCache node, Exchange exchange, String... responseFields) {
        return given.ask(node, exchange, responseFields);
    }

    private void finish(Exchange exchange, String body) {
        ResponseFixture.finish(cache, exchange, Fields.EMPTY, body);
    }

    private Exchange exchange(RequestFacts request) {
        return exchange(resource, request);
    }

    /** Another node, where there can be one. */
    private ResponseCache other() {
        return kept == Kept.REMOTELY ? otherNode : cache;
    }

    private ResponseFixture atOther() {
        return kept == Kept.REMOTELY ? otherGiven : given;
    }

    private static Exchange exchange(CachedResource resource, RequestFacts request) {
        return ResponseFixture.exchange(resource, request);
    }

    /** What is wrong with a store. */
    private static final class Faults {
        private volatile boolean broken;
        private volatile boolean readOnly;
        private final AtomicInteger failures = new AtomicInteger();
        private final Map<String, byte[]> frozen = new ConcurrentHashMap<>();

        void freeze(MapBackend map, Predicate<String> keys) {
            map.keys().stream().filter(keys).forEach(key -> frozen.put(key, map.get(key)));
        }

        void mayWrite() {
            if (readOnly) {
                throw new IllegalStateException("read only");
            }
        }

        void works() {
            if (broken) {
                failures.incrementAndGet();
                throw new IllegalStateException("down");
            }
        }
    }

    private record Store(CacheBackend map, boolean shared, Faults faults) implements CacheBackend {
        @Override
        public boolean waits() {
            return shared;
        }

        @Override
        public byte[] get(String key) {
            faults.works();
            byte[] frozen = faults.frozen.get(key);
            return frozen == null ? map.get(key) : frozen;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            faults.works();
            faults.mayWrite();
            return map.set(key, value, ttl);
        }

        @Override
        public boolean delete(String key) {
            faults.works();
            return map.delete(key);
        }

        @Override
        public boolean hasKey(String key) {
            return map.hasKey(key);
        }

        @Override
        public boolean touch(String key, Ttl ttl) {
            faults.works();
            return map.touch(key, ttl);
        }

        @Override
        public long add(String key, long delta) {
            return map.add(key, delta);
        }

        @Override
        public void close() {}
    }
}
