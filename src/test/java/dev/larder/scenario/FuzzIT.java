package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed fields, in requests and in responses: a cached method answers as one that is not cached. */
@ExtendWith(ArquillianExtension.class)
class FuzzIT {

    private static final String[] NAMES = {
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Cache-Control",
        "If-None-Match",
        "If-Modified-Since",
        "If-Range",
        "Range",
        "X-Tenant",
        "Age",
        "Date",
        "Vary",
        "Pragma"
    };

    private static final String[] PIECES = {
        "\"",
        "\\",
        ",",
        ";",
        "=",
        "*",
        "/",
        "W/",
        "\"a\"",
        "q=",
        "q=2",
        "bytes=",
        "0-",
        "-1",
        "9999999999999999999",
        "no-store",
        "max-age",
        "text/plain",
        "text/*",
        "*/*",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 99 Foo",
        "\t",
        "  ",
        "\u00e4",
        "%",
        "'",
        "(",
        "<",
        "@",
        "{}",
        "gzip",
        "a-very-long-word-indeed",
        "-",
        "1.5",
        "private=\""
    };

    @ArquillianResource
    private URI base;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("fuzz", HttpApp.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_malformed_request_is_answered_as_without_the_cache(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            List<String> lines = requestLines(random, random.nextInt(6));
            String plain = status("api/uncached", lines);
            for (String path : new String[] {"api/plain", "api/varied", "api/typed", "api/user"}) {
                String cached = status(path, lines);
                boolean fine = cached.equals(plain)
                        || (plain.equals("200") && List.of("206", "304").contains(cached))
                        || (path.equals("api/typed") && cached.equals("406"));
                assertThat(fine)
                        .as("%s instead of %s for %s %s", cached, plain, path, lines)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 9})
    void so_is_a_malformed_target(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            String target = target(random);
            for (int again = 0; again < 2; again++) {
                assertThat(status("api/echoing/" + target, List.of()))
                        .as(target)
                        .isEqualTo(status("api/uncached-echoing/" + target, List.of()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a_b",
                "a..b",
                "[::1]:8080",
                "[::1",
                "%41",
                "a:",
                "a:x",
                "a:99999",
                "u@a",
                "a,b",
                "a/b",
                "\u00e4",
                "."
            })
    void so_is_a_malformed_host(String host) throws Exception {
        for (int again = 0; again < 2; again++) {
            assertThat(wire().getOf(host, "api/echoing/host").status())
                    .isEqualTo(wire().getOf(host, "api/uncached-echoing/host").status());
        }
    }

    /** What may stand behind a slash of the request line: without spaces, which would end it. */
    private static String target(Random random) {
        String[] pieces = {
            "a", "%", "%2", "%2F", "%2f", "%00", "%zz", "%c3%28", "//", "/./", "/../", ";", ";m=1", ";=", "?", "?a",
                    "&b=c",
            "=", "+", "|", "\\", "^", "\"", "<>", "{}", "[", "]", ":", "@", "\u00e4", "'", "*", "~", "#"
        };
        StringBuilder target = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            target.append(pieces[random.nextInt(pieces.length)]);
        }
        return target.toString();
    }

    @Test
    void so_are_64_kilobytes_and_hundreds_of_lines() throws Exception {
        for (String name : NAMES) {
            for (int length : new int[] {4_000, 65_536}) {
                List<String> one = List.of(name + ": " + "a,".repeat(length / 2));
                assertThat(status("api/plain", one)).as(name).isEqualTo(status("api/uncached", one));
            }
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                many.add(name + ": \"" + i + "\"");
            }
            assertThat(status("api/varied", many)).as(name).isEqualTo(status("api/uncached", many));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void a_malformed_response_is_sent_as_it_is_and_what_forbids_to_store_it_counts(long seed) throws Exception {
        Random random = new Random(seed);
        String[] names = {
            "Cache-Control", "Vary", "ETag", "Expires", "Age", "Last-Modified", "Content-Language", "X-Any"
        };
        for (int i = 0; i < 100; i++) {
            StringBuilder query = new StringBuilder("?n=" + seed + "-" + i);
            boolean forbidden = random.nextInt(3) == 0;
            for (int field = random.nextInt(4); field >= 0; field--) {
                query.append("&h.")
                        .append(names[random.nextInt(names.length)])
                        .append('=')
                        .append(encoded(value(random)));
            }
            if (forbidden) {
                query.append("&h.Cache-Control=").append(encoded(random.nextBoolean() ? "NO-STORE" : "x=1, Private"));
            }
            String expected = status("api/uncached" + query, List.of());
            assertThat(status("api/plain" + query, List.of())).as("%s", query).isEqualTo(expected);
            assertThat(status("api/plain" + query, List.of())).as("%s", query).isEqualTo(expected);
            if (forbidden) {
                assertThat(runs("plain" + seed + "-" + i)).as("%s", query).isEqualTo(2);
            }
        }
    }

    @Test
    void a_line_break_never_comes_out_of_a_stored_response() throws Exception {
        for (String broken : new String[] {"a%0D%0AX-Evil:%20yes", "a%0AX-Evil:%20yes", "a%0DX-Evil:%20yes", "a%00b"}) {
            for (int i = 0; i < 2; i++) {
                assertThat(wire().text("GET", "api/plain?h.X-Any=" + broken, List.of())
                                .toLowerCase(Locale.ROOT))
                        .doesNotContain("\nx-evil", "\rx-evil");
            }
        }
    }

    private static List<String> requestLines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= count; i++) {
            lines.add(NAMES[random.nextInt(NAMES.length)] + ":" + value(random));
        }
        return lines;
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            value.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return value.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, ISO_8859_1).replace("+", "%20");
    }

    private int runs(String of) throws IOException {
        return Integer.parseInt(wire().get("runs?of=" + of).text().trim());
    }

    private String status(String path, List<String> lines) throws IOException {
        int status = wire().get(path, lines.toArray(String[]::new)).status();
        return status == 0 ? "cut off" : String.valueOf(status);
    }

    private Wire wire() {
        return new Wire(base);
    }
}
