package dev.larder.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.ValueCodec;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArgumentTextTest {

    private static final Jsonb JSONB = JsonbBuilder.create();

    @Test
    void plain_values_are_written_as_json() throws Exception {
        assertThat(text("Austen", 'c', 1, 2L, 1.5, true, null)).isEqualTo("[\"Austen\",\"c\",1,2,1.5,true,null]");
    }

    @Test
    void locales_currencies_and_classes_are_written_as_their_text() throws Exception {
        assertThat(text(Locale.GERMANY, Locale.ROOT, Currency.getInstance("EUR"), String.class))
                .isEqualTo("[\"de_DE\",\"\",\"EUR\",\"java.lang.String\"]");
        assertThat(text(Locale.forLanguageTag("zh-Hant-TW"))).isNotEqualTo(text(Locale.forLanguageTag("zh-Hans-TW")));
    }

    public static class Query {
        public String text = "";
        private @Nullable String caller;

        @JsonbTransient
        private int limit;

        private transient int hash;
    }

    @Test
    void an_argument_with_something_that_is_not_in_its_json_cannot_be_written() throws Exception {
        Query plain = new Query();
        plain.hash = 7;
        Query ofCaller = new Query();
        ofCaller.caller = "ann";
        Query limited = new Query();
        limited.limit = 10;
        assertThat(json(plain)).isEqualTo("[{\"text\":\"\"}]");
        assertThatThrownBy(() -> json(ofCaller))
                .hasStackTraceContaining("the field caller of a " + Query.class.getName());
        assertThatThrownBy(() -> json(limited))
                .hasStackTraceContaining("the field limit of a " + Query.class.getName());
        assertThatThrownBy(() -> json(List.of(ofCaller))).hasStackTraceContaining("the field caller");
        assertThatThrownBy(() -> json(new Query[] {limited})).hasStackTraceContaining("the field limit");
    }

    private static String json(Object argument) throws Exception {
        StringBuilder text = new StringBuilder();
        ArgumentText.append(text, new Object[] {argument}, List.of(argument.getClass()), new ValueCodec(() -> JSONB));
        return text.toString();
    }

    @Test
    void quotes_and_backslashes_are_escaped_so_that_one_argument_is_never_two() throws Exception {
        assertThat(text("a\",\"b")).isEqualTo("[\"a\\\",\\\"b\"]").isNotEqualTo(text("a", "b"));
        assertThat(text("\\")).isEqualTo("[\"\\\\\"]");
    }

    @Test
    void arrays_of_primitives_of_objects_and_collections_are_written_alike() throws Exception {
        assertThat(text(new int[] {1, 2}, new Integer[] {1, null}, List.of(1, 2), Optional.of(1), Optional.empty()))
                .isEqualTo("[[1,2],[1,null],[1,2],[1],[]]");
        assertThat(text((Object) new String[][] {{"a"}, {}})).isEqualTo("[[[\"a\"],[]]]");
    }

    @Test
    void the_class_stands_before_what_is_not_of_its_declared_class() throws Exception {
        assertThat(textOf(Object.class, 1)).isEqualTo("[java.lang.Integer:1]");
        assertThat(textOf(Object.class, List.of(1))).isEqualTo("[java.util.List:[java.lang.Integer:1]]");
        assertThat(textOf(new TypeLiteral<List<Number>>() {}.getType(), Arrays.asList(1, null)))
                .isEqualTo("[[java.lang.Integer:1,null]]");
        assertThat(textOf(int.class, 1)).isEqualTo("[1]");
    }

    @Test
    void no_argument_is_an_empty_list() throws Exception {
        assertThat(text()).isEqualTo("[]");
    }

    private static String text(Object... arguments) throws Exception {
        return text(declared(arguments), arguments);
    }

    private static String textOf(Type declared, Object argument) throws Exception {
        return text(List.of(declared), argument);
    }

    private static String text(List<Type> declared, Object... arguments) throws Exception {
        StringBuilder text = new StringBuilder();
        ArgumentText.append(text, arguments, declared, new ValueCodec(() -> {
            throw new AssertionError("JSON-B is not needed for " + Arrays.toString(arguments));
        }));
        return text.toString();
    }

    /** The types as which a method would declare these. */
    private static List<Type> declared(Object... arguments) {
        return Arrays.stream(arguments).map(ArgumentTextTest::declared).toList();
    }

    private static Type declared(Object argument) {
        if (argument instanceof List) {
            return new TypeLiteral<List<Integer>>() {}.getType();
        }
        if (argument instanceof Optional) {
            return new TypeLiteral<Optional<Integer>>() {}.getType();
        }
        return argument == null ? Object.class : argument.getClass();
    }
}
