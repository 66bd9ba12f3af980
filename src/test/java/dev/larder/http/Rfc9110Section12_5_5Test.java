package dev.larder.http;

import static dev.larder.http.Given.get;
import static dev.larder.http.Given.keyedBy;
import static dev.larder.http.Given.ok;
import static dev.larder.http.Given.storability;
import static dev.larder.http.Given.storedFields;
import static dev.larder.http.Given.veto;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §12.5.5 and RFC 9111 §4.1: what Vary says, and when two requests select the same variant. */
class Rfc9110Section12_5_5Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                " * ",
                "Accept, *",
                "*, Accept",
                "Accept,*,",
                "*,*",
                "**",
                "Accept Language",
                "a;b",
                "\"Accept\"",
                "ü"
            })
    void a_vary_with_an_asterisk_or_no_name_is_not_stored(String vary) {
        assertThat(veto(storability("Vary", vary))).isEqualTo(Reason.VARY);
    }

    @Test
    void a_vary_with_an_asterisk_on_any_line_is_not_stored() {
        assertThat(veto(storability("Vary", "Accept", "X", "1", "vary", "*"))).isEqualTo(Reason.VARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "cookie", "Accept, COOKIE", "\tCookie ,Accept"})
    void a_vary_by_cookie_is_not_stored(String vary) {
        assertThat(veto(storability("Vary", vary))).isEqualTo(Reason.VARY_COOKIE);
    }

    @Test
    void names_are_read_in_any_case_from_all_lines_each_once() {
        Fields response = Fields.of("Vary", "Origin,\taccept-LANGUAGE ,, origin", "VARY", "Accept");

        assertThat(VaryMatch.of(response).names()).containsExactly("accept", "accept-language", "origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void an_empty_vary_selects_nothing_and_is_stored(String vary) {
        assertThat(VaryMatch.of(Fields.of("Vary", vary))).isEqualTo(VaryMatch.NONE);
        assertThat(veto(storability("Vary", vary))).isNull();
    }

    @Test
    void without_vary_all_requests_select_the_same() {
        assertThat(VaryMatch.NONE.selecting(Fields.of("Accept", "a"))).isEmpty();
    }

    @Test
    void a_coding_of_the_resource_counts_as_vary_by_accept_encoding() {
        Storability storability = storability("Content-Encoding", "br", "Vary", "X");

        assertThat(((Storability.Storable) storability).vary().names()).containsExactly("accept-encoding", "x");
        assertThat(storedFields(storability).first("Vary")).isEqualTo("X, accept-encoding");
    }

    @Test
    void what_the_key_holds_is_added_to_vary_once() {
        Storability storability = Storability.of(keyedBy("X-Tenant"), get(), ok("Vary", "Origin", "Vary", "x-tenant"));
        Storability without = Storability.of(keyedBy("X-Tenant"), get(), ok());

        assertThat(storedFields(storability).lines("Vary")).containsExactly("Origin", "x-tenant");
        assertThat(storedFields(without)).isEqualTo(Fields.of("Vary", "X-Tenant"));
        assertThat(VaryMatch.merged(Fields.of("Vary", "Origin"), List.of("Accept", "origin"))
                        .lines("Vary"))
                .containsExactly("Origin, Accept");
        assertThat(VaryMatch.merged(Fields.of("Vary", "*"), List.of("Accept")).lines("Vary"))
                .containsExactly("*");
    }

    // RFC 9111 §4.1

    private static String selecting(String vary, String... request) {
        return VaryMatch.of(Fields.of("Vary", vary)).selecting(Fields.of(request));
    }

    @Test
    void absent_is_not_empty() {
        for (String name : new String[] {"X", "Accept", "Accept-Language"}) {
            assertThat(selecting(name)).isNotEqualTo(selecting(name, name, ""));
        }
    }

    @Test
    void a_value_cannot_pass_for_another_field() {
        assertThat(selecting("A, B", "A", "1;b:1:2", "B", "3"))
                .isNotEqualTo(selecting("A, B", "A", "1", "B", "2;b:1:3"));
        assertThat(selecting("A, B", "A", "-")).isNotEqualTo(selecting("A, B"));
        assertThat(selecting("A, B", "A", "x")).isNotEqualTo(selecting("A, B", "B", "x"));
    }

    @Test
    void names_match_in_any_case_and_any_order() {
        assertThat(selecting("X-A, x-b", "X-b", "2", "x-A", "1"))
                .isEqualTo(selecting("X-B,X-A", "X-A", "1", "X-B", "2"));
    }

    @Test
    void other_fields_do_not_matter() {
        assertThat(selecting("X", "X", "1", "Cookie", "a=b")).isEqualTo(selecting("X", "X", "1", "Cookie", "c=d"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"a, b | a,b", "a\t ,  b | a,b", "' a ' | a", "\"x, y\",z | \"x, y\" ,  z"})
    void white_space_between_members_does_not_matter(String one, String other) {
        assertThat(selecting("X", "X", one)).isEqualTo(selecting("X", "X", other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"a | A", "a, b | b, a", "ab | a b", "\"x, y\" | \"x,y\"", "a | a,", "a,,b | a,b", "\"x | \"x\""})
    void anything_else_does_matter(String one, String other) {
        assertThat(selecting("X", "X", one)).isNotEqualTo(selecting("X", "X", other));
    }

    @Test
    void several_lines_are_one_value() {
        assertThat(selecting("X", "X", "a", "x", " b")).isEqualTo(selecting("X", "X", "a, b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | text/html, text/plain | text/plain,text/html",
                "Accept | text/html;q=1 | TEXT/HTML",
                "Accept | text/html; q=0.50 | text/html;Q = 0.5",
                "Accept | text/html;level=1;q=0.5 | text/html ; level=1 ; q=0.500",
                "Accept | text/html, text/html | text/html",
                "Accept-Language | de, en;q=0.7 | EN;q=0.700 , DE;q=1.0",
                "Accept-Encoding | gzip, br | br, gzip;q=1.000",
                "Accept-Charset | utf-8;q=0 | UTF-8;q=0.0"
            })
    void preferences_compare_as_sets_of_range_and_weight(String name, String one, String other) {
        assertThat(selecting(name, name, one)).isEqualTo(selecting(name, name, other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | text/html;q=0.5 | text/html;q=0.51",
                "Accept | text/html;level=1 | text/html;level=2",
                "Accept | text/html;q=0.5, text/plain | text/html, text/plain;q=0.5",
                "Accept | text/html;q=2 | text/html;q=1",
                "Accept | text/html;q=x | text/html",
                "Accept | text/html;q= | text/html",
                "Accept-Language | de | de-AT",
                "Accept-Encoding | gzip | gzip, identity"
            })
    void preferences_that_differ_select_different_variants(String name, String one, String other) {
        assertThat(selecting(name, name, one)).isNotEqualTo(selecting(name, name, other));
    }

    @Test
    void a_vary_with_an_asterisk_never_matches() {
        assertThat(VaryMatch.of(Fields.of("Vary", "a, *")).isNever()).isTrue();
        assertThat(VaryMatch.of(Fields.of("Vary", "a")).isNever()).isFalse();
    }
}
