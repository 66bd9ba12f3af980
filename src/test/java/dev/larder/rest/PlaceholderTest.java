package dev.larder.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.response.Hit;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a method seems to answer on a hit: nothing of its return type. */
class PlaceholderTest {

    private static final Hit HIT =
            new Hit(200, Fields.of("Content-Type", "text/plain"), "stored".getBytes(UTF_8), 60, null);

    interface Methods {
        String text();

        List<String> list();

        int number();

        long big();

        boolean truth();

        char letter();

        double price();

        Optional<String> optional();

        void suspended(AsyncResponse response);

        Object any();

        Response response();

        CompletionStage<String> stage();

        CompletableFuture<List<String>> future();

        CompletionStage<Response> stageOfResponse();

        CompletionStage<Optional<String>> stageOfOptional();

        @SuppressWarnings("rawtypes")
        CompletionStage raw();

        <T> CompletionStage<T> generic();

        @NotNull
        String constrained();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "list", "any", "suspended", "constrained"})
    void an_object_is_null(String method) {
        Placeholder placeholder = of(method);

        assertThat(placeholder.stage()).isFalse();
        assertThat(placeholder.forHit(HIT)).isNull();
    }

    @Test
    void a_primitive_is_its_zero() {
        assertThat(of("number").forHit(HIT)).isEqualTo(0);
        assertThat(of("big").forHit(HIT)).isEqualTo(0L);
        assertThat(of("truth").forHit(HIT)).isEqualTo(false);
        assertThat(of("letter").forHit(HIT)).isEqualTo('\0');
        assertThat(of("price").forHit(HIT)).isEqualTo(0.0);
    }

    @Test
    void an_optional_is_empty() {
        assertThat(of("optional").forHit(HIT)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "future", "raw", "generic"})
    void a_stage_is_a_completed_one(String method) throws Exception {
        Object empty = of(method).forHit(HIT);

        assertThat(of(method).stage()).isTrue();
        assertThat(((CompletableFuture<?>) empty).get()).isNull();
    }

    @Test
    void a_stage_of_an_optional_is_completed_by_an_empty_one() throws Exception {
        assertThat(((CompletableFuture<?>) of("stageOfOptional").forHit(HIT)).get())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "text, java.lang.String",
        "list, java.util.List",
        "number, int",
        "stage, java.lang.String",
        "future, java.util.List",
        "raw, java.lang.Integer",
        "generic, java.lang.Integer",
        "any, java.lang.Integer",
        "optional, java.lang.Integer",
        "suspended, java.lang.Integer",
        "response, java.lang.Integer",
        "stageOfResponse, java.lang.Integer",
    })
    void a_writer_is_chosen_by_the_declared_class_where_that_says_something(String method, String type) {
        assertThat(of(method).typeOf(7).getName()).isEqualTo(type);
    }

    @Test
    void what_a_server_makes_of_nothing_is_known() {
        assertThat(of("text").isResponseOf(204, null)).isTrue();
        assertThat(of("text").isResponseOf(200, null)).isTrue();
        assertThat(of("text").isResponseOf(200, "other")).isFalse();
        assertThat(of("text").isResponseOf(404, null)).isFalse();
        assertThat(of("number").isResponseOf(200, 0)).isTrue();
        assertThat(of("number").isResponseOf(200, 1)).isFalse();
        assertThat(of("optional").isResponseOf(200, Optional.empty())).isTrue();
        assertThat(of("response").isResponseOf(204, null)).isFalse(); // it would have its mark
    }

    @Test
    void constraints_of_the_return_value_are_noted() {
        assertThat(of("constrained").constrained()).isTrue();
        assertThat(of("text").constrained()).isFalse();
    }

    @Test
    void an_answer_that_somebody_else_gives_passes() {
        assertThat(of("text").replaced("other", HIT)).isEqualTo("other");
        assertThat(of("text").replaced(null, HIT)).isNull();
        assertThat(of("constrained").replaced("other", HIT)).isEqualTo("other");
    }

    private static Placeholder of(String name) {
        return Placeholder.of(
                Methods.class,
                Arrays.stream(Methods.class.getDeclaredMethods())
                        .filter(any -> any.getName().equals(name))
                        .findFirst()
                        .orElseThrow());
    }
}
