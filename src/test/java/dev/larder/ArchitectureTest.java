package dev.larder;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of packages: what each uses of the others, and where the types of others may be named. */
class ArchitectureTest {

    private static final String ROOT = "(root)";

    /** A package under {@code dev.larder}, and the packages it may use. A new package gets a line here. */
    private static final Map<String, List<String>> MAP = new LinkedHashMap<>();

    static {
        // published: what an application imports, and what the author of a backend implements
        MAP.put(ROOT, List.of());
        MAP.put("spi", List.of(ROOT));

        // rules and values, without I/O
        MAP.put("http", List.of());
        MAP.put("statistics", List.of());
        MAP.put("reflect", List.of());
        MAP.put("jmx", List.of(ROOT, "statistics"));
        MAP.put("key", List.of(ROOT));
        MAP.put("policy", List.of(ROOT, "spi", "http", "key", "reflect"));
        MAP.put("transaction", List.of());
        // an entry carries its whole key where the store's own is a hash, hence "key"
        MAP.put("codec", List.of(ROOT, "spi", "http", "key", "reflect"));

        // what two backends agree on: the same entries in the same store, by two clients
        MAP.put("backend.memcached", List.of(ROOT, "spi"));

        // bytes by key; the backends never see each other
        MAP.put("backend.local", List.of(ROOT, "spi"));
        MAP.put("backend.redis", List.of(ROOT, "spi"));
        MAP.put("backend.memcached.spy", List.of("backend.memcached"));
        MAP.put("backend.memcached.x", List.of("backend.memcached"));

        // what joins them
        MAP.put("group", List.of(ROOT, "spi", "key"));
        MAP.put("singleflight", List.of());
        MAP.put(
                "service",
                List.of(
                        ROOT,
                        "spi",
                        "http",
                        "key",
                        "reflect",
                        "codec",
                        "singleflight",
                        "group",
                        "statistics",
                        "transaction"));
        MAP.put("config", List.of(ROOT, "policy"));
        MAP.put(
                "value",
                List.of(
                        ROOT,
                        "spi",
                        "http",
                        "key",
                        "reflect",
                        "policy",
                        "codec",
                        "singleflight",
                        "group",
                        "service",
                        "statistics",
                        "transaction"));
        MAP.put(
                "response",
                List.of(
                        ROOT,
                        "spi",
                        "http",
                        "key",
                        "policy",
                        "singleflight",
                        "group",
                        "service",
                        "statistics",
                        "transaction"));

        // the border to Jakarta REST
        MAP.put("rest", List.of(ROOT, "http", "reflect", "policy", "response"));

        // a servlet
        MAP.put("console", List.of(ROOT, "statistics"));
        // what is counted, for the server
        MAP.put("metrics", List.of("statistics"));
        MAP.put("health", List.of("statistics"));

        // the composition root, used by nobody
        MAP.put("cdi", MAP.keySet().stream().toList());
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.larder");

    @Test
    void every_package_is_on_the_map() {
        List<String> packages = CLASSES.stream()
                .map(JavaClass::getPackage)
                .map(JavaPackage::getName)
                .distinct()
                .toList();

        assertThat(MAP.keySet().stream().map(ArchitectureTest::packageOf)).containsAll(packages);
    }

    @TestFactory
    Stream<DynamicTest> a_package_uses_only_what_its_line_allows() {
        return MAP.entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(line.getKey(), () -> {
                    List<String> allowed = new ArrayList<>(line.getValue());
                    allowed.add(line.getKey());
                    check(noClasses()
                            .that()
                            .resideInAPackage(packageOf(line.getKey()))
                            .should()
                            .dependOnClassesThat(resideInAPackage("dev.larder..")
                                    .and(DescribedPredicate.not(packages(allowed.toArray(String[]::new))))));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_package_uses_all_that_its_line_allows() {
        return MAP.entrySet().stream()
                .filter(line -> !line.getKey().equals("cdi")) // its line is the whole map
                .map(line -> DynamicTest.dynamicTest(
                        line.getKey(),
                        () -> assertThat(usedBy(line.getKey()))
                                .as("what %s uses", line.getKey())
                                .containsAll(line.getValue())));
    }

    private static Set<String> usedBy(String line) {
        String prefix = packageOf(ROOT) + ".";
        return CLASSES.stream()
                .filter(type -> type.getPackageName().equals(packageOf(line)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .map(name -> name.equals(packageOf(ROOT))
                        ? ROOT
                        : name.startsWith(prefix) ? name.substring(prefix.length()) : "")
                .collect(Collectors.toSet());
    }

    @Test
    void packages_form_no_cycle() {
        check(slices().matching("dev.larder.(**)..").should().beFreeOfCycles());
    }

    @Test
    void jakarta_rest_types_are_named_at_the_border_and_in_key_contexts_only() {
        check(noClasses()
                .that(DescribedPredicate.not(packages("rest", "cdi").or(assignableTo(CacheKeyContext.class))))
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.ws.rs..")));
    }

    @Test
    void cdi_types_are_named_in_the_composition_root_and_the_published_api_only() {
        check(noClasses()
                .that(DescribedPredicate.not(
                        packages(ROOT, "cdi", "metrics", "health"))) // two injection points, a bean
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.enterprise.context..",
                        "jakarta.enterprise.event..",
                        "jakarta.enterprise.inject..",
                        "jakarta.interceptor..",
                        "jakarta.inject..")));
    }

    @Test
    void microprofile_config_is_named_in_config_only() {
        onlyIn(List.of("config"), "org.eclipse.microprofile.config..");
    }

    @Test
    void metrics_and_health_of_the_server_are_named_in_one_package_each() {
        onlyIn(List.of("metrics"), "org.eclipse.microprofile.metrics..", "io.micrometer..", "io.opentelemetry..");
        onlyIn(List.of("health"), "org.eclipse.microprofile.health..");
    }

    @Test
    void caffeine_is_named_in_the_local_backend_in_singleflight_and_in_group_only() {
        onlyIn(List.of("backend.local", "singleflight", "group"), "com.github.benmanes.caffeine..");
    }

    @Test
    void each_client_is_named_in_its_backend_only() {
        onlyIn(List.of("backend.redis"), "redis.clients..", "org.apache.commons.pool2..");
        onlyIn(List.of("backend.memcached.spy"), "net.spy..");
        onlyIn(List.of("backend.memcached.x"), "net.rubyeye..", "com.google.code.yanf4j..");
    }

    @Test
    void every_package_says_what_it_is_for() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .allSatisfy(each -> assertThat(Path.of("src/main/java", each.replace('.', '/'), "package-info.java"))
                        .isRegularFile());
    }

    private static void onlyIn(List<String> packages, String... types) {
        check(noClasses()
                .that(DescribedPredicate.not(packages(packages.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(types)));
    }

    /** A rule about a package that does not exist yet holds. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> packages(String... names) {
        return resideInAnyPackage(
                Arrays.stream(names).map(ArchitectureTest::packageOf).toArray(String[]::new));
    }

    private static String packageOf(String line) {
        return line.equals(ROOT) ? "dev.larder" : "dev.larder." + line;
    }
}
