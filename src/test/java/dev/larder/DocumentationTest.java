package dev.larder;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.DocumentationPage.Block;
import dev.larder.codec.DocumentedKinds;
import dev.larder.config.CachesReader;
import dev.larder.config.ConsoleRole;
import dev.larder.config.MonitoringKeys;
import dev.larder.http.Reason;
import dev.larder.metrics.MetricsChoice;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.spi.CacheBackendContract;
import dev.larder.spi.CacheBackendFactory;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.opentest4j.TestAbortedException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the documentation says is what the code does. */
class DocumentationTest {

    private static final Path REFERENCE = Path.of("docs/reference");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern NAMED_CLASS = Pattern.compile("`([a-z.]+\\.[A-Z]\\w*)`");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    private final List<DocumentationPage> documentation = Stream.concat(
                    Stream.of(DocumentationPage.read(Path.of("README.md"))), DocumentationPage.under("docs").stream())
            .toList();

    private static DocumentationPage reference(String name) {
        return DocumentationPage.read(REFERENCE.resolve(name + ".md"));
    }

    // links

    @Test
    void every_relative_link_leads_to_a_file_and_a_heading_in_it() {
        List<DocumentationPage> all = new ArrayList<>(documentation);
        all.addAll(DocumentationPage.under("examples"));
        all.add(DocumentationPage.read(Path.of("CONTRIBUTING.md")));
        all.add(DocumentationPage.read(Path.of("CHANGELOG.md")));
        List<String> broken = new ArrayList<>();
        for (DocumentationPage page : all) {
            page.links().stream()
                    .filter(link -> !link.matches("[a-z]+:.*") && !leadsSomewhere(page, link))
                    .forEach(link -> broken.add(page.file() + " -> " + link));
        }

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(DocumentationPage page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        return Files.exists(target)
                && (hash < 0 || DocumentationPage.read(target).anchors().contains(link.substring(hash + 1)));
    }

    @Test
    void every_page_is_in_the_index_and_begins_with_its_essence() {
        Path docs = Path.of("docs");
        List<String> index = DocumentationPage.read(docs.resolve("README.md")).links();
        for (DocumentationPage page : DocumentationPage.under("docs")) {
            if (!page.file().equals(docs.resolve("README.md"))) {
                assertThat(index).contains(docs.relativize(page.file()).toString());
            }
            assertThat(page.text().get(2)).as(page.file().toString()).startsWith("TL;DR: ");
        }
    }

    // examples

    @Test
    void every_java_example_compiles_and_the_example_of_a_backend_keeps_the_contract(@TempDir Path classes)
            throws Exception {
        DocumentationExamples examples = new DocumentationExamples();
        blocks("java").forEach(examples::add);

        assertThat(examples.errors(classes)).isEmpty();

        Block backend = blocks("java")
                .filter(block -> block.code().contains("extends CacheBackendContract"))
                .findAny()
                .orElseThrow();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> test = loader.loadClass(DocumentationExamples.packageOf(backend) + ".MapBackendTest");
            assertThat(keepsTheContract(test)).isGreaterThan(20);
        }
    }

