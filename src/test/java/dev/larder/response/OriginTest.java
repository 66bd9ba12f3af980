package dev.larder.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a resource method itself answered, told from what others put in its place. */
class OriginTest {

    @Test
    void an_entity_is_its_own_if_it_is_the_same_object() {
        List<String> entity = new ArrayList<>(List.of("a"));

        assertThat(of(entity).isEntity(entity)).isTrue();
        assertThat(of(entity).isEntity(new ArrayList<>(entity))).isFalse();
        assertThat(of("a").isEntity(new String("a"))).isFalse();
        assertThat(of(entity).isEntity(null)).isFalse();
    }

    @Test
    void no_entity_is_its_own_if_there_was_none() {
        assertThat(of(null).isEntity(null)).isTrue();
        assertThat(of(null).isEntity("a")).isFalse();
    }

    static List<List<Object>> boxed() {
        return List.of(
                List.of(1000, Integer.valueOf("1000"), 1001),
                List.of(1L << 40, Long.valueOf("1099511627776"), 1L),
                List.of(1.5, Double.valueOf("1.5"), 2.5),
                List.of(1.5f, Float.valueOf("1.5"), 2.5f),
                List.of((short) 1000, Short.valueOf("1000"), (short) 1),
                List.of((byte) 1, Byte.valueOf("1"), (byte) 2),
                List.of(true, Boolean.parseBoolean("true"), false),
                List.of('\u2026', "\u2026".charAt(0), 'a'));
    }

    @ParameterizedTest
    @MethodSource("boxed")
    void what_was_unboxed_and_boxed_is_its_own(List<Object> values) {
        Origin origin = of(values.get(0));

        assertThat(origin.isEntity(values.get(1))).isTrue();
        assertThat(origin.isEntity(values.get(2))).isFalse();
        assertThat(origin.isEntity(String.valueOf(values.get(0)))).isFalse();
    }

    @Test
    void a_number_of_another_type_is_not_its_own() {
        assertThat(of(1).isEntity(1L)).isFalse();
    }

    @Test
    void a_status_is_its_own_if_it_built_it_or_built_none() {
        assertThat(new Origin("a", 201, Fields.EMPTY).isStatus(201)).isTrue();
        assertThat(new Origin("a", 201, Fields.EMPTY).isStatus(200)).isFalse();
        assertThat(of("a").isStatus(200)).isTrue();
        assertThat(of("a").isStatus(503)).isTrue();
    }

    private static Origin of(Object entity) {
        return new Origin(entity, 0, Fields.EMPTY);
    }
}
