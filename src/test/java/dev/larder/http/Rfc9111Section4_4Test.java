package dev.larder.http;

import static dev.larder.http.Given.get;
import static dev.larder.http.Given.overridden;
import static dev.larder.http.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4.4: what a successful unsafe method invalidates. The request is to {@code https://shop.example/books/7?a=1}. */
class Rfc9111Section4_4Test {

    private static final String OWN = "https://shop.example/books/7";

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PURGE", "post", ""})
    void an_unsafe_method_invalidates_its_own_uri_without_query(String method) {
        assertThat(Invalidation.resources(request(method), 204, Fields.EMPTY)).containsExactly(OWN);
        assertThat(request(method).resource()).isEqualTo(OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void a_safe_method_invalidates_nothing(String method) {
        assertThat(Invalidation.resources(request(method), 200, Fields.of("Location", "/x")))
                .isEmpty();
    }

    @Test
    void an_overridden_method_is_unsafe_if_either_is() {
        assertThat(Invalidation.isUnsafe(overridden("GET", "POST"))).isTrue();
        assertThat(Invalidation.isUnsafe(overridden("DELETE", "GET"))).isTrue();
        assertThat(Invalidation.isUnsafe(get())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100, false",
        "199, false",
        "200, true",
        "201, true",
        "299, true",
        "303, true",
        "399, true",
        "400, false",
        "412, false",
        "500, false",
        "600, false"
    })
    void only_a_success_or_redirection_invalidates(int status, boolean invalidates) {
        assertThat(Invalidation.resources(request("PUT"), status, Fields.EMPTY).isEmpty())
                .isEqualTo(!invalidates);
    }

    @ParameterizedTest
    @CsvSource({
        "/books/8, /books/8",
        "/books/8?x=1#f, /books/8",
        "https://shop.example/books/8, /books/8",
        "HTTPS://Shop.EXAMPLE:443/books/8, /books/8",
        "https://user@shop.example/books/8, /books/8",
        "//shop.example/books/8, /books/8",
        "https://shop.example, /",
        "https://shop.example?x, /",
        "8, /books/8",
        "./8, /books/8",
        "../authors/1, /authors/1",
        "../../../x, /x",
        "/a/./b/../c, /a/c",
        "/a/.., /",
        "/a/b/., /a/b/",
        "/a//b, /a//b",
        "/.well-known/x, /.well-known/x",
        "' /books/8 ', /books/8",
        "/b%C3%BCcher, /b%C3%BCcher",
        "/bücher, /b%C3%BCcher",
        "/Books/8;v=1, /Books/8;v=1"
    })
    void a_location_of_the_same_origin_is_invalidated_too(String location, String path) {
        for (String name : new String[] {"Location", "content-location"}) {
            assertThat(Invalidation.resources(request("POST"), 201, Fields.of(name, location)))
                    .containsExactly(OWN, "https://shop.example" + path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/books/8",
                "https://evil.example/books/8",
                "https://shop.example:8443/books/8",
                "https://shop.example.evil.example/",
                "https://shop.example@evil.example/",
                "//evil.example/books/8",
                "https:books/8",
                "urn:isbn:1",
                "mailto:a@shop.example",
                "javascript:alert(1)",
                "/a\r\nb",
                "https://",
                "https://:443/",
                ":",
                "",
                "#f",
                "?a=2"
            })
    void a_location_of_another_origin_or_none_adds_nothing(String location) {
        assertThat(Invalidation.resources(request("POST"), 201, Fields.of("Location", location)))
                .containsExactly(OWN);
    }

    @Test
    void both_fields_and_all_their_lines_count() {
        Fields response = Fields.of("Location", "/1", "Location", "/2", "Content-Location", "/3");

        assertThat(Invalidation.resources(request("POST"), 201, response))
                .containsExactly(OWN, "https://shop.example/1", "https://shop.example/2", "https://shop.example/3");
    }
}
