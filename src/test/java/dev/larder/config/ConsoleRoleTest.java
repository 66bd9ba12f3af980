package dev.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.policy.GivenProperties;
import dev.larder.policy.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleRoleTest {

    private final Problems problems = new Problems();

    @Test
    void the_role_is_that_of_the_key() {
        assertThat(read("cache.console", "true", "cache.console.role", " operator "))
                .isEqualTo("operator");
        assertThat(read("CACHE_CONSOLE", "TRUE", "CACHE_CONSOLE_ROLE", "operator"))
                .isEqualTo("operator");
        assertThat(problems.message()).isEmpty();
    }

    @Test
    void there_is_no_console_unless_it_is_on() {
        assertThat(read()).isNull();
        assertThat(read("cache.console.role", "operator")).isNull();
        assertThat(read("cache.console", "false", "cache.console.role", "operator"))
                .isNull();
        assertThat(problems.message()).isEmpty();
    }

    @Test
    void on_without_a_role_is_a_problem_that_says_what_to_write() {
        assertThat(read("cache.console", "true")).isNull();
        assertThat(problems.message())
                .hasValueSatisfying(message -> assertThat(message)
                        .contains(
                                "cache.console is true, but cache.console.role names no role",
                                "Set cache.console.role to a role of the application, or cache.console=false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**"})
    void what_stands_for_everybody_is_no_role(String role) {
        assertThat(read("cache.console", "true", "cache.console.role", role)).isNull();
        assertThat(problems.message())
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("The configuration key cache.console.role is '" + role + "'", "one role"));
    }

    @ParameterizedTest
    @CsvSource({"yes", "1", "on"})
    void what_is_neither_true_nor_false_is_a_problem(String on) {
        assertThat(read("cache.console", on, "cache.console.role", "operator")).isNull();
        assertThat(problems.message())
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("The configuration key cache.console is '" + on + "', but must be true or false"));
    }

    private String read(String... pairs) {
        return ConsoleRole.read(GivenProperties.of(pairs), problems);
    }
}
