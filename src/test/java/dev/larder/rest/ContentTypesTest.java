package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types for which a body is written alike. */
class ContentTypesTest {

    private static final MediaType TEXT = new MediaType("text", "plain");

    @Test
    void none_is_like_none_only() {
        assertThat(ContentTypes.areWrittenAlike(null, null)).isTrue();
        assertThat(ContentTypes.areWrittenAlike(TEXT, null)).isFalse();
        assertThat(ContentTypes.areWrittenAlike(null, TEXT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", "Utf-8"})
    void naming_utf_8_makes_no_difference(String charset) {
        assertThat(ContentTypes.areWrittenAlike(TEXT, TEXT.withCharset(charset)))
                .isTrue();
        assertThat(ContentTypes.areWrittenAlike(TEXT.withCharset(charset), TEXT))
                .isTrue();
    }

    @Test
    void another_charset_does() {
        MediaType latin = TEXT.withCharset("iso-8859-1");
        assertThat(ContentTypes.areWrittenAlike(TEXT, latin)).isFalse();
        assertThat(ContentTypes.areWrittenAlike(TEXT.withCharset("utf-8"), latin))
                .isFalse();
        assertThat(ContentTypes.areWrittenAlike(latin, latin)).isTrue();
    }

    @Test
    void case_makes_no_difference() {
        assertThat(ContentTypes.areWrittenAlike(TEXT, new MediaType("TEXT", "Plain")))
                .isTrue();
    }

    @Test
    void another_type_or_parameter_does() {
        assertThat(ContentTypes.areWrittenAlike(TEXT, new MediaType("text", "html")))
                .isFalse();
        assertThat(ContentTypes.areWrittenAlike(TEXT, new MediaType("application", "plain")))
                .isFalse();
        MediaType versioned = new MediaType("text", "plain", Map.of("version", "1"));
        assertThat(ContentTypes.areWrittenAlike(TEXT, versioned)).isFalse();
        assertThat(ContentTypes.areWrittenAlike(versioned.withCharset("utf-8"), versioned))
                .isTrue();
    }

    @Test
    void no_stored_type_is_none() {
        assertThat(ContentTypes.parsed(null)).isNull();
    }
}
