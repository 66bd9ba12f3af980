package dev.larder.http;

import static dev.larder.http.Given.NOW;
import static dev.larder.http.Given.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.larder.http.ResponseFacts.Completion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed fields of any kind, in requests, responses and stored responses: no exception, and nothing unsafe is stored. */
class MalformedFieldsTest {

    private static final int MESSAGES = 10_000;

    private static final String[] NAMES = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Age",
        "Authorization",
        "Cache-Control",
        "Cache-Control",
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Location",
        "Content-Type",
        "Cookie",
        "Date",
        "ETag",
        "Expires",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "If-Unmodified-Since",
        "Last-Modified",
        "Location",
        "Range",
        "Set-Cookie",
        "Upgrade",
        "Vary",
        "Vary",
        "X-One",
        "cache-CONTROL",
        "vary",
        "",
        "a b"
    };

    private static final String[] PIECES = {
        "no-store",
        "No-Store",
        "private",
        "no-cache",
        "public",
        "max-age=",
        "s-maxage=60",
        "must-understand",
        "must-revalidate",
        "\"",
        "\"",
        "\\",
        ",",
        ", ",
        "=",
        ";",
        " ",
        "\t",
        "*",
        "W/",
        "\"a\"",
        "q=0.5",
        ";q=",
        "bytes=",
        "0-",
        "-5",
        "1-2",
        "60",
        "99999999999999999999",
        "-1",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "06-Nov-94",
        "Accept",
        "Cookie",
        "X-One",
        "text/html",
        "text/event-stream",
        "https://",
        "//",
        "shop.example",
        "/../",
        "/./",
        "#",
        "?",
        ":",
        "@",
        "%",
        "\r\n",
        "\n",
        "\u0000",
        "\u007F",
        "ü",
        "\u010A",
        "\uD83D"
    };

    /** Independent of the parser: quoted strings that close are cut out, then each member's first word counts. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"", Pattern.DOTALL);

    private static final Pattern FORBIDS =
            Pattern.compile("(?:^|,)[ \t]*(?:no-store(?=[ \t,=]|$)|(?:private|no-cache)[ \t]*(?=,|$))");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothing_throws_and_nothing_forbidden_is_stored(long seed) {
        Random random = new Random(seed);
        int storable = 0;
        for (int i = 0; i < MESSAGES; i++) {
            RequestFacts request = request(random.nextInt(4) == 0 ? "HEAD" : "GET", lines(random));
            Fields response = Fields.of(lines(random));
            CachingRules rules = new CachingRules(
                    Scope.PUBLIC, Set.of(200), random.nextBoolean(), random.nextBoolean(), Set.of("X-One"));
            Storability storability = Storability.of(
                    rules, request, new ResponseFacts(200, response, false, Completion.COMPLETE, -1, NOW));
            if (storability instanceof Storability.Storable stored) {
                storable++;
                assertThatItMayBeStored(response, stored);
            }
            reuse(rules, request, new StoredResponse(200, response, new byte[10], NOW, 0, 60_000));
            assertThat(Invalidation.resources(request("POST"), 201, response))
                    .allMatch(
                            resource -> resource.startsWith("https://shop.example/") && Syntax.isFieldValue(resource));
        }
        assertThat(storable).isGreaterThan(MESSAGES / 100);
    }

    private static void assertThatItMayBeStored(Fields response, Storability.Storable stored) {
        assertThat(response.contains("Set-Cookie")).isFalse();
        assertThat(response.lines("Vary")).noneMatch(value -> value.contains("*"));
        assertThat(stored.fields().safe()).isTrue();
        assertThat(stored.initialAge()).isNotNegative();
        assertThat(stored.lifetimeSeconds().orElse(1)).isBetween(1L, CacheControl.MAX_SECONDS);
        boolean understood = CacheControl.of(response).mustUnderstand();
        for (String line : response.lines("Cache-Control")) {
            Matcher forbids =
                    FORBIDS.matcher(QUOTED.matcher(line).replaceAll("q").toLowerCase(Locale.ROOT));
            while (forbids.find()) {
                assertThat(understood && forbids.group().contains("no-store"))
                        .as(line)
                        .isTrue();
            }
        }
    }

    private static void reuse(CachingRules rules, RequestFacts request, StoredResponse stored) {
        ReuseDecision decision = ReuseDecision.of(rules, request, stored, NOW);
        if (decision instanceof ReuseDecision.Full full) {
            assertThat(full.fields().safe()).isTrue();
        }
        if (decision instanceof ReuseDecision.Partial partial) {
            assertThat(partial.range().from()).isBetween(0L, partial.range().to());
            assertThat(partial.range().to()).isLessThan(10);
        }
        VaryMatch.of(stored.fields()).selecting(request.fields());
    }

    private static String[] lines(Random random) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            lines.add(NAMES[random.nextInt(random.nextInt(20) == 0 ? NAMES.length : NAMES.length - 2)]);
            StringBuilder value = new StringBuilder();
            for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                value.append(PIECES[random.nextInt(random.nextInt(4) == 0 ? PIECES.length : PIECES.length - 7)]);
            }
            lines.add(value.toString());
        }
        return lines.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                ",",
                "\\",
                "\"a\",",
                "W/\"",
                "no-store=\"",
                " ",
                "a",
                "a=\"\\\"",
                "../",
                "/.",
                "0",
                "1-",
                ";q=0.5",
                "*"
            })
    void values_of_64_kilobytes_and_hundreds_of_lines_are_read_in_time(String piece) {
        String huge = piece.repeat(65_536 / piece.length());
        List<String> lines = new ArrayList<>();
        for (String name : NAMES) {
            lines.add(name);
            lines.add(huge);
        }
        for (int i = 0; i < 500; i++) {
            lines.add(NAMES[i % NAMES.length]);
            lines.add(piece);
        }
        Fields fields =
                Fields.of(lines.toArray(String[]::new)).without(Set.of("set-cookie", "upgrade", "", "a b")::contains);
        String[] request = lines.subList(0, 2 * NAMES.length).toArray(String[]::new);

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Storability storability = Storability.of(
                    Given.fromResponse(),
                    Given.get(),
                    new ResponseFacts(200, fields, false, Completion.COMPLETE, -1, NOW));
            assertThat(storability).isInstanceOf(Storability.NotStorable.class);
            reuse(
                    CachingRules.DEFAULT,
                    Given.get(request),
                    new StoredResponse(200, fields, new byte[10], NOW, 0, 60_000));
            reuse(CachingRules.DEFAULT, Given.get("If-None-Match", huge, "Range", huge), Given.stored("ETag", "\"b\""));
            Invalidation.resources(request("POST"), 201, fields);
            VaryMatch.of(Fields.of("Vary", "Accept, X-One")).selecting(fields);
        });
    }

    @Test
    void hundreds_of_lines_hide_no_directive() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            lines.add("Cache-Control");
            lines.add(i == 650 ? "x=\"a\", No-Store" : "public, y=\"no-store\"");
        }

        assertThat(Given.veto(Given.storability(lines.toArray(String[]::new)))).isEqualTo(Reason.NO_STORE);
    }
}
