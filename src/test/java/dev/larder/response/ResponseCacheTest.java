package dev.larder.response;

import static dev.larder.response.ResponseFixture.body;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.service.MapBackend;
import dev.larder.service.WatchedBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ResponseCacheTest {

    private final AtomicLong millis = new AtomicLong(784_111_777_000L);
    private final Store store = new Store(() -> millis.get() * 1_000_000 - 784_111_777_000L * 1_000_000);
    private final ResponseFixture given = ResponseFixture.on(store);
    private final ResponseCache cache = new ResponseCache(
            () -> "shop", () -> Instant.ofEpochMilli(millis.get()), any -> false, false, (tags, uris) -> {});
    private final CachedResource resource = given.resource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = given.calls;

    @AfterEach
    void close() {
        threads.shutdownNow();
        given.close();
    }

    @Test
    void the_first_request_is_a_miss_and_the_second_a_hit() {
        assertThat(ask(get("a=1"))).isEqualTo("v1");

        Exchange second = exchange(get("a=1"));
        assertThat(serve(cache, second)).isTrue();
        assertThat(body(second)).isEqualTo("v1");
        assertThat(second.hit().status()).isEqualTo(200);
        assertThat(second.hit().fields().first("Content-Type")).isEqualTo("text/plain");
        assertThat(second.hit().fields().first("Age")).isEqualTo("0");
        assertThat(second.reason()).isNull();
    }

    @Test
    void another_query_is_another_response() {
        ask(get("a=1"));
        assertThat(ask(get("a=2"))).isEqualTo("v2");
        assertThat(ask(get(null))).isEqualTo("v3");
        assertThat(ask(get(""))).isEqualTo("v4");
    }

    @Test
    void a_response_older_than_its_ttl_is_not_served() {
        ask(get("a=1"));
        millis.addAndGet(59_999);
        assertThat(ask(get("a=1"))).isEqualTo("v1");
        millis.addAndGet(1);
        assertThat(ask(get("a=1"))).isEqualTo("v2");
    }

    @Test
    void age_is_how_long_it_was_kept() {
        ask(get("a=1"));
        millis.addAndGet(7_500);
        Exchange hit = exchange(get("a=1"));
        serve(cache, hit);

        assertThat(hit.hit().fields().first("Age")).isEqualTo("7");
    }

    @Test
    void variants_are_kept_apart() {
        assertThat(ask(get("a", "Accept-Language", "de"), "Vary", "Accept-Language"))
                .isEqualTo("v1");
        assertThat(ask(get("a", "Accept-Language", "en"), "Vary", "Accept-Language"))
                .isEqualTo("v2");
        assertThat(ask(get("a"), "Vary", "Accept-Language")).isEqualTo("v3");

        assertThat(ask(get("a", "Accept-Language", "de"))).isEqualTo("v1");
        assertThat(ask(get("a", "Accept-Language", "en"))).isEqualTo("v2");
        assertThat(ask(get("a"))).isEqualTo("v3");
    }

    @Test
    void a_resource_that_begins_to_vary_by_more_forgets_what_it_cannot_tell_apart() {
        ask(get("a", "X", "1", "Y", "1"), "Vary", "X");
        ask(get("a", "X", "2", "Y", "1"), "Vary", "X, Y");

        assertThat(ask(get("a", "X", "2", "Y", "1"))).isEqualTo("v2");
        assertThat(ask(get("a", "X", "2", "Y", "2"), "Vary", "X, Y")).isEqualTo("v3");
        assertThat(ask(get("a", "X", "1", "Y", "9"), "Vary", "X, Y")).isEqualTo("v4");
    }

    @Test
    void variants_are_bounded_and_the_oldest_makes_room() {
        for (int i = 0; i < VariantIndex.MAX_VARIANTS + 1; i++) {
            ask(get("a", "X", String.valueOf(i)), "Vary", "X");
        }
        assertThat(store.held()).isEqualTo(VariantIndex.MAX_VARIANTS + 1); // and the index
        int before = calls.get();

        assertThat(ask(get("a", "X", "1"), "Vary", "X")).isEqualTo("v2");
        assertThat(calls).hasValue(before);
        ask(get("a", "X", "0"), "Vary", "X");
        assertThat(calls).hasValue(before + 1);
    }

    @Test
    void what_varies_by_everything_is_not_stored() {
        ask(get("a"), "Vary", "*");
        assertThat(ask(get("a"))).isEqualTo("v2");
    }

    @Test
    void what_the_rules_forbid_is_not_stored_and_says_why() {
        Exchange exchange = exchange(get("a"));
        run(exchange, "Set-Cookie", "a=b");
        assertThat(exchange.reason()).isEqualTo(Reason.SET_COOKIE);
        assertThat(ask(get("a"), "Cache-Control", "No-Store")).isEqualTo("v2");
        assertThat(ask(get("a"))).isEqualTo("v3");
    }

    @Test
    void a_request_with_credentials_is_neither_answered_nor_stored() {
        assertThat(ask(get("a", "Authorization", "Basic x"))).isEqualTo("v1");
        assertThat(ask(get("a"))).isEqualTo("v2");
        assertThat(ask(get("a", "Authorization", "Basic x"))).isEqualTo("v3");
    }

    @Test
    void a_response_gets_a_weak_tag_of_its_body_and_a_hit_has_it_too() {
        Exchange first = exchange(get("a"));
        run(first);
        Exchange second = exchange(get("a"));
        serve(cache, second);

        assertThat(first.entityTag()).isEqualTo(StoredResponse.tagOf("v1".getBytes(UTF_8)));
        assertThat(second.hit().fields().first("ETag")).isEqualTo(first.entityTag());
    }

    @Test
    void the_applications_tag_stays() {
        Exchange first = exchange(get("a"));
        run(first, "ETag", "\"mine\"");

        assertThat(first.entityTag()).isEqualTo("\"mine\"");
    }

    @Test
    void what_the_client_has_already_is_told_before_it_is_written() {
        Exchange known = exchange(get("a", "If-None-Match", "\"mine\""));
        run(known, "ETag", "\"mine\"", "X", "1", "Expires", "0");

        assertThat(known.isNotModified(200)).isTrue();
        assertThat(known.isOnlyInFull("x")).isTrue();
        assertThat(known.isOnlyInFull("content-type")).isTrue();
        assertThat(known.isOnlyInFull("ETAG") || known.isOnlyInFull("expires") || known.isOnlyInFull("X-Trace"))
                .isFalse();
        assertThat(known.status()).hasToString("larder; fwd=uri-miss; fwd-status=200; stored");
        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void each_caller_has_an_entry_of_its_own_where_that_is_asked_for() {
        CachedResource personal = given.resource("cache.scope", "user");
        assertThat(run(of(personal, by("ann")))).isEqualTo("v1");
        assertThat(run(of(personal, by("bob")))).isEqualTo("v2");
        assertThat(run(of(personal, by("ann")))).isEqualTo("v1");

        Exchange stranger = of(personal, by(null));
        run(stranger);
        assertThat(stranger.status()).hasToString("larder; fwd=bypass; detail=no-principal");
    }

    @Test
    void a_generated_key_of_one_cannot_be_made_to_look_like_another_callers() {
        CachedResource personal = generating("k", "cache.scope", "user");
        CachedResource common = generating("k user=ann");

        run(of(personal, by("ann")));
        assertThat(run(of(common, get(null)))).isEqualTo("v2");
        assertThat(run(of(generating("k user=ann", "cache.scope", "user"), by("ann"))))
                .isEqualTo("v3");
        assertThat(run(of(personal, by("ann")))).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
                "k user=ann",
                "com.acme.Books.list() shop https://shop.example/books",
                "k "
            })
    void a_generated_key_never_is_one_that_the_cache_makes(String key) {
        String hash = VaryMatch.NONE.hash(Fields.EMPTY);
        assertThat(hash).hasSize(43);
        run(of(generating(key), get(null)));
        assertThat(store.keys()).allMatch(stored -> stored.endsWith(key + " "));

        run(of(generating("plain key"), get(null)));
        assertThat(store.keys()).anyMatch(stored -> stored.endsWith(":plain key"));
    }

    @Test
    void what_the_writer_says_counts() {
        Exchange secret = exchange(get("a"));
        serve(cache, secret);
        cache.noteHead(secret, 200, Fields.of("Cache-Control", "max-age=60", "X", "1"), false);
        cache.noteBody(secret, new byte[1], "text/plain", Fields.of("cache-control", "no-store"), false);
        assertThat(secret.reason()).isEqualTo(Reason.NO_STORE);

        Exchange named = exchange(get("b"));
        serve(cache, named);
        cache.noteHead(named, 200, Fields.of("X", "1"), false);
        cache.noteBody(named, new byte[1], "text/plain", Fields.of("Content-Disposition", "inline"), false);
        cache.noteWritten(named);
        Exchange hit = exchange(get("b"));
        serve(cache, hit);
        assertThat(hit.hit().fields().first("Content-Disposition")).isEqualTo("inline");
        assertThat(hit.hit().fields().first("X")).isEqualTo("1");
    }

    @Test
    void a_cookie_that_is_set_while_the_body_is_written_counts() {
        Exchange exchange = exchange(get("a"));
        serve(cache, exchange);
        cache.noteHead(exchange, 200, Fields.EMPTY, false);
        cache.noteBody(exchange, new byte[1], "text/plain", Fields.EMPTY, true);

        assertThat(exchange.reason()).isEqualTo(Reason.SET_COOKIE);
    }

    @Test
    void fields_that_a_generated_key_does_not_hold_select_a_variant() {
        CachedResource varied = generating("k", "cache.vary-by", "X-Tenant");
        assertThat(run(of(varied, get(null, "X-Tenant", "1")))).isEqualTo("v1");
        assertThat(run(of(varied, get(null, "X-Tenant", "2")))).isEqualTo("v2");
        assertThat(run(of(varied, get(null)))).isEqualTo("v3");
        assertThat(run(of(varied, get(null, "X-Tenant", "1")))).isEqualTo("v1");
    }

    @Test
    void credentials_that_a_method_varies_by_are_not_in_the_stores_key() {
        CachedResource varied = given.resource("cache.vary-by", "X-Secret");
        run(of(varied, get("a", "X-Secret", "hush")));

        assertThat(store.keys()).isNotEmpty().noneMatch(key -> key.contains("hush"));
    }

    @Test
    void the_lifetime_can_be_the_responses_own() {
        CachedResource fresh = given.resource("cache.ttl", "from-response");
        assertThat(run(of(fresh, get("a")), "Cache-Control", "max-age=10, s-maxage=20"))
                .isEqualTo("v1");
        millis.addAndGet(19_999);
        assertThat(run(of(fresh, get("a")))).isEqualTo("v1");
        millis.addAndGet(1);
        assertThat(run(of(fresh, get("a")))).isEqualTo("v2");
        assertThat(run(of(fresh, get("a")))).isEqualTo("v3");
    }

    @Test
    void the_status_says_why() {
        Exchange first = exchange(get("a", "X", "1"));
        run(first, "Vary", "X");
        Exchange other = exchange(get("a", "X", "2"));
        run(other, "Vary", "X");
        Exchange hit = exchange(get("a", "X", "1"));
        run(hit);
        Exchange secret = exchange(get("b", "Authorization", "x"));
        run(secret);
        Exchange refused = exchange(get("c"));
        run(refused, "Cache-Control", "No-Store");
        Exchange changed = exchange(get("a", "X", "1", "If-Match", "\"other\""));
        serve(cache, changed);

        assertThat(first.status()).hasToString("larder; fwd=uri-miss; stored");
        assertThat(first.vary()).isNull();
        assertThat(other.status()).hasToString("larder; fwd=vary-miss; stored");
        assertThat(hit.status()).hasToString("larder; hit; ttl=60");
        assertThat(secret.status()).hasToString("larder; fwd=bypass; detail=authorization");
        assertThat(refused.status()).hasToString("larder; fwd=uri-miss; detail=no-store");
        assertThat(changed.hit().ending().status()).isEqualTo(412);
    }

    @Test
    void a_failing_store_runs_the_method_and_writes_nothing() {
        store.broken = true;
        assertThat(ask(get("a"))).isEqualTo("v1");
        store.broken = false;
        assertThat(ask(get("a"))).isEqualTo("v2");
        assertThat(ask(get("a"))).isEqualTo("v2");
    }

    @Test
    void a_store_that_fails_while_writing_costs_the_entry_only() {
        Exchange exchange = exchange(get("a"));
        assertThat(serve(cache, exchange)).isFalse();
        store.broken = true;
        cache.noteHead(exchange, 200, Fields.EMPTY, false);
        write(cache, exchange, "v", "text/plain");
        store.broken = false;

        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void after_a_failure_nothing_is_stored_whatever_is_written() {
        Exchange exchange = exchange(get("a"));
        serve(cache, exchange);
        cache.noteHead(exchange, 200, Fields.EMPTY, false);
        cache.discard(exchange, Reason.EXCEPTION);
        write(cache, exchange, "late", null);
        assertThat(exchange.reason()).isEqualTo(Reason.EXCEPTION);

        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void after_it_is_stored_a_failure_changes_nothing() {
        Exchange exchange = exchange(get("a"));
        run(exchange);
        cache.discard(exchange, Reason.INCOMPLETE);

        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void what_was_written_without_a_head_is_not_stored() {
        Exchange exchange = exchange(get("a"));
        serve(cache, exchange);
        write(cache, exchange, "x", null);
        cache.discard(exchange, Reason.INCOMPLETE);

        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void a_switched_off_method_runs() {
        CachedResource off = given.resource("cache.enabled", "false");
        Exchange exchange = of(off, get("a"));

        assertThat(serve(cache, exchange)).isFalse();
        assertThat(exchange.isRecording()).isFalse();
    }

    @Test
    void concurrent_requests_run_the_method_once() throws Exception {
        int requests = 100;
        CyclicBarrier together = new CyclicBarrier(requests);
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            all.add(threads.submit(() -> {
                together.await(20, SECONDS);
                return ask(get("a"));
            }));
        }
        for (Future<String> one : all) {
            assertThat(one.get(20, SECONDS)).isEqualTo("v1");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_miss_asks_the_store_once() {
        ask(get("a"));

        assertThat(store.gets()).isEqualTo(1);
    }

    @Test
    void a_hit_can_be_found_before_the_method_is_called() {
        ask(get("a"));
        Exchange early = exchange(get("a"));

        assertThat(cache.lookUp(early)).isTrue();
        assertThat(body(early)).isEqualTo("v1");
    }

    @Test
    void what_was_found_missing_is_not_looked_up_again_when_the_method_is_called() {
        Exchange early = exchange(get("a"));
        assertThat(cache.lookUp(early)).isFalse();
        assertThat(early.isUndecided()).isTrue();
        assertThat(cache.leaders()).isZero();

        assertThat(run(early)).isEqualTo("v1");
        assertThat(store.gets()).isEqualTo(1);
        assertThat(ask(get("a"))).isEqualTo("v1");
    }

    @Test
    void what_was_stored_since_it_was_found_missing_is_the_answer() {
        Exchange early = exchange(get("a"));
        cache.lookUp(early);
        ask(get("a"));

        assertThat(run(early)).isEqualTo("v1");
    }

    @Test
    void what_bypasses_the_cache_is_decided_before_the_method_is_called() {
        Exchange withBody = exchange(
                new RequestFacts("GET", "GET", "https", "shop.example", "/books", null, Fields.EMPTY, null, true));

        assertThat(cache.lookUp(withBody)).isFalse();
        assertThat(withBody.isUndecided()).isFalse();
        assertThat(store.gets()).isEqualTo(0);
    }

    @Test
    void who_misses_while_another_request_stores_looks_up_again() {
        store.afterNextGet(() -> ask(get("a")));

        assertThat(ask(get("a"))).isEqualTo("v1");
        assertThat(calls).hasValue(1);
    }

    @Test
    void who_asks_for_another_version_under_the_same_key_gets_no_answer_of_this_one() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Exchange leader = of(shared("1"), get("a"));
        assertThat(serve(cache, leader)).isFalse();
        leader.markReturned();
        Exchange other = of(shared("2"), get("a"));
        Future<Boolean> answered = threads.submit(() -> {
            asked.countDown();
            return serve(cache, other);
        });
        asked.await(20, SECONDS);
        cache.noteHead(leader, 200, Fields.of(), false);
        write(cache, leader, "of version 1", "text/plain");

        assertThat(answered.get(20, SECONDS)).isFalse();
    }

    /** A method of which the generator's key is another method's, too. */
    private CachedResource shared(String version) {
        return given.generating((context, prefix) -> "shared", version);
    }

    @Test
    void who_waited_for_another_variant_runs_the_method() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Exchange leader = exchange(get("a", "X", "1"));
        assertThat(serve(cache, leader)).isFalse();
        leader.markReturned();
        Future<String> same = threads.submit(() -> ask(get("a", "X", "1"), "Vary", "X"));
        Future<String> other = threads.submit(() -> {
            leave.countDown();
            return ask(get("a", "X", "2"), "Vary", "X");
        });
        leave.await(20, SECONDS);
        cache.noteHead(leader, 200, Fields.of("Vary", "X"), false);
        write(cache, leader, "leader's", "text/plain");

        assertThat(same.get(20, SECONDS)).isEqualTo("leader's");
        assertThat(other.get(20, SECONDS)).isEqualTo("v1");
        assertThat(ask(get("a", "X", "2"))).isEqualTo("v1");
        assertThat(ask(get("a", "X", "1"))).isEqualTo("leader's");
    }

    @Test
    void where_the_leaders_answer_is_not_storable_all_run_the_method_and_nobody_waits_for_ten_seconds() {
        ask(get("a"), "Cache-Control", "no-store");
        Exchange one = exchange(get("a"));
        Exchange two = exchange(get("a"));
        // both in this thread: neither waits for the other
        assertThat(serve(cache, one)).isFalse();
        assertThat(serve(cache, two)).isFalse();
        assertThat(one.isRecording() && two.isRecording()).isTrue();
        cache.discard(one, Reason.EXCEPTION);
        cache.discard(two, Reason.EXCEPTION);
    }

    @Test
    void with_an_unpaired_surrogate_in_its_key_a_request_runs_uncached() {
        for (int i = 1; i <= 2; i++) {
            Exchange generated = new Exchange(generating("book:\uD83E"), get("a"), any -> null, SideEffects.NONE);
            assertThat(run(generated)).isEqualTo("v" + (2 * i - 1));
            assertThat(generated.reason()).isEqualTo(Reason.NO_KEY);

            Exchange byUri = exchange(get("a=\uD83E"));
            assertThat(run(byUri)).isEqualTo("v" + 2 * i);
            assertThat(byUri.reason()).isEqualTo(Reason.NO_KEY);
        }
        assertThat(store.keys()).isEmpty();
    }

    private String ask(RequestFacts request, String... responseFields) {
        return run(exchange(request), responseFields);
    }

    private String run(Exchange exchange, String... responseFields) {
        return given.ask(cache, exchange, responseFields);
    }

    private static Exchange of(CachedResource resource, RequestFacts request) {
        return ResponseFixture.exchange(resource, request);
    }

    private static RequestFacts by(String principal) {
        return new RequestFacts("GET", "GET", "https", "shop.example", "/books", null, Fields.EMPTY, principal, false);
    }

    private CachedResource generating(String key, String... properties) {
        return given.generating((context, prefix) -> key, "", properties);
    }

    private Exchange exchange(RequestFacts request) {
        return of(resource, request);
    }

    private static RequestFacts get(String query, String... fields) {
        return ResponseFixture.get("/books", query, fields);
    }

    private static final class Store extends WatchedBackend {
        private final CacheBackend map;
        private final Set<String> keys = ConcurrentHashMap.newKeySet();
        private volatile boolean broken;

        Store(java.util.function.LongSupplier nanos) {
            map = new MapBackend(nanos);
        }

        Set<String> keys() {
            return keys;
        }

        long held() {
            return keys.stream().filter(map::hasKey).count();
        }

        @Override
        protected CacheBackend to() {
            if (broken) {
                throw new IllegalStateException("down");
            }
            return map;
        }

        @Override
        public boolean set(String key, byte[] value, Ttl ttl) {
            keys.add(key);
            return super.set(key, value, ttl);
        }

        /** Stores at once, not later. */
        @Override
        public boolean waits() {
            return false;
        }

        @Override
        public boolean shared() {
            return false;
        }
    }
}
