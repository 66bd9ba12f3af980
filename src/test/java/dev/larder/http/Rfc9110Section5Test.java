package dev.larder.http;

import static dev.larder.http.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §5: field lines (§5.1 to §5.5) and dates (§5.6.7). */
class Rfc9110Section5Test {

    private static final Fields FIELDS = Fields.of("Accept", "a", "X", "1", "ACCEPT", "b");

    @Test
    void names_match_in_any_case_with_all_lines_in_order() {
        assertThat(FIELDS.lines("accept")).containsExactly("a", "b");
        assertThat(FIELDS.first("aCCept")).isEqualTo("a");
        assertThat(FIELDS.combined("Accept")).isEqualTo("a, b");
        assertThat(FIELDS.combined("x")).isEqualTo("1");
        assertThat(FIELDS.contains("x")).isTrue();
    }

    @Test
    void an_absent_name_is_not_an_empty_one() {
        assertThat(FIELDS.lines("Y")).isEmpty();
        assertThat(FIELDS.first("Y")).isNull();
        assertThat(FIELDS.combined("Y")).isNull();
        assertThat(FIELDS.contains("Y")).isFalse();
        assertThat(Fields.of("Y", "").combined("Y")).isEmpty();
        assertThat(Fields.of("Y", "").contains("Y")).isTrue();
    }

    @Test
    void lines_can_be_replaced_added_and_left_out() {
        assertThat(FIELDS.with("accept", "c")).isEqualTo(Fields.of("Accept", "c", "X", "1"));
        assertThat(FIELDS.with("x", "2")).isEqualTo(Fields.of("Accept", "a", "X", "2", "Accept", "b"));
        assertThat(FIELDS.with("Y", "2").first("Y")).isEqualTo("2");
        assertThat(FIELDS.plus("x", "2").lines("X")).containsExactly("1", "2");
        assertThat(FIELDS.without("accept"::equals)).isEqualTo(Fields.of("X", "1"));
        assertThat(FIELDS.without("y"::equals)).isSameAs(FIELDS);
        assertThat(FIELDS.without(name -> true)).isEqualTo(Fields.EMPTY);
    }

    @Test
    void a_map_gives_a_line_for_each_value_in_its_order() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        map.put("Accept", List.of("a", "b"));
        map.put("None", List.of());
        map.put("X", List.of("1"));
        List<String> lines = new ArrayList<>();
        Fields.of(map).forEach((name, value) -> lines.add(name + '=' + value));

        assertThat(lines).containsExactly("Accept=a", "Accept=b", "X=1");
        assertThat(Fields.of(map).size()).isEqualTo(3);
        assertThat(Fields.of(map).length()).isEqualTo(16);
    }

    @Test
    void two_are_equal_if_their_lines_are_names_in_any_case() {
        Fields same = Fields.of("accept", "a", "x", "1", "accept", "b");

        assertThat(same).isEqualTo(FIELDS).hasSameHashCodeAs(FIELDS);
        assertThat(Fields.of("Accept", "A")).isNotEqualTo(Fields.of("Accept", "a"));
        assertThat(Fields.of("A", "1", "B", "2")).isNotEqualTo(Fields.of("B", "2", "A", "1"));
    }

    @Test
    void values_are_not_shown_because_they_may_be_credentials() {
        assertThat(Fields.of("Authorization", "Basic secret")).hasToString("[Authorization]");
        assertThat(Given.getBy("alice", "Authorization", "secret")).hasToString("GET https://shop.example/books/7?a=1");
    }

    @Test
    void nulls_and_half_pairs_are_refused() {
        assertThatNullPointerException().isThrownBy(() -> Fields.of("a", (String) null));
        assertThatNullPointerException().isThrownBy(() -> FIELDS.plus("a", null));
        assertThatNullPointerException().isThrownBy(() -> FIELDS.with("x", null));
        assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("a")).withMessageContaining("1");
    }

    @Test
    void only_lines_that_can_be_sent_stay_safe() {
        Fields mixed = FIELDS.plus("Y", "a\r\nb").plus("a b", "c");

        assertThat(mixed.safe()).isFalse();
        assertThat(mixed.onlySafe()).isEqualTo(FIELDS);
        assertThat(FIELDS.onlySafe()).isSameAs(FIELDS);
    }

    // §5.6.7

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | 784111777",
                "Sunday, 06-Nov-94 08:49:37 GMT | 784111777",
                "Sun Nov  6 08:49:37 1994 | 784111777",
                "Sun Nov 16 08:49:37 1994 | 784975777",
                "Thu, 01 Jan 1970 00:00:00 GMT | 0",
                "Thu, 29 Feb 1996 00:00:00 GMT | 825552000",
                "Sat, 31 Dec 2016 23:59:60 GMT | 1483228800",
                "Wednesday, 06-Nov-44 08:49:37 GMT | 2362034977",
                "Wednesday, 06-Nov-45 08:49:37 GMT | -762189023"
            })
    void a_date_has_three_formats(String date, long seconds) {
        assertThat(HttpDate.seconds(date, NOW)).hasValue(seconds);
    }

    /** RFC 9111 §4.2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 NOV 1994 08:49:37 GMT",
                "sun, 06 nov 1994 08:49:37 GMT",
                "SUN, 06 Nov 1994 08:49:37 gmt",
                "SUNDAY, 06-NOV-94 08:49:37 GMT",
                "sunday, 06-nov-94 08:49:37 Gmt",
                "SUN NOV  6 08:49:37 1994",
                "sun nov  6 08:49:37 1994"
            })
    void its_names_are_matched_without_regard_to_case(String date) {
        assertThat(HttpDate.seconds(date, NOW)).hasValue(784111777);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "now",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "\u017Fun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 ovD 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "Sun 06 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Wed, 29 Feb 1995 00:00:00 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:00 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov -994 08:49:37 GMT",
                "Sun,  6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sunday, 06 Nov 94 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov  6 08:49:37 1994 GMT",
                "1994-11-06T08:49:37Z",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT"
            })
    void anything_else_is_no_date(String date) {
        assertThat(HttpDate.seconds(date, NOW)).isEmpty();
    }
}
