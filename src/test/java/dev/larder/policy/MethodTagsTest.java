package dev.larder.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.reflect.Hierarchy;
import dev.larder.service.Logs;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTagsTest {

    record Author(String name, Optional<String> country) {}

    record Book(long id, Author author, LocalDate published) {
        public String getTitle() {
            return "Emma";
        }
    }

    record Page<T>(T first) {}

    static class Order {
        public int number = 12;
        public static final String KIND = "order";
        private final boolean paid;

        Order(boolean paid) {
            this.paid = paid;
        }

        public boolean isPaid() {
            return paid;
        }

        public String getURL() {
            return "/orders/12";
        }

        public String getFailing() {
            throw new IllegalStateException("lazy");
        }

        public String getter() {
            return "none";
        }

        @Override
        public String toString() {
            return "order 12";
        }
    }

    interface Owned {
        Object getOwner();
    }

    interface OwnedByAuthor extends Owned {
        @Override
        Author getOwner();
    }

    interface Loan extends Owned, OwnedByAuthor {}

    static class Plain {
        public int size = 1;
    }

    @SuppressWarnings("unused")
    static class Shop {
        void change(Book book) {}

        void order(String customer, Order order) {}

        void page(Page<Book> page) {}

        void plain(Plain plain, String[] names) {}

        void any(Object any) {}

        void loan(Loan loan) {}

        void nothing() {}
    }

    abstract static class Repo<E, K> {
        void remove(K key, E entity) {}
    }

    static class Books extends Repo<Book, Long> {}

    private final Problems problems = new Problems();
    private DeclaredParameters declared = DeclaredParameters.NONE;
    private Map<String, List<String>> path = Map.of();
    private Map<String, List<String>> query = Map.of();

    private static final Book EMMA = new Book(7, new Author("Austen", Optional.of("uk")), LocalDate.of(1815, 12, 23));

    // text

    @Test
    void a_tag_without_braces_is_the_same_for_every_call() {
        MethodTags tags = tags(Shop.class, "nothing", "books", "", "}");

        assertThat(tags.constant()).containsExactlyInAnyOrder("books", "", "}");
        assertThat(tags.readsArguments()).isFalse();
        assertThat(tags.of(new Object[0], path, query)).isSameAs(tags.constant());
    }

    @Test
    void two_braces_are_one() {
        assertThat(texts(Shop.class, "nothing", "{{id}")).containsExactly("{id}");
        assertThat(texts(Shop.class, "change", "{{{0.id}}", EMMA)).containsExactly("{7}");
        assertThat(texts(Shop.class, "nothing", "{{{{")).containsExactly("{{");
    }

    // arguments

    @Test
    void a_number_is_a_parameter_counted_from_zero() {
        assertThat(texts(Shop.class, "order", "customer:{0} of {1}", "anna", new Order(true)))
                .containsExactly("customer:anna of order 12");
    }

    @Test
    void a_name_is_a_parameter_if_the_class_is_compiled_with_parameters(@TempDir Path directory) throws Exception {
        Class<?> named = compiled(
                directory, "public class Named { public void change(String book, int edition) {} }", "-parameters");

        assertThat(texts(named, "change", "{book}/{edition}", "emma", 2)).containsExactly("emma/2");
    }

    @Test
    void a_name_is_not_resolved_without_parameters() {
        tags(Shop.class, "change", "{book.id}");

        assertThat(problem())
                .contains(
                        "@CacheInvalidate on " + Shop.class.getName() + ".change: the tag '{book.id}' names {book.id},"
                                + " which the method does not have (it has {0}; its parameters have names only if it is compiled"
                                + " with -parameters)");
    }

    @ParameterizedTest
    @CsvSource({
        "{0.id}, 7",
        "{0.title}, Emma",
        "{0.author.name}, Austen",
        "{0.author.country}, uk",
        "{0.published.year}, 1815",
        "{0.published}, 1815-12-23"
    })
    void a_path_leads_to_record_components_and_getters_of_any_depth(String tag, String text) {
        assertThat(texts(Shop.class, "change", tag, EMMA)).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({"{1.number}, 12", "{1.paid}, true", "{1.URL}, /orders/12"})
    void a_path_leads_to_getters_and_public_fields(String tag, String text) {
        assertThat(texts(Shop.class, "order", tag, "anna", new Order(true))).containsExactly(text);
    }

    @Test
    void what_a_method_inherits_is_resolved_against_the_class_of_the_bean() {
        assertThat(texts(Books.class, "remove", "{0}-{1.author.name}", 7L, EMMA))
                .containsExactly("7-Austen");
    }

    @Test
    void type_arguments_are_resolved_along_the_path() {
        assertThat(texts(Shop.class, "page", "{0.first.id}", new Page<>(EMMA))).containsExactly("7");
    }

    @Test
    void of_two_inherited_getters_that_of_the_narrower_type_counts() {
        Loan loan = () -> new Author("Austen", Optional.empty());

        assertThat(texts(Shop.class, "loan", "{0.owner.name}", loan)).containsExactly("Austen");
    }

    @Test
    void null_is_an_empty_text_wherever_it_is_on_the_path() {
        assertThat(texts(Shop.class, "change", "book:{0.author.name}", new Object[] {null}))
                .containsExactly("book:");
        assertThat(texts(Shop.class, "change", "book:{0.author.name}", new Book(7, null, null)))
                .containsExactly("book:");
        assertThat(texts(Shop.class, "change", "book:{0.author.name}", new Book(7, new Author(null, null), null)))
                .containsExactly("book:");
    }

    @Test
    void an_empty_optional_is_an_empty_text() {
        assertThat(texts(
                        Shop.class,
                        "change",
                        "in:{0.author.country}",
                        new Book(7, new Author("A", Optional.empty()), null)))
                .containsExactly("in:");
    }

    @Test
    void two_tags_of_one_text_are_one() {
        assertThat(texts(Shop.class, "order", new String[] {"{0}", "anna"}, "anna", new Order(false)))
                .containsExactly("anna");
    }

    @Test
    void a_getter_that_throws_makes_no_tags_and_is_logged_once() {
        MethodTags tags = tags(Shop.class, "order", "books", "{1.failing}");
        try (Logs logs = new Logs()) {
            assertThat(tags.of(new Object[] {"anna", new Order(true)}, path, query))
                    .isNull();
            assertThat(tags.of(new Object[] {"anna", new Order(true)}, path, query))
                    .isNull();

            assertThat(logs.at(Level.WARNING))
                    .containsExactly("@CacheInvalidate on " + Shop.class.getName()
                            + ".order: a tag could not be evaluated: such calls invalidate nothing (reported once)"
                            + " java.lang.IllegalStateException: lazy");
        }
    }

    // parameters of the request

    @Test
    void on_a_resource_method_a_name_is_a_parameter_of_the_path_else_of_the_query() {
        declared = declaring(Set.of("id", "both"), Set.of("lang", "both"));
        path = Map.of("id", List.of("ä b"), "both", List.of("path"));
        query = Map.of("lang", List.of("de", "en"), "both", List.of("query"));

        MethodTags tags = tags(Shop.class, "nothing", "book:{id}", "{lang}", "{both}");

        assertThat(tags.of(new Object[0], path, query)).containsExactly("book:ä b", "de", "path");
        assertThat(tags.readsArguments()).isFalse();
        assertThat(tags.constant()).isNull();
    }

    @Test
    void an_absent_parameter_of_the_query_is_an_empty_text() {
        declared = declaring(Set.of(), Set.of("lang"));

        assertThat(texts(Shop.class, "nothing", "books:{lang}")).containsExactly("books:");
    }

    @Test
    void a_parameter_of_the_request_may_have_dots_in_its_name() {
        declared = declaring(Set.of("book.id"), Set.of());
        path = Map.of("book.id", List.of("7"));

        assertThat(texts(Shop.class, "change", "{book.id}", EMMA)).containsExactly("7");
    }

    @Test
    void a_parameter_of_the_request_goes_before_an_argument_of_that_name(@TempDir Path directory) throws Exception {
        Class<?> named = compiled(directory, "public class Named { public void get(long id) {} }", "-parameters");
        declared = declaring(Set.of("id"), Set.of());
        path = Map.of("id", List.of("007"));

        assertThat(texts(named, "get", "{id} {0}", 7L)).containsExactly("007 7");
    }

    // mistakes

    @ParameterizedTest
    @CsvSource({"{, 0", "book:{id, 5", "{a{b}, 0", "a{0}{b, 4"})
    void an_open_brace_is_a_deployment_error(String tag, int position) {
        tags(Shop.class, "change", tag);

        assertThat(problem())
                .contains("the tag '" + tag + "' has an open brace at position " + position
                        + ". Close it, or write '{{' for a brace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{.id}", "{0.}", "{0..id}"})
    void an_empty_name_is_a_deployment_error(String tag) {
        tags(Shop.class, "change", tag);

        assertThat(problem()).contains("the tag '" + tag + "' has an empty name in " + tag);
    }

    @Test
    void what_cannot_be_resolved_is_a_deployment_error_that_lists_what_can() {
        declared = declaring(Set.of("isbn"), Set.of("lang"));

        tags(Shop.class, "order", "{ibsn}");

        assertThat(problem())
                .contains("names {ibsn}, which the method does not have (it has {isbn}, {lang}, {0}, {1}")
                .endsWith("Did you mean 'isbn'?");
    }

    @Test
    void a_method_without_parameters_has_nothing_to_name() {
        tags(Shop.class, "nothing", "{0}");

        assertThat(problem()).contains("(it has nothing to name). Correct the tag");
    }

    @Test
    void a_member_that_does_not_exist_is_a_deployment_error_that_lists_those_that_do() {
        tags(Shop.class, "change", "{0.author.nam}");

        assertThat(problem())
                .contains(
                        "names {0.author.nam}, but " + Author.class.getName() + " has no 'nam' (it has name, country)")
                .contains("Did you mean 'name'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{1.KIND}", "{1.ter}", "{1.class}", "{1.getPaid}"})
    void statics_and_methods_that_are_no_getters_are_not_members(String tag) {
        tags(Shop.class, "order", tag);

        assertThat(problem()).contains("(it has URL, failing, number, paid)");
    }

    @Test
    void a_member_of_an_unknown_type_cannot_be_resolved() {
        tags(Shop.class, "any", "{0.id}");

        assertThat(problem()).contains("java.lang.Object has no 'id' (it has nothing to name)");
    }

    @Test
    void a_value_without_a_text_of_its_own_is_a_deployment_error() {
        tags(Shop.class, "plain", "{0}", "{1}");

        assertThat(problem())
                .contains("names {0}, but a " + Plain.class.getName() + " has no text of its own, so no two calls would"
                        + " have the same tag (it has size). Name a member of it, or give it a toString")
                .contains("a java.lang.String[] has no text of its own");
    }

    @Test
    void an_annotation_that_invalidates_nothing_is_a_deployment_error() {
        tags(Shop.class, "nothing");

        assertThat(problem()).contains("has no tags, so it invalidates nothing");
    }

    @Test
    void all_mistakes_are_reported_together() {
        tags(Shop.class, "change", "{", "{}", "{x}", "books");

        assertThat(problem()).contains("Larder found 3 problems");
    }

    // @Cache and its configuration

    static class Cached {
        @Cache(tags = {"books", "book:{0}"})
        public String one(long id) {
            return "" + id;
        }

        @Cache
        public String none() {
            return "";
        }
    }

    private static final String ONE = "cache.\"" + Cached.class.getName() + "/one\".tags";
    private static final String TYPE = "cache.\"" + Cached.class.getName() + "\".tags";

    @Test
    void a_policy_has_the_tags_of_the_annotation() throws Exception {
        assertThat(policy("one").tags().of(new Object[] {7L}, path, query)).containsExactly("books", "book:7");
        assertThat(policy("one").tags().readsArguments()).isTrue();
        assertThat(policy("none").tags().isEmpty()).isTrue();
    }

    @Test
    void configuration_replaces_the_tags_the_most_specific_first() throws Exception {
        assertThat(policy("one", "cache.tags", "all").tags().constant()).containsExactly("all");
        assertThat(policy("one", "cache.tags", "all", TYPE, "type").tags().constant())
                .containsExactly("type");
        assertThat(policy("one", "cache.tags", "all", TYPE, "type", ONE, "a, b:{0}")
                        .tags()
                        .of(new Object[] {7L}, path, query))
                .containsExactly("a", "b:7");
    }

    @Test
    void a_comma_of_a_configured_tag_is_escaped() throws Exception {
        assertThat(policy("one", ONE, "a\\,b,c").tags().constant()).containsExactlyInAnyOrder("a,b", "c");
    }

    @Test
    void an_entry_has_at_most_64_tags() throws Exception {
        assertThat(policy("one", ONE, numbered(64)).tags().constant()).hasSize(64);
        assertThat(problems.isEmpty()).isTrue();

        policy("one", ONE, numbered(65));
        assertThat(problem())
                .contains("@Cache on " + Cached.class.getName() + ".one has 65 tags, but an entry has at most 64");
    }

    @Test
    void a_mistake_in_a_configured_tag_is_a_deployment_error() throws Exception {
        policy("one", ONE, "book:{id}");

        assertThat(problem()).contains("@Cache on " + Cached.class.getName() + ".one: the tag 'book:{id}' names {id}");
    }

    private CachePolicy policy(String method, String... configuration) throws Exception {
        Method found = method(Cached.class, method);
        return new PolicyReader(GivenProperties.of(configuration), Map.of("default", CacheSettings.local()), problems)
                .read(Cached.class, found, found.getAnnotation(Cache.class), Kind.VALUE);
    }

    private static String numbered(int count) {
        return String.join(",", IntStream.range(0, count).mapToObj(i -> "t" + i).toList());
    }

    private Set<String> texts(Class<?> bean, String method, String tag, Object... arguments) {
        return texts(bean, method, new String[] {tag}, arguments);
    }

    private Set<String> texts(Class<?> bean, String method, String[] tags, Object... arguments) {
        Set<String> texts = tags(bean, method, tags).of(arguments, path, query);
        assertThat(problems.message()).isEmpty();
        return texts;
    }

    private MethodTags tags(Class<?> bean, String method, String... tags) {
        return MethodTags.invalidated(bean, method(bean, method), tags, declared, problems);
    }

    private static Method method(Class<?> bean, String name) {
        return Hierarchy.classes(bean).stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DeclaredParameters declaring(Set<String> path, Set<String> query) {
        return new DeclaredParameters(
                Collections.emptySortedSet(), Map.of(), Map.of(), false, new TreeSet<>(path), new TreeSet<>(query));
    }

    private String problem() {
        return problems.message().orElseThrow();
    }

    private static Class<?> compiled(Path directory, String source, String option) throws Exception {
        Path file = Files.writeString(directory.resolve("Named.java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, option, "-d", directory.toString(), file.toString());
        assertThat(status).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass("Named");
        }
    }
}
