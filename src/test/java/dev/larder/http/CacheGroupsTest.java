package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9875: both fields are lists of strings (RFC 9651 §3.1, §4.2.1). */
class CacheGroupsTest {

    @Test
    void the_groups_of_a_response_are_the_strings_of_its_field() {
        assertThat(groups("\"books\", \"book:7\"")).containsExactly("books", "book:7");
        assertThat(groups("\"books\",\"book:7\"")).containsExactly("books", "book:7");
        assertThat(groups("  \"books\" \t,\t \"book:7\"  ")).containsExactly("books", "book:7");
    }

    @Test
    void each_field_is_read_for_itself() {
        Fields response = Fields.of("cache-groups", "\"a\"", "CACHE-GROUP-INVALIDATION", "\"b\"");

        assertThat(CacheGroups.of(response)).containsExactly("a");
        assertThat(CacheGroups.invalidatedBy(response)).containsExactly("b");
    }

    @Test
    void both_fields_can_be_taken_off_whatever_their_case() {
        Fields response = Fields.of("cache-groups", "\"a\"", "CACHE-GROUP-INVALIDATION", "\"b\"", "ETag", "\"c\"");

        assertThat(response.without(CacheGroups::isField)).isEqualTo(Fields.of("ETag", "\"c\""));
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(groups("\"a\", \"b\"", "\"c\"")).containsExactly("a", "b", "c");
    }

    @Test
    void a_repeated_group_counts_once() {
        assertThat(groups("\"a\", \"b\"", "\"a\"")).containsExactly("a", "b");
    }

    @Test
    void groups_are_compared_character_by_character() {
        assertThat(groups("\"a\", \"A\", \" a\", \"\"")).containsExactly("a", "A", " a", "");
    }

    @Test
    void quotes_and_backslashes_are_escaped() {
        assertThat(groups("\"say \\\"a, b\\\"\", \"c\\\\d\"")).containsExactly("say \"a, b\"", "c\\d");
    }

