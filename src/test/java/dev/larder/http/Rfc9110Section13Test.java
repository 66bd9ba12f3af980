package dev.larder.http;

import static dev.larder.http.Given.NOW;
import static dev.larder.http.Given.get;
import static dev.larder.http.Given.request;
import static dev.larder.http.Given.reuse;
import static dev.larder.http.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Preconditions.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §13: conditional requests, and what a 304 carries (§15.4.5). */
class Rfc9110Section13Test {

    private static final String MODIFIED = "Sun, 06 Nov 1994 08:00:00 GMT";

    private static Outcome evaluate(Fields request, String... response) {
        return Preconditions.evaluate(request, stored(response), NOW);
    }

    // §13.1.2

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" | \"a\"",
                "\"a\" | W/\"a\"",
                "W/\"a\" | \"a\"",
                "W/\"a\" | W/\"a\"",
                "\"a\" | \"b\", \"a\"",
                "\"a\" | \"b\",W/\"a\",\"c\"",
                "\"a\" | ,, \"a\" ,",
                "\"a,b\" | \"x\", \"a,b\"",
                "\"a\\\" | \"a\\\"",
                "\"\" | \"\"",
                "\"a\" | *",
                "\"a\" | ' * '",
                "\"a\" | junk, \"a\"",
                "\"ä\" | \"ä\""
            })
    void a_listed_tag_is_not_modified_by_weak_comparison(String tag, String listed) {
        assertThat(evaluate(Fields.of("If-None-Match", listed), "ETag", tag)).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" | \"b\"",
                "\"a\" | \"A\"",
                "\"a\" | a",
                "\"a\" | w/\"a\"",
                "\"a\" | W/ \"a\"",
                "\"a\" | \"a",
                "\"a\" | \"a\"x",
                "\"a\" | x\"a\"",
                "\"a\" | \"b\" \"a\"",
                "\"a\" | \"*\"",
                "\"a\" | *, \"b\"",
                "\"a\" | ''",
                "\"a\" | \"x,\"a\",y\"",
                "a | a",
                "'' | \"\"",
                "\"a b\" | \"a b\""
            })
    void a_tag_that_is_not_listed_gets_all(String tag, String listed) {
        assertThat(evaluate(Fields.of("If-None-Match", listed), "ETag", tag)).isEqualTo(Outcome.FULL);
    }

    @Test
    void tags_are_listed_on_several_lines() {
        Fields request = Fields.of("If-None-Match", "\"x", "if-none-match", "\"a\"");

        assertThat(evaluate(request, "ETag", "\"a\"")).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void if_none_match_wins_over_if_modified_since() {
        Fields request = Fields.of("If-None-Match", "\"b\"", "If-Modified-Since", MODIFIED);

        assertThat(evaluate(request, "ETag", "\"a\"", "Last-Modified", MODIFIED))
                .isEqualTo(Outcome.FULL);
    }

    // §13.1.3

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:00:00 GMT | NOT_MODIFIED",
                "Sun, 06 Nov 1994 08:00:01 GMT | NOT_MODIFIED",
                "Sun, 06 Nov 1994 07:59:59 GMT | FULL",
                "Sunday, 06-Nov-94 08:00:00 GMT | NOT_MODIFIED",
                "Sun Nov  6 08:00:00 1994 | NOT_MODIFIED",
                "Sun, 06 Nov 2094 08:00:00 GMT | NOT_MODIFIED",
                "0 | FULL",
                "'' | FULL",
                "Sun, 06 Nov 1994 08:00:00 | FULL"
            })
    void if_modified_since_compares_with_last_modified(String since, Outcome outcome) {
        assertThat(evaluate(Fields.of("If-Modified-Since", since), "Last-Modified", MODIFIED))
                .isEqualTo(outcome);
    }

    @Test
    void if_modified_since_does_not_count_without_last_modified_or_on_several_lines() {
        Fields once = Fields.of("If-Modified-Since", MODIFIED);

        assertThat(evaluate(once)).isEqualTo(Outcome.FULL);
        assertThat(evaluate(once, "Last-Modified", "yesterday")).isEqualTo(Outcome.FULL);
        assertThat(evaluate(once.plus("If-Modified-Since", MODIFIED), "Last-Modified", MODIFIED))
                .isEqualTo(Outcome.FULL);
    }

    // §13.1.1

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" | \"a\" | FULL",
                "\"a\" | \"b\", \"a\" | FULL",
                "\"a\" | * | FULL",
                "\"a\" | \"b\" | FAILED",
                "\"a\" | W/\"a\" | FAILED",
                "W/\"a\" | W/\"a\" | FAILED",
                "\"a\" | '' | FAILED",
                "\"a\" | a | FAILED"
            })
    void if_match_compares_strongly(String tag, String listed, Outcome outcome) {
        assertThat(evaluate(Fields.of("If-Match", listed), "ETag", tag)).isEqualTo(outcome);
    }

    // §13.1.4

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Sun, 06 Nov 1994 08:00:00 GMT | FULL", "Sun, 06 Nov 1994 07:59:59 GMT | FAILED", "junk | FULL"})
    void if_unmodified_since_compares_with_last_modified(String since, Outcome outcome) {
        assertThat(evaluate(Fields.of("If-Unmodified-Since", since), "Last-Modified", MODIFIED))
                .isEqualTo(outcome);
        assertThat(evaluate(Fields.of("If-Unmodified-Since", since))).isEqualTo(Outcome.FULL);
    }

    // §13.2

    @Test
    void if_match_wins_over_if_unmodified_since() {
        Fields request = Fields.of("If-Match", "\"a\"", "If-Unmodified-Since", "Sun, 06 Nov 1993 08:00:00 GMT");

        assertThat(evaluate(request, "ETag", "\"a\"", "Last-Modified", MODIFIED))
                .isEqualTo(Outcome.FULL);
    }

    @Test
    void a_failed_precondition_comes_before_a_304() {
        Fields request = Fields.of("If-None-Match", "\"a\"", "If-Match", "\"b\"");

        assertThat(evaluate(request, "ETag", "\"a\"")).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 500})
    void conditions_count_only_for_a_success(int status) {
        Fields request = Fields.of("If-None-Match", "*", "If-Match", "\"b\"");

        assertThat(Preconditions.evaluate(request, stored(status, "ETag", "\"a\""), NOW))
                .isEqualTo(Outcome.FULL);
    }

    @Test
    void a_hit_is_a_412_or_leaves_the_request_to_the_resource() {
        StoredResponse stored = stored("ETag", "\"a\"");

        assertThat(reuse(get("If-Match", "\"b\""), stored)).isEqualTo(new ReuseDecision.PreconditionFailed());
        assertThat(reuse(get("If-Match", "\"a\""), stored)).isEqualTo(new ReuseDecision.Bypass(Reason.PRECONDITION));
        assertThat(RequestCacheability.of(CachingRules.DEFAULT, get("If-Match", "*")))
                .isEqualTo(new RequestCacheability.LookUpOnly(Reason.PRECONDITION));
    }

    @Test
    void a_stale_response_is_not_used_for_conditions() {
        StoredResponse stored = stored("ETag", "\"a\"");

        assertThat(ReuseDecision.of(CachingRules.DEFAULT, get("If-None-Match", "\"a\""), stored, NOW + 60_000))
                .isEqualTo(new ReuseDecision.Miss(Reason.STALE));
    }

    // §15.4.5

    @Test
    void a_304_carries_what_caches_need_and_no_representation_metadata() {
        StoredResponse stored = stored(
                "Content-Type",
                "text/plain",
                "ETag",
                "\"a\"",
                "Last-Modified",
                MODIFIED,
                "Cache-Control",
                "max-age=5",
                "Content-Location",
                "/x",
                "Expires",
                "0",
                "Vary",
                "Accept",
                "Content-Language",
                "de",
                "X-Custom",
                "1",
                "Content-Encoding",
                "br");

        for (RequestFacts request :
                new RequestFacts[] {get("If-None-Match", "\"a\""), request("HEAD", "If-None-Match", "\"a\"")}) {
            assertThat(reuse(request, stored))
                    .isEqualTo(new ReuseDecision.NotModified(
                            Fields.of(
                                    "ETag",
                                    "\"a\"",
                                    "Cache-Control",
                                    "max-age=5",
                                    "Content-Location",
                                    "/x",
                                    "Expires",
                                    "0",
                                    "Vary",
                                    "Accept",
                                    "Age",
                                    "0"),
                            60));
        }
    }

    @Test
    void a_304_carries_last_modified_where_there_is_no_etag() {
        assertThat(reuse(get("If-Modified-Since", MODIFIED), stored("Last-Modified", MODIFIED)))
                .isEqualTo(new ReuseDecision.NotModified(Fields.of("Last-Modified", MODIFIED, "Age", "0"), 60));
    }
}
