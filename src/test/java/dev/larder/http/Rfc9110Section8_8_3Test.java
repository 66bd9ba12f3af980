package dev.larder.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §8.8.3: entity tags. */
class Rfc9110Section8_8_3Test {

    @Test
    void the_tag_of_a_body_is_weak_quoted_and_the_same_for_the_same_bytes() {
        EntityTag tag = EntityTag.ofBody("abc".getBytes(US_ASCII));

        assertThat(tag).hasToString("W/\"ungWv48Bz-pBQUDeXa4iIw\"");
        assertThat(EntityTag.parse(tag.toString())).isEqualTo(tag);
        assertThat(EntityTag.ofBody("abd".getBytes(US_ASCII))).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "W/\"1\" | W/\"1\" | false | true",
                "W/\"1\" | W/\"2\" | false | false",
                "W/\"1\" | \"1\" | false | true",
                "\"1\" | \"1\" | true | true"
            })
    void tags_compare_strongly_and_weakly(String one, String other, boolean strongly, boolean weakly) {
        assertThat(EntityTag.parse(one).matchesStrongly(EntityTag.parse(other))).isEqualTo(strongly);
        assertThat(EntityTag.parse(one).matchesWeakly(EntityTag.parse(other))).isEqualTo(weakly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"",
                "W/",
                "W/a",
                "W/\"",
                "w/\"a\"",
                "\"a\"b",
                "\"a\"\"",
                "\"a b\"",
                "\"\t\"",
                " \"a\"",
                "\"\u0100\"",
                "*"
            })
    void anything_else_is_no_tag(String text) {
        assertThat(EntityTag.parse(text)).isNull();
    }
}
