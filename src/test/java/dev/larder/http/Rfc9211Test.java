package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.CacheStatus.Forward;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9211: Cache-Status. */
class Rfc9211Test {

    @Test
    void a_hit_has_its_ttl() {
        assertThat(CacheStatus.hit()).hasToString("larder; hit");
        assertThat(CacheStatus.hit(42)).hasToString("larder; hit; ttl=42");
        assertThat(CacheStatus.hit(-1)).hasToString("larder; hit; ttl=-1");
        assertThat(CacheStatus.hit(Long.MAX_VALUE)).hasToString("larder; hit");
        assertThat(CacheStatus.hit(Long.MAX_VALUE - 1)).hasToString("larder; hit; ttl=999999999999999");
    }

    @ParameterizedTest
    @CsvSource({
        "BYPASS, bypass",
        "METHOD, method",
        "URI_MISS, uri-miss",
        "VARY_MISS, vary-miss",
        "REQUEST, request",
        "STALE, stale"
    })
    void a_forwarded_request_has_its_reason(Forward why, String token) {
        assertThat(CacheStatus.forwarded(why)).hasToString("larder; fwd=" + token);
    }

    @Test
    void a_forwarded_request_shows_what_happened_to_the_response() {
        assertThat(CacheStatus.forwarded(Forward.URI_MISS).stored()).hasToString("larder; fwd=uri-miss; stored");
        assertThat(CacheStatus.forwarded(Forward.URI_MISS).collapsed()).hasToString("larder; fwd=uri-miss; collapsed");
        assertThat(CacheStatus.forwarded(Forward.STALE).forwardStatus(200).stored())
                .hasToString("larder; fwd=stale; fwd-status=200; stored");
        assertThat(CacheStatus.forwarded(Forward.URI_MISS).detail(Reason.NO_STORE))
                .hasToString("larder; fwd=uri-miss; detail=no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "METHOD, METHOD",
        "METHOD_OVERRIDE, METHOD",
        "UPGRADE, REQUEST",
        "PRECONDITION, REQUEST",
        "STALE, STALE",
        "AUTHORIZATION, BYPASS",
        "NO_PRINCIPAL, BYPASS",
        "BACKEND, BYPASS"
    })
    void each_reason_of_a_request_has_its_forward(Reason reason, Forward why) {
        assertThat(Forward.of(reason)).isEqualTo(why);
    }

    @ParameterizedTest
    @EnumSource
    void each_reason_is_a_token(Reason reason) {
        assertThat(reason.kebab()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    void reasons_have_the_names_of_the_reference() {
        assertThat(Reason.NO_STORE.kebab()).isEqualTo("no-store");
        assertThat(Reason.SET_COOKIE.kebab()).isEqualTo("set-cookie");
        assertThat(Reason.AUTHORIZATION.kebab()).isEqualTo("authorization");
    }

    @Test
    void it_is_appended_to_what_is_there_already() {
        assertThat(CacheStatus.hit().appendedTo(null)).isEqualTo("larder; hit");
        assertThat(CacheStatus.hit().appendedTo(" ")).isEqualTo("larder; hit");
        assertThat(CacheStatus.hit().appendedTo("origin; fwd=miss")).isEqualTo("origin; fwd=miss, larder; hit");
    }
}
