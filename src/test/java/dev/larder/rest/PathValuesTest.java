package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the values of the path, on a server that lists them as they stand in it. */
class PathValuesTest {

    private final MultivaluedMap<String, String> listed = new MultivaluedHashMap<>();

    private final UriInfo uri = (UriInfo) Proxy.newProxyInstance(
            UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> listed);

    @Test
    void of_a_repeated_name_the_last_value_comes_first() {
        listed.put("id", List.of("outer", "inner"));
        listed.put("shop", List.of("s"));

        assertThat(PathValues.of(uri).get("id")).containsExactly("inner", "outer");
        assertThat(PathValues.of(uri).get("shop")).containsExactly("s");
    }

    @Test
    void values_of_different_names_are_as_the_server_lists_them() {
        listed.put("id", List.of("7"));

        assertThat(PathValues.of(uri)).isSameAs(listed);
    }
}
