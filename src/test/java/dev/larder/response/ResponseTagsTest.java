package dev.larder.response;

import static dev.larder.response.ResponseFixture.body;
import static dev.larder.response.ResponseFixture.exchange;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.settle;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.http.CacheGroups;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.service.Invalidations;
import dev.larder.service.MapBackend;
import dev.larder.spi.CacheBackend;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses with tags, on a store in this process and on a shared one. */
@Timeout(60)
@ParameterizedClass
@ValueSource(booleans = {false, true})
class ResponseTagsTest {

    interface Tagged {
        @Cache(ttl = 60, tags = "books")
        String list();
    }

    private final boolean shared;
    private final CacheBackend store;
    private final ResponseFixture given;
    private final Invalidations invalidations;
    private final ResponseCache cache;
    private final CachedResource resource;

    ResponseTagsTest(boolean shared) {
        this.shared = shared;
        store = shared
                ? new MapBackend(System::nanoTime)
                : new LocalBackendFactory().create("default", CacheSettings.local());
        given = ResponseFixture.on(Map.of("default", store));
        invalidations = new Invalidations(given.backends, any -> false, event -> {});
        cache = new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false);
        resource = given.resource(Tagged.class);
        cache.register(resource.region());
    }

    @AfterEach
    void close() {
        given.close();
    }

    private String ask(CachedResource of, String... fields) {
        String body = given.ask(cache, exchange(of, get("/books", null)), fields);
        settle(cache);
        return body;
    }

    private void invalidate(String tag) {
        invalidations.invalidateNow(Set.of(tag), Set.of());
    }

    @Test
    void invalidated_is_invalidated() {
        assertThat(ask(resource)).isEqualTo("v1");
        assertThat(ask(resource)).isEqualTo("v1");
        invalidate("books");
        assertThat(ask(resource)).isEqualTo("v2");
        assertThat(ask(resource)).isEqualTo("v2");
    }

    @Test
    void what_is_put_after_the_invalidation_is_a_miss() {
        Exchange before = exchange(resource, get("/books", null));
        assertThat(serve(cache, before)).isFalse();
        invalidate("books");
        given.finish(cache, before);
        settle(cache);

        assertThat(before.reason()).isEqualTo(Reason.INVALIDATED);
        assertThat(ask(resource)).isEqualTo("v2");
    }

    @Test
    void what_is_put_after_the_invalidation_of_a_group_of_the_response_is_a_miss() {
        Exchange before = exchange(resource, get("/books", null));
        assertThat(serve(cache, before)).isFalse();
        invalidate("learnt");
        given.finish(cache, before, "Cache-Groups", "\"learnt\"");
        settle(cache);

        assertThat(before.reason()).isEqualTo(Reason.INVALIDATED);
        assertThat(ask(resource, "Cache-Groups", "\"learnt\"")).isEqualTo("v2");
        // after a response that was not stored nobody leads this key for ten seconds: settle does not wait for the
        // store
        await().until(() -> cache.lookUp(exchange(resource, get("/books", null))));
        assertThat(ask(resource)).isEqualTo("v2");
    }

    @Test
    void followers_that_wait_when_the_tag_is_invalidated_run_the_method() throws Exception {
        Exchange leader = exchange(resource, get("/books", null));
        assertThat(serve(cache, leader)).isFalse();
        Exchange follower = exchange(resource, get("/books", null));
        CompletableFuture<Boolean> served = CompletableFuture.supplyAsync(() -> serve(cache, follower));
        await().until(() -> cache.followers() == 1);
        invalidate("books");
        given.finish(cache, leader);

        assertThat(served.get(10, SECONDS)).isFalse();
    }

    @Test
    void followers_that_wait_when_a_group_of_the_response_is_invalidated_run_the_method() throws Exception {
        Exchange leader = exchange(resource, get("/books", null));
        assertThat(serve(cache, leader)).isFalse();
        Exchange follower = exchange(resource, get("/books", null));
        CompletableFuture<Boolean> served = CompletableFuture.supplyAsync(() -> serve(cache, follower));
        await().until(() -> cache.followers() == 1);
        invalidate("learnt");
        given.finish(cache, leader, "Cache-Groups", "\"learnt\"");

        assertThat(served.get(10, SECONDS)).isFalse();
    }

    @Test
    void followers_of_a_second_lookup_run_the_method_if_a_group_of_the_response_is_invalidated() throws Exception {
        AtomicReference<Runnable> beforeServing = new AtomicReference<>(() -> {});
        InstantSource clock = () -> {
            beforeServing.getAndSet(() -> {}).run();
            return Instant.now();
        };
        ResponseCache hooked = new ResponseCache(() -> "shop", clock, any -> false, false);
        Exchange leader = exchange(resource, get("/books", null));
        Exchange follower = exchange(resource, get("/books", null));
        assertThat(hooked.lookUp(leader)).isFalse();
        assertThat(hooked.lookUp(follower)).isFalse();
        given.ask(hooked, exchange(resource, get("/books", null)), "Cache-Groups", "\"learnt\"");
        settle(hooked);

        CompletableFuture<Boolean> served = new CompletableFuture<>();
        beforeServing.set(
                () -> { // the leader has looked up again
                    served.completeAsync(() -> serve(hooked, follower));
                    await().until(() -> hooked.followers() == 1);
                    invalidate("learnt");
                });
        assertThat(serve(hooked, leader)).isTrue();

        assertThat(served.get(10, SECONDS)).isFalse();
    }

    @Test
    void an_entry_with_other_tags_than_the_annotation_is_a_miss() {
        ask(given.resource(Tagged.class, "cache.tags", "unrelated"));
        assertThat(ask(resource)).isEqualTo("v2");
        assertThat(ask(given.resource(Tagged.class, "cache.tags", "books,more")))
                .isEqualTo("v3");
        assertThat(ask(resource)).as("it has more tags").isEqualTo("v3");
        invalidate("more");
        assertThat(ask(resource)).isEqualTo("v4");
    }

    @Test
    void another_process_sees_the_invalidation() {
        if (!shared) {
            return;
        }
        try (ResponseFixture other = ResponseFixture.on(Map.of("default", store))) {
            ask(resource, "Cache-Groups", "\"learnt\"");
            Invalidations there = new Invalidations(other.backends, any -> false, any -> {});
            there.invalidateNow(Set.of("learnt"), Set.of());
            assertThat(ask(resource)).isEqualTo("v2");
            there.invalidateNow(Set.of("books"), Set.of());
            assertThat(ask(resource)).isEqualTo("v3");
        }
    }

    @Test
    void the_success_of_an_unsafe_method_invalidates_groups() {
        ask(resource);
        Fields fields = Fields.of("Cache-Group-Invalidation", "\"books\"");
        Set<String> uris = cache.invalidate(ResponseFixture.request("PUT", "/other", null), 200, fields);
        invalidations.invalidateNow(CacheGroups.invalidatedBy(fields), Set.of()); // as the filter of the response does

        assertThat(uris).containsExactly("https://shop.example/other");
        assertThat(ask(resource)).isEqualTo("v2");
    }

    @Test
    void more_groups_than_an_entry_may_have_are_not_stored() {
        StringBuilder groups = new StringBuilder("\"0\"");
        for (int i = 1; i < Cache.MAX_TAGS; i++) {
            groups.append(", \"").append(i).append('"');
        }
        Exchange exchange = exchange(resource, get("/books", null));
        given.ask(cache, exchange, "Cache-Groups", groups.toString());

        assertThat(exchange.reason()).isEqualTo(Reason.TAGS);
    }

    @Test
    void groups_are_not_stored_with_the_fields() {
        ask(resource, "Cache-Groups", "\"a\"");
        Exchange hit = exchange(resource, get("/books", null));

        assertThat(serve(cache, hit)).isTrue();
        assertThat(body(hit)).isEqualTo("v1");
        assertThat(hit.hit().fields().contains("Cache-Groups")).isFalse();
        await().until(() -> cache.leaders() == 0);
    }
}
