package dev.larder.response;

import static dev.larder.response.ResponseFixture.exchange;
import static dev.larder.response.ResponseFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.http.Reason;
import dev.larder.testing.RecordedEvents;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request is counted once, whatever becomes of it. */
class ResponseEventsTest {

    private final RecordedEvents events = new RecordedEvents();
    private final ResponseFixture given =
            ResponseFixture.on(new LocalBackendFactory().create("default", CacheSettings.of("local")));
    private final ResponseCache cache = new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false);
    private final CachedResource resource = counted(given.resource());

    private CachedResource counted(CachedResource plain) {
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

    @Test
    void a_response_that_is_never_complete_is_not_stored() {
        Exchange miss = exchange(resource, get("/books", "a=1"));
        ResponseFixture.serve(cache, miss);
        miss.abandon();
        miss.abandon();
        assertThat(events.taken()).containsExactly("miss", "not stored: incomplete");
    }
}
