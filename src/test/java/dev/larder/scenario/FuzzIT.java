package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
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
            String second = head("api/plain" + query, List.of());
            assertThat(second.split(" ")[1]).as("%s", query).isEqualTo(expected);
            if (forbidden) {
                assertThat(runs("plain" + seed + "-" + i)).as("%s", query).isEqualTo(2);
            }
        }
    }

    @Test
    void a_line_break_never_comes_out_of_a_stored_response() throws Exception {
        for (String broken : new String[] {"a%0D%0AX-Evil:%20yes", "a%0AX-Evil:%20yes", "a%0DX-Evil:%20yes", "a%00b"}) {
            for (int i = 0; i < 2; i++) {
                assertThat(head("api/plain?h.X-Any=" + broken, List.of()).toLowerCase())
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
        String answer = head("runs?of=" + of, List.of());
        return Integer.parseInt(answer.substring(answer.indexOf("\r\n\r\n") + 4).trim());
    }

    private String status(String path, List<String> lines) throws IOException {
        return head(path, lines).split(" ")[1];
    }

    /** The whole answer, as text; no client stands between, which would complain or repair. */
    private String head(String path, List<String> lines) throws IOException {
        URI uri = base.resolve(path.substring(0, path.indexOf('?') < 0 ? path.length() : path.indexOf('?')));
        String query = path.indexOf('?') < 0 ? "" : path.substring(path.indexOf('?'));
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            StringBuilder request = new StringBuilder("GET " + uri.getPath() + query + " HTTP/1.1\r\nHost: "
                    + uri.getHost() + ":" + uri.getPort() + "\r\nConnection: close\r\n");
            lines.forEach(line -> request.append(line).append("\r\n"));
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
            String answer = all(socket.getInputStream());
            return answer.startsWith("HTTP/") ? answer : "cut off";
        }
    }

    private static String all(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (IOException reset) {
            // a server that refuses a request may not read it all
        }
        return bytes.toString(ISO_8859_1);
    }
}
