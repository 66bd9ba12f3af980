package dev.larder.http;

import static dev.larder.http.Given.NOW;
import static dev.larder.http.Given.get;
import static dev.larder.http.Given.request;
import static dev.larder.http.Given.reuse;
import static dev.larder.http.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14: a single range of a stored 200 of ten bytes, and If-Range (§13.1.5). */
class Rfc9110Section14Test {

    private static final String MODIFIED = "Sun, 06 Nov 1994 08:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 0 | 0",
                "bytes=0-9 | 0 | 9",
                "bytes=2-5 | 2 | 5",
                "bytes=5- | 5 | 9",
                "bytes=9- | 9 | 9",
                "bytes=5-99 | 5 | 9",
                "bytes=5-99999999999999999999999 | 5 | 9",
                "bytes=-1 | 9 | 9",
                "bytes=-10 | 0 | 9",
                "bytes=-99999999999999999999999 | 0 | 9",
                "Bytes=2-5 | 2 | 5",
                "bytes= 2 - 5  | 2 | 5",
                "bytes=002-05 | 2 | 5"
            })
    void one_range_is_answered_with_206(String range, long from, long to) {
        ReuseDecision decision = reuse(get("Range", range), stored("ETag", "\"a\""));

        assertThat(decision)
                .isEqualTo(new ReuseDecision.Partial(
                        new ByteRange(from, to, 10),
                        Fields.of("ETag", "\"a\"", "Age", "0", "Content-Range", "bytes " + from + '-' + to + "/10"),
                        60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,3-4",
                "bytes=0-1,",
                "bytes=10-",
                "bytes=10-12",
                "bytes=99999999999999999999999-",
                "bytes=-0",
                "bytes=5-2",
                "bytes=-",
                "bytes=",
                "bytes",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=--1",
                "bytes=1--2",
                "bytes=-1-2",
                "bytes=+1-2",
                "bytes=0x1-2",
                "bytes=1.0-2",
                "items=0-1",
                "bytes 0-1",
                "-",
                ""
            })
    void several_malformed_and_unsatisfiable_ranges_get_all(String range) {
        assertThat(reuse(get("Range", range), stored())).isInstanceOf(ReuseDecision.Full.class);
    }

    @Test
    void ranges_on_several_lines_get_all() {
        assertThat(reuse(get("Range", "bytes=0-1", "Range", "bytes=3-4"), stored()))
                .isInstanceOf(ReuseDecision.Full.class);
    }

    @Test
    void a_head_knows_no_range() {
        assertThat(reuse(request("HEAD", "Range", "bytes=0-1"), stored())).isInstanceOf(ReuseDecision.Full.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 204, 404, 500})
    void another_status_than_200_has_no_ranges(int status) {
        assertThat(reuse(get("Range", "bytes=0-1"), stored(status))).isInstanceOf(ReuseDecision.Full.class);
    }

    @Test
    void an_empty_body_has_no_ranges() {
        StoredResponse empty = new StoredResponse(200, Fields.EMPTY, new byte[0], NOW, 0, 60_000);

        assertThat(reuse(get("Range", "bytes=0-"), empty)).isInstanceOf(ReuseDecision.Full.class);
        assertThat(reuse(get("Range", "bytes=-1"), empty)).isInstanceOf(ReuseDecision.Full.class);
    }

    @Test
    void a_304_comes_before_a_range() {
        assertThat(reuse(get("Range", "bytes=0-1", "If-None-Match", "\"a\""), stored("ETag", "\"a\"")))
                .isInstanceOf(ReuseDecision.NotModified.class);
    }

    // §13.1.5

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" | \"a\" | true",
                "\"a\" | \"b\" | false",
                "\"a\" | W/\"a\" | false",
                "W/\"a\" | W/\"a\" | false",
                "\"a\" | \"a\", \"b\" | false",
                "\"a\" | * | false",
                "\"a\" | '' | false",
                "\"a\" | Sun, 06 Nov 1994 08:00:00 GMT | true",
                "\"a\" | Sun Nov  6 08:00:00 1994 | true",
                "\"a\" | Sun, 06 Nov 1994 08:00:01 GMT | false",
                "\"a\" | Sun, 06 Nov 1994 07:59:59 GMT | false",
                "\"a\" | yesterday | false"
            })
    void if_range_needs_the_same_strong_validator(String tag, String ifRange, boolean partial) {
        StoredResponse stored = stored("ETag", tag, "Last-Modified", MODIFIED);
        ReuseDecision decision = reuse(get("Range", "bytes=0-1", "If-Range", ifRange), stored);

        assertThat(decision instanceof ReuseDecision.Partial).isEqualTo(partial);
    }

    @Test
    void a_date_of_the_second_of_the_response_is_no_strong_validator() {
        String now = "Sun, 06 Nov 1994 08:49:37 GMT";

        assertThat(reuse(get("Range", "bytes=0-1", "If-Range", now), stored("Last-Modified", now)))
                .isInstanceOf(ReuseDecision.Full.class);
    }
}
