package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of a resource method that follow from the request. */
class RequestArgumentsTest {

    interface Resource {
        @PUT
        void change(
                @PathParam("id") long id,
                @PathParam("id") String text,
                @QueryParam("flag") Boolean flag,
                @QueryParam("absent") Integer absent,
                @QueryParam("absent") int zero,
                @QueryParam("absent") @DefaultValue("7") short byDefault,
                StringBuilder body,
                @HeaderParam("X-Any") String header,
                @QueryParam("flag") Set<String> all,
                @Context UriInfo uri,
                @PathParam("id") @Encoded String encoded);
    }

    private final RequestArguments arguments =
            new RequestArguments(method(), Map.of("id", List.of("007")), Map.of("flag", List.of("true", "false")));

    private static Method method() {
        return Arrays.stream(Resource.class.getMethods()).findFirst().orElseThrow();
    }

    @Test
    void texts_and_numbers_of_path_and_query_and_the_body() {
        StringBuilder body = new StringBuilder("body");
        arguments.noteBody(body);

        assertThat(arguments.subList(0, 7)).containsExactly(7L, "007", true, null, 0, (short) 7, body);
    }

    @Test
    void a_request_without_a_body() {
        assertThat(arguments.get(6)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10})
    void others_are_not_known(int index) {
        assertThatThrownBy(() -> arguments.get(index))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("{" + index + "} of change is not available")
                .hasMessageContaining("Let the container create it");
    }
}