    private static int keepsTheContract(Class<?> test) throws ReflectiveOperationException {
        int run = 0;
        for (Method method : CacheBackendContract.class.getDeclaredMethods()) {
            if (!method.isAnnotationPresent(Test.class)) {
                continue;
            }
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            called(CacheBackendContract.class.getDeclaredMethod("start"), instance);
            try {
                called(method, instance);
                run++;
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof TestAbortedException)) {
                    throw new AssertionError("The example of a backend: " + method.getName(), e.getCause());
                }
            } finally {
                called(CacheBackendContract.class.getDeclaredMethod("stop"), instance);
            }
        }
        return run;
    }

    private static void called(Method method, Object instance) throws ReflectiveOperationException {
        method.setAccessible(true);
        method.invoke(instance);
    }

    @Test
    void every_example_of_configuration_is_read_without_a_problem() throws Exception {
        for (Block block : blocks("properties").toList()) {
            Properties properties = new Properties();
            properties.load(new StringReader(block.code()));
            Map<String, String> values = new HashMap<>();
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
            if (block.file().startsWith(REFERENCE)) {
                String page = block.file().getFileName().toString().replace(".md", "");
                if (options(page) != null) {
                    values.putIfAbsent("caches.default.backend", page); // a page of a backend is about that backend
                }
            }

            assertThat(problems(values)).as(block.toString()).isEmpty();
            assertThat(values).as(block.toString()).isNotEmpty();
        }
    }

    @Test
    void every_example_of_an_environment_variable_is_read_without_a_problem() {
        List<String> keys = PolicyReader.KEYS.stream()
                .map(key -> environmentForm("cache." + key))
                .toList();
        for (Block block : blocks("env").toList()) {
            Map<String, String> values = new HashMap<>();
            block.code()
                    .lines()
                    .forEach(line ->
                            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));

            assertThat(problems(values)).as(block.toString()).isEmpty();
            assertThat(values.keySet())
                    .as(block.toString())
                    .allMatch(name -> name.startsWith("CACHES_") || keys.contains(name));
        }
    }

    private static String environmentForm(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private record Given(Map<String, String> values) implements PropertySource {
        @Override
        public Set<String> names() {
            return values.keySet();
        }

        @Override
        public String value(String name) {
            return values.getOrDefault(name, values.get(environmentForm(name)));
        }
    }

    private static class Annotated {
        @Cache
        public String method() {
            return "";
        }
    }

    private static String problems(Map<String, String> values) throws AssertionError {
        Problems problems = new Problems();
        Map<String, CacheSettings> backends =
                new CachesReader(new Given(values), Map.of(), DocumentationTest::options, problems).read();
        Map<String, String> forAll = new HashMap<>();
        values.forEach((name, value) -> {
            String key = name.replaceFirst("^cache\\.(\"[^\"]*\"\\.)?", "");
            if (name.startsWith("cache.")) {
                assertThat(Stream.of(PolicyReader.KEYS, ConsoleRole.KEYS, MonitoringKeys.KEYS)
                                .flatMap(List::stream))
                        .contains(key);
                forAll.put("cache." + key, value);
            } else if (name.startsWith("CACHE_")) {
                forAll.put(name, value);
            } else {
                assertThat(name).startsWithIgnoringCase("caches");
            }
            if (key.equals("backend")) {
                backends.putIfAbsent(value, CacheSettings.local());
            }
        });
        policy(forAll, backends, problems);
        ConsoleRole.read(new Given(values), problems);
        MonitoringKeys.metrics(new Given(values), MetricsChoice.class, MetricsChoice.AUTO, problems);
        MonitoringKeys.health(new Given(values), problems);
        return problems.message().orElse("");
    }

    private static CachePolicy policy(
            Map<String, String> values, Map<String, CacheSettings> backends, Problems problems) {
        Method method = Annotated.class.getDeclaredMethods()[0];
        for (Method any : Annotated.class.getDeclaredMethods()) {
            method = any.isAnnotationPresent(Cache.class) ? any : method;
        }
        return new PolicyReader(new Given(values), backends, problems)
                .read(Annotated.class, method, method.getAnnotation(Cache.class), CachePolicy.Kind.VALUE);
    }

    @Test
    void every_example_in_xml_is_well_formed_and_names_this_version() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher version = Pattern.compile("<version>([^<]*)</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        for (Block block : blocks("xml").toList()) {
            Reader text = new StringReader("<example>" + block.code() + "</example>");
            NodeList dependencies = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(text))
                    .getElementsByTagName("dependency");
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                if (contentOf(dependency, "groupId").equals("dev.larder")) {
                    assertThat(contentOf(dependency, "artifactId")).isEqualTo("larder");
                    assertThat(contentOf(dependency, "version"))
                            .as(block.toString())
                            .isEqualTo(version.group(1));
                }
            }
        }
    }

    private static String contentOf(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void every_code_block_is_of_a_kind_that_is_checked_here() {
        assertThat(documentation.stream().flatMap(page -> page.blocks().stream()))
                .allMatch(block -> Set.of("properties", "env", "xml", "message", "sh", "http", "text", "ini", "mermaid")
                                .contains(block.info())
                        || block.info().startsWith("java"));
    }

    @Test
    void every_command_of_dev_exists() throws Exception {
        String dev = Files.readString(Path.of("dev"));
        for (DocumentationPage page : documentation) {
            Matcher command = Pattern.compile("\\./dev (\\w+)").matcher(String.join("\n", page.text()));
            while (command.find()) {
                assertThat(dev).contains("\n  " + command.group(1) + " ");
            }
        }
    }

    private Stream<Block> blocks(String language) {
        return documentation.stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.info().equals(language) || block.info().startsWith(language + " "));
    }

    // messages

    @Test
    void every_quoted_message_is_in_the_sources() throws Exception {
        List<String> literals = literals();
        List<String> missing = new ArrayList<>();
        blocks("message").forEach(block -> {
            for (String piece : block.code().split("…|\n", -1)) {
                String text = piece.replaceFirst("^ - ", "");
                if (text.length() > 3 && !isIn(literals, text)) {
                    missing.add(block + ": " + text);
                }
            }
        });

        assertThat(missing).isEmpty();
    }

    /** Whole, or put together of the end of one text and the beginning of another: "a problem" + " in this deployment:". */
    private static boolean isIn(List<String> literals, String text) {
        if (literals.stream().anyMatch(literal -> literal.contains(text))) {
            return true;
        }
        for (int i = 8; i < text.length() - 8; i++) {
            String begin = text.substring(0, i);
            String rest = text.substring(i);
            if (literals.stream().anyMatch(literal -> literal.endsWith(begin))
                    && literals.stream()
                            .anyMatch(literal ->
                                    literal.startsWith(rest) || (literal.length() >= 8 && rest.startsWith(literal)))
                    && isIn(literals, rest)) {
                return true;
            }
        }
        return false;
    }

    /** All texts in the sources, those that are put together of several lines as one, without arguments. */
    private static List<String> literals() throws Exception {
        List<String> literals = new ArrayList<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(any -> any.toString().endsWith(".java")).toList()) {
                Matcher literal = LITERAL.matcher(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
                while (literal.find()) {
                    String text = literal.group(1).replace("\\\"", "\"").replace("\\n", "");
                    literals.add(text.contains("{0") ? text.replace("''", "'") : text);
                }
            }
        }
        return literals;
    }

    // reference

    @Test
    void every_member_of_the_annotation_is_on_its_page_with_its_type_and_default() {
        Map<String, String> members = new LinkedHashMap<>();
        for (Method member : Cache.class.getDeclaredMethods()) {
            members.put(
                    code(member.getName()),
                    code(member.getReturnType().getSimpleName()) + " " + code(shown(member.getDefaultValue())));
        }

        Map<String, String> documented = new LinkedHashMap<>();
        reference("annotation").rows("## Members").stream()
                .filter(row -> row.size() == 4)
                .forEach(row -> documented.put(row.get(0), row.get(1) + " " + row.get(2)));

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(members);
    }

    @Test
    void every_constant_of_the_annotation_is_on_its_page() {
        assertThat(Arrays.stream(Cache.class.getFields()).map(field -> code("Cache." + field.getName())))
                .isSubsetOf(firstCells(reference("annotation").rows()));
    }

    private static String shown(Object value) {
        if (value instanceof Class<?> type) {
            return type.getSimpleName() + ".class";
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof String text) {
            return '"' + text + '"';
        }
        if (value instanceof Object[] || value.getClass().isArray()) {
            return "{" + Arrays.deepToString(new Object[] {value}).replaceAll("[\\[\\]]", "") + "}";
        }
        return Arrays.stream(Cache.class.getFields())
                .filter(field -> valueOf(field).equals(value))
                .map(java.lang.reflect.Field::getName)
                .findAny()
                .orElse(value.toString());
    }

    private static Object valueOf(java.lang.reflect.Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_key_of_the_annotation_and_its_default_is_on_the_page_of_configuration() {
        List<List<String>> rows = reference("configuration").rows("## Annotation");
        CachePolicy defaults = policy(Map.of(), Map.of(CacheModule.DEFAULT, CacheSettings.local()), new Problems());

        assertThat(firstCells(rows))
                .containsExactlyInAnyOrderElementsOf(
                        PolicyReader.KEYS.stream().map(DocumentationTest::code).toList());
        assertThat(defaultOf(rows, "enabled")).isEqualTo(code("" + defaults.enabled()));
        assertThat(defaultOf(rows, "lock-timeout")).isEqualTo(code("" + defaults.lockTimeout()));
        assertThat(defaultOf(rows, "max-body-bytes")).isEqualTo(code("" + defaults.maxBodyBytes()));
        assertThat(defaultOf(rows, "cache-status")).isEqualTo(code("" + defaults.cacheStatus()));
    }

    @Test
    void every_key_of_the_console_is_on_the_page_of_configuration() {
        assertThat(firstCells(reference("configuration").rows("## Console")))
                .containsExactlyElementsOf(
                        ConsoleRole.KEYS.stream().map(DocumentationTest::code).toList());
    }

    @Test
    void every_key_of_monitoring_is_on_the_page_of_configuration() {
        assertThat(firstCells(reference("configuration").rows("## Metrics and health")))
                .containsExactlyElementsOf(MonitoringKeys.KEYS.stream()
                        .map(DocumentationTest::code)
                        .toList());
    }

    @Test
    void every_key_of_a_backend_and_its_default_is_on_the_page_of_configuration() {
        List<List<String>> rows = reference("configuration").rows("## Backends");
        List<String> keys = new ArrayList<>(CachesReader.KEYS);
        keys.add("options.*");
        CacheSettings defaults = CacheSettings.local();

        assertThat(firstCells(rows))
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().map(DocumentationTest::code).toList());
        assertThat(defaultOf(rows, "backend")).isEqualTo(code(defaults.backend()));
        assertThat(defaultOf(rows, "ttl")).isEqualTo(code("" + defaults.ttl().toSeconds()));
        assertThat(defaultOf(rows, "version")).isEqualTo(code(defaults.version()));
        assertThat(defaultOf(rows, "on-error"))
                .isEqualTo(code(defaults.onError().name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void every_setter_of_the_settings_is_on_the_page_of_configuration() {
        Set<String> setters = Arrays.stream(CacheSettings.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == CacheSettings.class
                        && Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(toCollection(TreeSet::new));

        assertThat(namesOfCalls(reference("configuration").rows("## In code: CacheModule")))
                .containsAll(setters);
    }

    /** A page may be that of several types: memcached's is xmemcached's, too. */
    @Test
    void every_backend_has_a_page_with_its_options_and_no_others() {
        Map<Path, Set<String>> optionsOfPage = new HashMap<>();
        for (CacheBackendFactory factory : ServiceLoader.load(CacheBackendFactory.class)) {
            if (!factory.getClass().getName().startsWith("dev.larder.backend.")) {
                continue; // a test's own
            }
            Path page = DocumentationPage.under(REFERENCE.toString()).stream()
                    .map(DocumentationPage::file)
                    .filter(file ->
                            (factory.type() + ".md").endsWith(file.getFileName().toString()))
                    .findAny()
                    .orElseThrow(() -> new AssertionError("No page for the backend " + factory.type()));
            Set<String> options = factory.options();
            optionsOfPage.computeIfAbsent(page, any -> new TreeSet<>()).addAll(options == null ? Set.of() : options);
        }

        optionsOfPage.forEach((page, options) -> assertThat(
                        firstCells(DocumentationPage.read(page).rows("## Options")))
                .as(page.toString())
                .containsExactlyInAnyOrderElementsOf(
                        options.stream().map(DocumentationTest::code).toList()));
    }

    private static Set<String> options(String type) {
        for (CacheBackendFactory factory : ServiceLoader.load(CacheBackendFactory.class)) {
            if (factory.type().equals(type)) {
                return factory.options();
            }
        }
        return null;
    }

    @Test
    void every_operation_of_the_service_is_on_its_page() {
        Set<String> operations = Arrays.stream(ICacheService.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(toCollection(TreeSet::new));

        assertThat(namesOfCalls(reference("service").rows("## Operations"))).isEqualTo(operations);
    }

    @Test
    void every_exception_is_on_its_page() throws Exception {
        List<String> exceptions = new ArrayList<>();
        try (Stream<Path> files = Files.list(MAIN.resolve("dev/larder"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .forEach(name -> exceptions.add(code(name.replace(".java", ""))));
        }

        assertThat(firstCells(reference("messages").rows("## Exceptions")))
                .containsExactlyInAnyOrderElementsOf(exceptions);
    }

    @Test
    void every_kind_of_entry_is_on_the_page_of_entries() {
        List<String> kinds = reference("entries").rows("## The envelope").stream()
                .map(row -> row.get(0))
                .filter(cell -> cell.matches("\\d+ \\p{L}.*"))
                .map(cell -> cell.substring(0, cell.indexOf(' ')))
                .toList();

        assertThat(kinds).isEqualTo(DocumentedKinds.codes());
    }

    @Test
    void every_example_of_a_key_or_an_entry_is_that_of_the_golden_file() throws Exception {
        for (String name : List.of("keys", "entries")) {
            Properties golden = new Properties();
            try (Reader file =
                    Files.newBufferedReader(Path.of("src/test/resources/golden/v1/" + name + ".properties"))) {
                golden.load(file);
            }
            List<List<String>> examples = reference(name).rows("## Examples");

            assertThat(examples)
                    .isNotEmpty()
                    .allSatisfy(row ->
                            assertThat(row.get(1)).isEqualTo(code(String.valueOf(golden.getProperty(row.get(2))))));
        }
    }

    // rules

    @Test
    void every_rule_of_http_names_a_class_that_holds_it_and_tests_that_pin_it() throws Exception {
        DocumentationPage page = reference("http-rules");
        List<String> missing = new ArrayList<>();
        Set<String> tests = new TreeSet<>();
        for (List<String> row : page.rows()) {
            Matcher named = NAMED_CLASS.matcher(String.join(" ", row));
            while (named.find()) {
                Path file = MAIN.resolve("dev/larder/" + named.group(1).replace('.', '/') + ".java");
                if (!Files.exists(file)) {
                    missing.add(named.group());
                }
            }
            Matcher test = NAMED_TEST.matcher(row.get(row.size() - 1));
            while (test.find()) {
                tests.add(test.group(1));
                if (!isTest(test.group(1), test.group(2))) {
                    missing.add(test.group());
                }
            }
        }

        assertThat(missing).isEmpty();
        for (String heading : List.of(
                "## Request",
                "## Response",
                "## A hit is like a miss",
                "## Unsafe methods",
                "## What the client gets",
                "## Freshness",
                "## Promises")) {
            assertThat(page.rows(heading))
                    .as(heading)
                    .isNotEmpty()
                    .allMatch(row -> NAMED_CLASS
                                    .matcher(row.get(row.size() - 2))
                                    .find()
                            && NAMED_TEST.matcher(row.get(row.size() - 1)).find());
        }
        assertThat(tests).containsAll(testsOfSections());
    }

    private static boolean isTest(String type, String method) throws Exception {
        List<Path> found = testFiles((type + ".java")::equals);
        if (found.size() != 1) {
            return false;
        }
        String name =
                TESTS.relativize(found.get(0)).toString().replace(".java", "").replace('/', '.');
        Class<?> test = Class.forName(name, false, DocumentationTest.class.getClassLoader());
        return Stream.<Class<?>>iterate(test, Objects::nonNull, Class::getSuperclass)
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .filter(one -> one.getName().equals(method))
                .anyMatch(
                        one -> one.isAnnotationPresent(Test.class) || one.isAnnotationPresent(ParameterizedTest.class));
    }

    private static List<String> testsOfSections() throws Exception {
        return testFiles(name -> name.matches("Rfc\\w+Test\\.java")).stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
    }

    private static List<Path> testFiles(Predicate<String> name) throws Exception {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        }
    }

    @Test
    void every_reason_is_on_the_page_that_says_why() {
        List<List<String>> rows =
                DocumentationPage.read(Path.of("docs/how-to/why-not-cached.md")).rows("## The reasons");

        assertThat(firstCells(rows))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> code(reason.kebab()))
                        .toList());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static List<String> firstCells(List<List<String>> rows) {
        return rows.stream().map(row -> row.get(0)).toList();
    }

    private static String defaultOf(List<List<String>> rows, String key) {
        Function<List<String>, String> second = row -> row.get(1);
        return rows.stream()
                .filter(row -> row.get(0).equals(code(key)))
                .map(second)
                .findAny()
                .orElseThrow();
    }

    /** The names in the first cells that are in code: {@code get} of {@code get(key, Class)}. */
    private static Set<String> namesOfCalls(List<List<String>> rows) {
        Set<String> names = new TreeSet<>();
        for (String cell : firstCells(rows)) {
            Matcher code = CODE.matcher(cell);
            while (code.find()) {
                names.add(code.group(1).replaceFirst("\\(.*", ""));
            }
        }
        return names;
    }
}
