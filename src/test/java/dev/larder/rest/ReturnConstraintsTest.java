package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints on a return value, wherever Bean Validation finds them. */
class ReturnConstraintsTest {

    interface Contract {
        @NotNull
        String ofInterface();

        String free(@NotNull String argument);
    }

    interface Further extends Contract {
        @Valid
        Object ofFurther();
    }

    static class Above {
        @NotNull
        public String ofSuperclass() {
            return "";
        }

        @NotNull
        public String overloaded() {
            return "";
        }
    }

    static class Books extends Above implements Further {
        @Override
        public String ofInterface() {
            return "";
        }

        @Override
        public Object ofFurther() {
            return "";
        }

        @Override
        public String ofSuperclass() {
            return "";
        }

        @Override
        public String free(String argument) {
            return "";
        }

        public String overloaded(int argument) {
            return "";
        }

        @Size(min = 1)
        public String constrained() {
            return "";
        }

        @Valid
        public Object cascaded() {
            return "";
        }

        public List<@NotNull String> ofElements() {
            return List.of();
        }

        public Optional<List<@Valid Object>> ofInnerElements() {
            return Optional.empty();
        }

        @Deprecated
        public List<String> annotatedOtherwise() {
            return List.of();
        }

        private String invisible() {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "constrained",
                "cascaded",
                "ofElements",
                "ofInnerElements",
                "ofInterface",
                "ofFurther",
                "ofSuperclass"
            })
    void they_are_found(String method) {
        assertThat(areOn(method)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"free", "overloaded", "annotatedOtherwise", "invisible"})
    void there_are_none(String method) {
        assertThat(areOn(method)).isFalse();
    }

    private static boolean areOn(String name) {
        return ReturnConstraints.areOn(
                Books.class,
                Arrays.stream(Books.class.getDeclaredMethods())
                        .filter(any -> any.getName().equals(name) && !any.isBridge())
                        .findFirst()
                        .orElseThrow());
    }
}
