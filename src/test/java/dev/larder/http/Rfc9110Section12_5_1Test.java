package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §12.5.1: Accept, and the type that it selects. */
class Rfc9110Section12_5_1Test {

    private static final ProducedTypes TYPES =
            ProducedTypes.of(List.of("application/json, text/html;qs=0.9", "Text/Plain; charset=utf-8"));

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "TEXT/HTML, text/html",
        "*/*, application/json",
        "text/*, text/plain",
        "'text/html, application/json;q=0.9', text/html",
        "'text/html;q=0.5, */*;q=0.1', text/html",
        "'application/json;q=0, */*', text/plain",
        "'image/png, text/html ; q=0.001', text/html",
        "'text/html;q=0.3, text/*;q=0.8', text/plain",
        "text/html;q=x, text/html",
        "'text/html;q=NaN, application/json;q=0.9', text/html",
        "'text/html;q=Infinity, application/json', application/json",
        "'text/html;q=9, application/json', application/json",
        "'text/html;q=-1, application/json;q=0.9', text/html"
    })
    void the_clients_weight_counts_first_then_the_servers_then_the_order(String accept, String selected) {
        assertThat(TYPES.selected(Fields.of("Accept", accept))).isEqualTo(selected);
    }

    @Test
    void without_accept_everything_is_accepted() {
        assertThat(TYPES.selected(Fields.EMPTY)).isEqualTo("application/json");
        assertThat(TYPES.selected(Fields.of("Accept", ""))).isEqualTo("application/json");
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(TYPES.selected(Fields.of("Accept", "text/html;q=0.5", "accept", "text/plain")))
                .isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html;q=0", "nonsense", "*;q=1,/"})
    void what_accepts_none_of_them_selects_none(String accept) {
        assertThat(TYPES.selected(Fields.of("Accept", accept))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/html", "text/html, */*", "text/*, text/html", "a/b;v=1, a/b;v=2", "html, text/html"})
    void an_ambiguous_list_of_types_has_no_selection(String listed) {
        assertThat(ProducedTypes.of(List.of(listed))).isNull();
    }

    @Test
    void parameters_do_not_make_another_type() {
        assertThat(ProducedTypes.isOf("text/html", "Text/HTML; charset=utf-8")).isTrue();
        assertThat(ProducedTypes.isOf("text/html", "text/html5")).isFalse();
    }
}
