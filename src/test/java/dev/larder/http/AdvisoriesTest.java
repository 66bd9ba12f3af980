package dev.larder.http;

import static dev.larder.http.Given.get;
import static dev.larder.http.Given.getBy;
import static dev.larder.http.Given.ok;
import static dev.larder.http.Given.reuse;
import static dev.larder.http.Given.storability;
import static dev.larder.http.Given.stored;
import static dev.larder.http.Given.veto;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Six ways in which other caches leaked one user's page to another. */
class AdvisoriesTest {

    @Test
    void a_missing_and_an_empty_request_field_do_not_share_an_entry() {
        VaryMatch vary = VaryMatch.of(Fields.of("Vary", "X-Tenant"));

        assertThat(vary.selecting(Fields.EMPTY)).isNotEqualTo(vary.selecting(Fields.of("X-Tenant", "")));
    }

    @Test
    void vary_by_everything_is_not_stored() {
        assertThat(veto(storability("Vary", "*"))).isEqualTo(Reason.VARY);
        assertThat(veto(storability("Vary", "Accept", "Vary", "Origin ,*"))).isEqualTo(Reason.VARY);
    }

    @Test
    void cache_control_is_understood_in_any_case() {
        assertThat(veto(storability("CACHE-CONTROL", "Max-Age=5, PRIVATE"))).isEqualTo(Reason.PRIVATE);
        assertThat(veto(storability("cache-control", "No-Store"))).isEqualTo(Reason.NO_STORE);
    }

    @Test
    void white_space_in_vary_hides_no_name() {
        assertThat(VaryMatch.of(Fields.of("Vary", " Accept-Language ,\tX-Tenant\t,Origin "))
                        .names())
                .containsExactly("accept-language", "origin", "x-tenant");
    }

    @Test
    void a_cookie_is_neither_part_of_the_selection_nor_stored_nor_varied_by() {
        assertThat(RequestCacheability.of(CachingRules.DEFAULT, get("Cookie", "theme=dark"))
                        .store())
                .isTrue();
        assertThat(veto(storability("Set-Cookie", "session=1"))).isEqualTo(Reason.SET_COOKIE);
        assertThat(veto(storability("Vary", "Cookie"))).isEqualTo(Reason.VARY_COOKIE);
    }

    @Test
    void the_response_to_an_authenticated_caller_is_not_served_to_others() {
        assertThat(veto(Storability.of(CachingRules.DEFAULT, getBy("alice"), ok())))
                .isEqualTo(Reason.AUTHORIZATION);
        assertThat(veto(Storability.of(
                        CachingRules.DEFAULT, get("authorization", "Bearer x"), ok("Cache-Control", "max-age=5"))))
                .isEqualTo(Reason.AUTHORIZATION);
        assertThat(reuse(getBy("bob"), stored())).isEqualTo(new ReuseDecision.Bypass(Reason.AUTHORIZATION));
    }
}