    @Test
    void no_field_and_an_empty_one_have_no_groups() {
        assertThat(CacheGroups.of(Fields.EMPTY)).isEmpty();
        assertThat(groups("")).isEmpty();
        assertThat(groups("   ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\";b",
                "\"a\";b=1;c=-1.5;*d=?0",
                "\"a\"; b=\"c;d,e\"",
                "\"a\";b=token/x:y",
                "\"a\";b=*",
                "\"a\";b=:aGVsbG8=:",
                "\"a\";b=::",
                "\"a\";b=@1659578233",
                "\"a\";b=@-1",
                "\"a\";b=%\"f%c3%bc\"",
                "\"a\";b=999999999999999",
                "\"a\";b=999999999999.999",
                "\"a\";b=1;b=2",
                "\"a\";b_-.*1=1"
            })
    void parameters_are_ignored(String field) {
        assertThat(groups(field)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // members that are no strings
                "a",
                "1",
                "?1",
                "\"a\", b",
                "b, \"a\"",
                "(\"a\" \"b\")",
                "\"a\", (\"b\")",
                ":aGVsbG8=:",
                "@1",
                "%\"a\"",
                "'a'",
                // lists
                ",",
                "\"a\",",
                "\"a\", ",
                ",\"a\"",
                "\"a\",,\"b\"",
                "\"a\" \"b\"",
                "\"a\"\"b\"",
                "\"a\"; ",
                "\"a\" ;b",
                // strings
                "\"a",
                "\"",
                "\"a\\",
                "\"a\\\"",
                "\"a\\b\"",
                "\"\u00fc\"",
                "\"\u007f\"",
                "\"a\tb\"",
                "\"a\nb\"",
                "\"\ud83d\"",
                // parameters
                "\"a\";",
                "\"a\";B",
                "\"a\";1",
                "\"a\";b=",
                "\"a\";b= 1",
                "\"a\";b=-",
                "\"a\";b=1.",
                "\"a\";b=.1",
                "\"a\";b=1.2345",
                "\"a\";b=1.2.3",
                "\"a\";b=1234567890123456",
                "\"a\";b=1234567890123.1",
                "\"a\";b=?2",
                "\"a\";b=?",
                "\"a\";b=@1.5",
                "\"a\";b=@",
                "\"a\";b=:a",
                "\"a\";b=:a b:",
                "\"a\";b=%a",
                "\"a\";b=%\"",
                "\"a\";b=%\"%\"",
                "\"a\";b=%\"%C3%BC\"",
                "\"a\";b=%\"%c3\"",
                "\"a\";b=(1)",
                "\"a\";b=\"c"
            })
    void a_malformed_field_is_ignored_as_a_whole(String field) {
        assertThat(groups(field)).isEmpty();
        assertThat(groups("\"x\"", field)).isEmpty();
    }

    @Test
    void only_spaces_may_precede_the_list() {
        assertThat(groups(" \"a\"")).containsExactly("a");
        assertThat(groups("\t\"a\"")).isEmpty();
    }

    @Test
    void an_empty_line_among_others_makes_the_list_malformed() {
        assertThat(groups("\"a\"", "")).isEmpty();
    }

    @Test
    void there_is_no_limit_to_the_number_of_groups_and_their_length() {
        String many = IntStream.range(0, 1_000)
                .mapToObj(i -> "\"" + i + "-" + "x".repeat(100) + "\"")
                .collect(Collectors.joining(", "));

        assertThat(groups(many)).hasSize(1_000).allMatch(group -> group.length() > 100);
    }

    /** Independent of the parser: a list of strings whose parameters are integers, tokens, strings or absent. */
    private static final String STRING = "\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*\"";

    private static final String PARAMETER =
            "; *[a-z*][a-z0-9_.*-]*(?:=(?:-?\\d{1,15}|[A-Za-z*][A-Za-z0-9.:/!#$%&'*+^_`|~-]*|\\?[01]|" + STRING
                    + ")(?![A-Za-z0-9.:/!#$%&'*+^_`|~-]))?";
    private static final String MEMBER = STRING + "(?:" + PARAMETER + ")*";
    private static final Pattern LIST = Pattern.compile(" *(?:" + MEMBER + "(?:[ \t]*,[ \t]*" + MEMBER + ")*)?[ \t]*");

    private static final String[] PIECES = {
        "\"a\"",
        "\"b c\"",
        "\"\"",
        "\"",
        "\"",
        "\\",
        "\\\"",
        ",",
        ", ",
        ",",
        " ",
        "\t",
        ";",
        ";a",
        ";b=1",
        ";c=x",
        ";d=\"e\"",
        "=",
        "?1",
        "-5",
        "x",
        "X",
        "7",
        "(",
        "\u00fc",
        "\u0000",
        "\r\n",
        "\ud83d"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_random_field_is_read_exactly_if_it_is_a_list_of_strings(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder field = new StringBuilder();
            for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                field.append(PIECES[random.nextInt(random.nextInt(4) == 0 ? PIECES.length : 17)]);
            }
            Set<String> groups = groups(field.toString());
            Set<String> expected = expected(field.toString());
            assertThat(groups).as("%s", field).isEqualTo(expected);
            read += groups.isEmpty() ? 0 : 1;
        }
        assertThat(read).isGreaterThan(5_000);
    }

    private static Set<String> expected(String field) {
        if (!LIST.matcher(field).matches()) {
            return Set.of();
        }
        Matcher string = Pattern.compile("(=?)(" + STRING + ")").matcher(field);
        List<String> strings = new ArrayList<>();
        while (string.find()) {
            if (string.group(1).isEmpty()) {
                String text = string.group(2);
                strings.add(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"));
            }
        }
        return Set.copyOf(strings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"", ",", "\\", "\"a\",", "\"a\"", ";a", "\"a\";b=\"", " ", "\t", "a", "\\\"", "%\"", "%c3"})
    void a_field_of_a_megabyte_is_read_in_time(String piece) {
        String huge = piece.repeat(1_048_576 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            groups(huge);
            groups("\"a\"" + huge);
            groups("\"a\";b=" + huge);
        });
    }

    private static Set<String> groups(String... lines) {
        List<String> fields = new ArrayList<>();
        for (String line : lines) {
            fields.add("Cache-Groups");
            fields.add(line);
        }
        return CacheGroups.of(Fields.of(fields.toArray(String[]::new)));
    }
}
