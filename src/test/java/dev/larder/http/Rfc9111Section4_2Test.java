package dev.larder.http;

import static dev.larder.http.Given.BODY;
import static dev.larder.http.Given.NOW;
import static dev.larder.http.Given.fromResponse;
import static dev.larder.http.Given.get;
import static dev.larder.http.Given.ok;
import static dev.larder.http.Given.stored;
import static dev.larder.http.Given.storedFields;
import static dev.larder.http.Given.veto;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4.2: the lifetime a response gives itself (§4.2.1), its age (§4.2.3, §5.1), no staleness (§4.2.4). */
class Rfc9111Section4_2Test {

    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final long CLAMP = 2_147_483_648L;

    private static Freshness freshness(String... fields) {
        Fields response = Fields.of(fields);
        return Freshness.of(CacheControl.of(response), response, NOW);
    }

    private static Freshness none(Reason reason) {
        return new Freshness.None(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "s-maxage=10, max-age=60 | 10",
                "max-age=10, s-maxage=60 | 60",
                "MAX-AGE=60 | 60",
                "max-age=\"60\" | 60",
                "max-age=007 | 7",
                "max-age=60, max-age=30 | 30",
                "max-age=30, max-age=60 | 30",
                "s-maxage=9, s-maxage=7 | 7",
                "max-age=2147483648 | 2147483648",
                "max-age=2147483649 | 2147483648",
                "max-age=99999999999999999999999999 | 2147483648",
                "x=\"max-age=5\", max-age=60 | 60",
                "x=\"s-maxage=5, \\\", s-maxage=6\", max-age=60 | 60",
                "max-age=60, stale-while-revalidate=5, unknown | 60"
            })
    void a_lifetime_is_s_maxage_else_max_age(String directives, long seconds) {
        assertThat(freshness("Cache-Control", directives)).isEqualTo(new Freshness.Lifetime(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-age=0",
                "max-age=-5",
                "max-age=+5",
                "max-age='5'",
                "max-age=5.5",
                "max-age=5s",
                "max-age=1e3",
                "max-age=0x5",
                "max-age=",
                "max-age",
                "max-age=\"\"",
                "max-age=\"5 \"",
                "max-age =5",
                "max-age= 5",
                "max-age=\u0665",
                "max-age=60, max-age=x",
                "s-maxage=x, max-age=60"
            })
    void a_lifetime_that_is_no_positive_integer_is_stale(String directives) {
        assertThat(freshness("Cache-Control", directives)).isEqualTo(none(Reason.EXPIRED));
    }

    @Test
    void without_any_lifetime_there_is_no_heuristic() {
        assertThat(freshness("Last-Modified", "Sun, 06 Nov 1983 08:49:37 GMT", "Cache-Control", "public"))
                .isEqualTo(none(Reason.NO_LIFETIME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:50:37 GMT | 60",
                "Sunday, 06-Nov-94 08:50:37 GMT | 60",
                "Sun Nov  6 08:50:37 1994 | 60",
                "Fri, 31 Dec 9999 23:59:59 GMT | 2147483648"
            })
    void expires_counts_from_date(String expires, long seconds) {
        assertThat(freshness("Expires", expires, "Date", DATE)).isEqualTo(new Freshness.Lifetime(seconds));
    }

    @Test
    void expires_counts_from_the_time_of_the_response_where_date_is_none() {
        String expires = "Sun, 06 Nov 1994 08:50:37 GMT";

        assertThat(freshness("Expires", expires)).isEqualTo(new Freshness.Lifetime(60));
        assertThat(freshness("Expires", expires, "Date", "yesterday")).isEqualTo(new Freshness.Lifetime(60));
        assertThat(freshness("Expires", expires, "Date", "Sun, 06 Nov 1994 08:50:27 GMT"))
                .isEqualTo(new Freshness.Lifetime(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "", "never", DATE, "Sun, 06 Nov 1994 08:49:36 GMT", "Sun, 06 Nov 1995 08:49:36 EST"})
    void an_expires_that_is_past_or_no_date_is_stale(String expires) {
        assertThat(freshness("Expires", expires, "Date", DATE)).isEqualTo(none(Reason.EXPIRED));
    }

    @Test
    void an_expires_on_several_lines_is_stale() {
        String expires = "Sun, 06 Nov 1995 08:49:37 GMT";

        assertThat(freshness("Expires", expires, "Expires", expires)).isEqualTo(none(Reason.EXPIRED));
    }

    @Test
    void expires_does_not_count_beside_max_age() {
        assertThat(freshness("Expires", "0", "Cache-Control", "max-age=60")).isEqualTo(new Freshness.Lifetime(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 60",
                "20 | 40",
                "020 | 40",
                "' 20 ' | 40",
                "20, 50 | 40",
                "'' | 60",
                "-20 | 60",
                "x | 60",
                "1.5 | 60",
                "x, 20 | 60"
            })
    void an_incoming_age_is_taken_off_and_ignored_if_it_is_none(String age, long seconds) {
        assertThat(freshness("Cache-Control", "max-age=60", "Age", age)).isEqualTo(new Freshness.Lifetime(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "61", "99999999999999999999"})
    void an_incoming_age_can_use_up_the_lifetime(String age) {
        assertThat(freshness("Cache-Control", "max-age=60", "Age", age)).isEqualTo(none(Reason.EXPIRED));
    }

    @Test
    void what_is_storable_knows_its_lifetime_and_age_and_leaves_the_age_field_behind() {
        ResponseFacts response = ok("Cache-Control", "max-age=60", "Age", "20");
        Storability storability = Storability.of(fromResponse(200), get(), response);

        assertThat(storability)
                .isEqualTo(new Storability.Storable(
                        Fields.of("Cache-Control", "max-age=60"), VaryMatch.NONE, 20, OptionalLong.of(40)));
        assertThat(storedFields(storability).contains("Age")).isFalse();
    }

    @Test
    void what_gives_itself_no_lifetime_is_not_stored_where_it_has_to() {
        assertThat(veto(Storability.of(fromResponse(200), get(), ok()))).isEqualTo(Reason.NO_LIFETIME);
        assertThat(veto(Storability.of(fromResponse(200), get(), ok("Expires", "0"))))
                .isEqualTo(Reason.EXPIRED);
    }

    // §4.2.3

    private static StoredResponse aged(long storedAt, long initialAge) {
        byte[] body = BODY.getBytes(StandardCharsets.US_ASCII);
        return new StoredResponse(200, Fields.EMPTY, body, storedAt, initialAge, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 999, 0",
        "0, 1000, 1",
        "30, 5999, 35",
        "0, -1, 0",
        "30, -999999, 30",
        "-5, 1000, 1",
        "2147483648, 1000, 2147483648",
        "0, 9000000000000000, 2147483648"
    })
    void the_age_is_what_it_came_with_and_the_time_since_whatever_the_clock_does(
            long initialAge, long elapsedMillis, long age) {
        assertThat(CurrentAge.seconds(aged(NOW, initialAge), NOW + elapsedMillis))
                .isEqualTo(age);
    }

    @Test
    void the_age_is_never_negative_and_never_overflows() {
        assertThat(CurrentAge.seconds(aged(Long.MIN_VALUE, Long.MAX_VALUE), Long.MAX_VALUE))
                .isEqualTo(CLAMP);
        assertThat(CurrentAge.seconds(aged(Long.MAX_VALUE, 0), Long.MIN_VALUE)).isZero();
    }

    @Test
    void a_hit_has_its_age() {
        ReuseDecision decision = ReuseDecision.of(
                CachingRules.DEFAULT,
                get(),
                new StoredResponse(200, Fields.EMPTY, new byte[0], NOW, 7, 60_000),
                NOW + 5_000);

        assertThat(decision).isEqualTo(new ReuseDecision.Full(Fields.of("Age", "12"), 55));
    }

    // §4.2.4

    @ParameterizedTest
    @CsvSource({"59999, true", "60000, false", "60001, false", "-100000, true"})
    void a_response_is_not_served_beyond_its_lifetime(long elapsedMillis, boolean served) {
        ReuseDecision decision = ReuseDecision.of(CachingRules.DEFAULT, get(), stored(), NOW + elapsedMillis);

        assertThat(decision instanceof ReuseDecision.Full).isEqualTo(served);
        assertThat(decision.equals(new ReuseDecision.Miss(Reason.STALE))).isEqualTo(!served);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stale-while-revalidate=600", "stale-if-error=600", "max-stale"})
    void no_directive_makes_a_stale_response_servable(String directive) {
        StoredResponse stored = stored("Cache-Control", directive);

        assertThat(ReuseDecision.of(CachingRules.DEFAULT, get("Cache-Control", directive), stored, NOW + 60_000))
                .isEqualTo(new ReuseDecision.Miss(Reason.STALE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "max-age=0", "no-store", "only-if-cached"})
    void directives_of_the_request_do_not_break_the_cache(String directive) {
        assertThat(Given.reuse(get("Cache-Control", directive), stored())).isInstanceOf(ReuseDecision.Full.class);
    }

    @Test
    void what_is_fresh_for_ever_stays_so() {
        assertThat(ReuseDecision.of(CachingRules.DEFAULT, get(), aged(NOW, 0), Long.MAX_VALUE - 1))
                .isEqualTo(new ReuseDecision.Full(Fields.of("Age", Long.toString(CLAMP)), Long.MAX_VALUE));
    }
}
