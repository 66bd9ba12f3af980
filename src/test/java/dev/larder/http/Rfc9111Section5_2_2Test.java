package dev.larder.http;

import static dev.larder.http.Given.fromResponse;
import static dev.larder.http.Given.get;
import static dev.larder.http.Given.response;
import static dev.larder.http.Given.storability;
import static dev.larder.http.Given.storedFields;
import static dev.larder.http.Given.veto;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §5.2.2: the response directives, and the syntax of §5.2. */
class Rfc9111Section5_2_2Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-store",
                "No-Store",
                "NO-STORE",
                " no-store ",
                "\tno-store",
                "max-age=5,no-store",
                "max-age=5 , no-store , public",
                ",,no-store,,",
                "no-store=",
                "no-store=1",
                "no-store=\"x\"",
                "foo=\"bar\", no-store",
                "foo=\"a\\\"b\", no-store",
                "foo=\"a,b\" , no-store",
                "foo=\"a\\\\\", no-store",
                "public; no-store",
                "public no-store",
                "\"a\" no-store",
                "=no-store",
                "a= no-store"
            })
    void no_store_is_not_stored_however_it_is_written(String value) {
        assertThat(veto(storability("Cache-Control", value))).isEqualTo(Reason.NO_STORE);
    }

    @ParameterizedTest
    @CsvSource({"private, PRIVATE", "Private, PRIVATE", "no-cache, NO_CACHE", "NO-cache, NO_CACHE"})
    void unqualified_private_and_no_cache_are_not_stored(String value, Reason reason) {
        assertThat(veto(storability("Cache-Control", "max-age=5, " + value))).isEqualTo(reason);
    }

    @Test
    void directives_count_on_any_of_several_lines() {
        assertThat(veto(storability("Cache-Control", "public", "X", "1", "cache-control", "no-store")))
                .isEqualTo(Reason.NO_STORE);
    }

    @Test
    void a_quote_left_open_on_one_line_does_not_hide_the_next() {
        assertThat(veto(storability("Cache-Control", "foo=\"bar", "Cache-Control", "no-store, a=\"b\"")))
                .isEqualTo(Reason.MALFORMED_FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo=\"bar, no-store", "\"", "max-age=\"5", "private=\"a", "a=\"\\\"", "public, x=\"\\"})
    void an_open_quote_is_not_stored(String value) {
        assertThat(veto(storability("Cache-Control", value))).isEqualTo(Reason.MALFORMED_FIELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo=\"no-store\"",
                "foo=\"a, no-store, b\"",
                "foo=\"\\\", no-store\"",
                "\"no-store\"",
                "foo=no-store",
                "x-no-store",
                "no-storage",
                "nostore",
                "no_store",
                "privately",
                "",
                ",",
                "=",
                "public",
                "immutable",
                "no-transform",
                "proxy-revalidate"
            })
    void what_only_looks_like_a_directive_is_stored(String value) {
        assertThat(veto(storability("Cache-Control", value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-cache=\"X-One\"",
                "private=\"x-one\"",
                "no-cache=X-One",
                "private=\" x-one , \"",
                "PRIVATE=\"X\\-One\"",
                "no-cache=\"X-One\", private=\"x-one\""
            })
    void a_qualified_directive_strips_the_field_and_stores_the_rest(String value) {
        Storability storability = storability("X-One", "1", "X-Two", "2", "Cache-Control", value);

        assertThat(storedFields(storability)).isEqualTo(Fields.of("X-Two", "2", "Cache-Control", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private=",
                "private=\"\"",
                "private=\",\"",
                "private=\"a b\"",
                "private=\"X\", private",
                "private =\"X\"",
                "private= \"X\""
            })
    void a_qualification_that_names_no_field_counts_as_none(String value) {
        assertThat(veto(storability("Cache-Control", value))).isEqualTo(Reason.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s-maxage=0",
                "S-MAXAGE=0",
                "s-maxage=\"0\"",
                "s-maxage=00",
                "s-maxage=5, s-maxage=0",
                "s-maxage",
                "s-maxage=-1",
                "s-maxage=x",
                "s-maxage='5'"
            })
    void an_s_maxage_of_nothing_is_not_stored(String value) {
        assertThat(veto(storability("Cache-Control", value))).isEqualTo(Reason.S_MAXAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=0", "max-age=-1", "max-age", "s-maxage=1", "must-revalidate, max-age=0"})
    void with_a_fixed_ttl_the_lifetimes_for_other_caches_do_not_matter(String value) {
        assertThat(veto(storability("Cache-Control", value, "Expires", "0"))).isNull();
    }

    // §5.2.2.3

    @ParameterizedTest
    @ValueSource(strings = {"must-understand, no-store", "no-store, Must-Understand", "must-understand"})
    void must_understand_overrides_no_store_for_a_status_that_is_understood(String value) {
        assertThat(veto(storability("Cache-Control", value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {299, 418, 499, 599})
    void must_understand_forbids_a_status_that_is_not_understood(int status) {
        ResponseFacts response = response(status, "Cache-Control", "must-understand, max-age=60");

        assertThat(veto(Storability.of(fromResponse(), get(), response))).isEqualTo(Reason.MUST_UNDERSTAND);
    }

    @Test
    void must_understand_overrides_neither_private_nor_no_cache() {
        assertThat(veto(storability("Cache-Control", "must-understand, no-store, private")))
                .isEqualTo(Reason.PRIVATE);
        assertThat(veto(storability("Cache-Control", "must-understand, no-store, no-cache")))
                .isEqualTo(Reason.NO_CACHE);
    }

    @Test
    void pragma_and_warning_say_nothing() {
        assertThat(veto(storability("Pragma", "no-cache", "Warning", "110 - \"stale\"")))
                .isNull();
    }
}
