package dev.larder.response;

import static dev.larder.response.ResponseFixture.exchange;
import static dev.larder.response.ResponseFixture.get;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.http.Reason;
import dev.larder.service.Tally;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import dev.larder.statistics.CountsSnapshot;
import dev.larder.testing.RecordedEvents;
import java.time.InstantSource;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request is counted once, whatever becomes of it. */
class ResponseEventsTest {

    private final RecordedEvents events = new RecordedEvents();
    private final ResponseFixture given =
            ResponseFixture.on(new LocalBackendFactory().create("default", CacheSettings.of("local")));
    private final ResponseCache cache = new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false);
    private final CachedResource resource = counted(given.resource());

    private final AtomicLong nanos = new AtomicLong();
    private final Counts counts = new Counts(nanos::get);
    private final CachedResource measured = counted(given.resource(), counts);

    private CachedResource counted(CachedResource plain) {
        return counted(plain, events);
    }

    private static CachedResource counted(CachedResource plain, CacheEvents events) {
        return new CachedResource(
                plain.policy(),
                plain.rules(),
                plain.region(),
                plain.generatedKey(),
                plain.keyRoot(),
                plain.negotiation(),
                plain.variedBy(),
                plain.readsBody(),
                events);
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void a_miss_is_stored_and_the_next_request_is_a_hit() {
        given.ask(cache, exchange(resource, get("/books", "a=1")));
        assertThat(events.taken()).containsExactly("miss", "stored");

        given.ask(cache, exchange(resource, get("/books", "a=1")));
        assertThat(events.taken()).containsExactly("hit");
    }

    @Test
    void an_early_hit_is_one_hit_and_an_early_miss_is_counted_when_the_method_runs() {
        Exchange early = exchange(resource, get("/books", "a=1"));
        cache.lookUp(early);
        assertThat(events.taken()).isEmpty();
        given.ask(cache, early);
        assertThat(events.taken()).containsExactly("miss", "stored");

        cache.lookUp(exchange(resource, get("/books", "a=1")));
        assertThat(events.taken()).containsExactly("hit");
    }

    @Test
    void a_miss_that_is_not_stored_has_its_reason() {
        given.ask(cache, exchange(resource, get("/books", "a=1")), "Cache-Control", "no-store");
        assertThat(events.taken()).containsExactly("miss", "not stored: no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Language"})
    void a_response_that_the_store_does_not_take_is_not_stored(String vary) {
        CacheSettings tiny = CacheSettings.local().option("max-bytes", "1");
        try (ResponseFixture small = ResponseFixture.on(new LocalBackendFactory().create("default", tiny))) {
            small.ask(cache, exchange(counted(small.resource()), get("/books", "a=1")), "Vary", vary);
        }
        assertThat(events.taken()).containsExactly("miss", "not stored: body-size");
    }

    @Test
    void a_bypass_is_neither_hit_nor_miss() {
        cache.bypass(exchange(resource, get("/books", "a=1")), Reason.METHOD);
        assertThat(events.taken()).containsExactly("bypass", "not stored: method");
    }

    private String counted(Runnable action) {
        CountsSnapshot before = counts.snapshot();
        action.run();
        return Tally.of(counts.snapshot().since(before));
    }

    private Exchange asked(String... fields) {
        return exchange(measured, get("/books", "a=1", fields));
    }

    @Test
    void a_hit_is_one_whether_it_is_sent_whole_as_304_as_206_or_as_412() {
        assertThat(counted(() -> given.ask(cache, asked(), "ETag", "\"e\""))).isEqualTo("1 miss, 1 load, 1 put");
        assertThat(counted(() -> given.ask(cache, asked()))).isEqualTo("1 hit");
        assertThat(counted(() -> given.ask(cache, asked("If-None-Match", "\"e\""))))
                .isEqualTo("1 hit");
        assertThat(counted(() -> given.ask(cache, asked("Range", "bytes=0-0")))).isEqualTo("1 hit");
        assertThat(counted(() -> given.ask(cache, asked("If-Match", "\"other\""))))
                .isEqualTo("1 hit");
        assertThat(given.calls).hasValue(1);
    }

    @Test
    void a_request_that_waits_for_another_one_is_a_hit_and_coalesced() throws Exception {
        Exchange first = asked();
        ResponseFixture.serve(cache, first);
        FutureTask<Boolean> second = new FutureTask<>(() -> ResponseFixture.serve(cache, asked()));
        new Thread(second).start();
        await().until(() -> cache.followers() == 1);
        given.finish(cache, first);

        assertThat(second.get(30, SECONDS)).isTrue();
        assertThat(Tally.of(counts.snapshot())).isEqualTo("1 hit, 1 coalesced, 1 miss, 1 load, 1 put");
    }

    @ParameterizedTest
    @EnumSource
    void a_miss_or_a_bypass_is_not_stored_for_its_reason(Reason reason) {
        assertThat(counted(() -> {
                    Exchange miss = asked();
                    ResponseFixture.serve(cache, miss);
                    cache.discard(miss, reason);
                    cache.discard(miss, reason);
                }))
                .isEqualTo("1 miss, 1 load, 1 not stored: " + reason.kebab());
        assertThat(counted(() -> {
                    Exchange bypass = asked();
                    cache.bypass(bypass, reason);
                    ResponseFixture.serve(cache, bypass);
                }))
                .isEqualTo("1 bypass, 1 not stored: " + reason.kebab());
    }

    @Test
    void a_request_that_no_lookup_can_serve_is_a_bypass() {
        assertThat(counted(() -> given.ask(cache, asked("Upgrade", "websocket"))))
                .isEqualTo("1 bypass, 1 not stored: upgrade");
    }

    @Test
    void the_duration_of_the_method_is_measured_until_its_response_has_a_status() {
        Exchange miss = asked();
        ResponseFixture.serve(cache, miss);
        nanos.addAndGet(700);
        given.finish(cache, miss);
        nanos.addAndGet(10_000);
        given.ask(cache, asked());

        assertThat(counts.snapshot().loads().nanos()).isEqualTo(700);
        assertThat(counts.snapshot().savedNanos()).isEqualTo(700);
    }

    @Test
    void a_response_that_is_never_complete_is_not_stored() {
        Exchange miss = exchange(resource, get("/books", "a=1"));
        ResponseFixture.serve(cache, miss);
        miss.abandon();
        miss.abandon();
        assertThat(events.taken()).containsExactly("miss", "not stored: incomplete");
    }
}
