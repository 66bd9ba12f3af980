package dev.larder.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheScope;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.http.CachingRules;
import dev.larder.http.Scope;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.service.Logs;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

    private static final String CLASS = "cache.\"dev.larder.policy.PolicyReaderTest$Books\".";
    private static final String PLAIN = "cache.\"dev.larder.policy.PolicyReaderTest$Books/plain\".";
    private static final String METHOD = "cache.\"dev.larder.policy.PolicyReaderTest$Books/list\".";

    private static final Map<String, CacheSettings> BACKENDS = Map.of(
            "default",
            CacheSettings.local().ttl(Duration.ofSeconds(77)).keyPrefix("app").version("3"),
            "other",
            CacheSettings.local().ttl(Duration.ofSeconds(5)));

    private final Problems problems = new Problems();

    /** The reader has a key for each member of the annotation: a new one needs its line here. */
    @Test
    void every_member_of_the_annotation_has_a_key() {
        assertThat(PolicyReader.KEYS)
                .containsAll(Arrays.stream(Cache.class.getDeclaredMethods())
                        .map(member -> kebab(member.getName()))
                        .toList());
    }

    private static String kebab(String member) {
        return member.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    @Test
    void without_members_the_backend_says_everything() {
        CachePolicy policy = read("plain");

        assertThat(policy.ttl()).isEqualTo(Duration.ofSeconds(77));
        assertThat(policy.backend()).isEqualTo("default");
        assertThat(policy.version()).isEqualTo("3");
        assertThat(policy.keyPrefix()).isEmpty();
        assertThat(policy.effectivePrefix()).isEqualTo("app");
        assertThat(policy.defaultKey()).isTrue();
        assertThat(policy.enabled()).isTrue();
        assertThat(policy.lockTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.maxBodyBytes()).isEqualTo(1_048_576);
        assertThat(policy.cacheStatus()).isFalse();
    }

    @Test
    void the_annotation_says_more() {
        CachePolicy policy = read("list");

        assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(3));
        assertThat(policy.backend()).isEqualTo("other");
        assertThat(policy.version()).isEqualTo("v9");
        assertThat(policy.keyPrefix()).isEqualTo("books");
        assertThat(policy.effectivePrefix()).isEqualTo("books");
        assertThat(policy.keyGenerator()).isEqualTo(Generator.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl,60",
        "ttl-unit,hours",
        "key-prefix,p",
        "version,v",
        "backend,default",
        "key-generator,dev.larder.policy.PolicyReaderTest$Other",
        "enabled,false",
        "lock-timeout,1",
        "max-body-bytes,5",
        "cache-status,true",
        "cache-groups,true",
        "ttl,from-response",
        "scope,user",
        "statuses,'200, 404'",
        "vary-by,X-Tenant",
        "query-params,'a,b'"
    })
    void every_key_overrides_at_each_level(String key, String value) {
        CachePolicy plain = response("list");
        for (String level : new String[] {"cache.", CLASS, METHOD}) {
            assertThat(response("list", level + key, value)).as(level).isNotEqualTo(plain);
        }
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void the_most_specific_level_wins() {
        assertThat(read("list", "cache.ttl", "1", CLASS + "ttl", "2", METHOD + "ttl", "3")
                        .ttl())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(read("list", "cache.ttl", "1", CLASS + "ttl", "2").ttl()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read("plain", "cache.ttl", "1", METHOD + "ttl", "3").ttl()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void configuration_reads_every_key() {
        CachePolicy policy = read(
                "plain",
                "cache.ttl",
                "PT1.5S",
                "cache.key-prefix",
                "p",
                "cache.version",
                "0",
                "cache.backend",
                "other",
                "cache.key-generator",
                Generator.class.getName(),
                "cache.enabled",
                "FALSE",
                "cache.lock-timeout",
                "PT0S",
                "cache.max-body-bytes",
                "10",
                "cache.cache-status",
                "true",
                "cache.cache-groups",
                "true");

        assertThat(policy.ttl()).isEqualTo(Duration.ofMillis(1500));
        assertThat(policy.effectivePrefix()).isEqualTo("p");
        assertThat(policy.version()).isEqualTo("0");
        assertThat(policy.backend()).isEqualTo("other");
        assertThat(policy.keyGenerator()).isEqualTo(Generator.class);
        assertThat(policy.enabled()).isFalse();
        assertThat(policy.active()).isFalse();
        assertThat(policy.lockTimeout()).isZero();
        assertThat(policy.maxBodyBytes()).isEqualTo(10);
        assertThat(policy.cacheStatus()).isTrue();
        assertThat(policy.cacheGroups()).isTrue();
    }

    @Test
    void the_members_for_http_make_its_rules() {
        CachePolicy policy = response("http");

        assertThat(policy.rules())
                .isEqualTo(new CachingRules(
                        Scope.USER, Set.of(404, Cache.ANY_STATUS), true, true, Set.of("X-Tenant", "accept-language")));
        assertThat(policy.queryParams()).containsExactly("author", "size");
        assertThat(policy.active()).isTrue();
        assertThat(response("plain").rules()).isEqualTo(CachingRules.DEFAULT);
        assertThat(response("plain").queryParams()).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void configuration_replaces_the_members_for_http() {
        CachePolicy policy = response(
                "http",
                METHOD.replace("list", "http") + "scope",
                "AUTHENTICATED",
                "cache.ttl",
                "FROM_RESPONSE",
                CLASS + "statuses",
                "any",
                "cache.vary-by",
                " Origin , origin ",
                "cache.query-params",
                "q");

        assertThat(policy.rules())
                .isEqualTo(
                        new CachingRules(Scope.AUTHENTICATED, Set.of(Cache.ANY_STATUS), true, true, Set.of("Origin")));
        assertThat(policy.queryParams()).containsExactly("q");
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "206, 206",
        "'200,304', 304",
        "100, 100",
        "199, 199",
        "401, 401",
        "407, 407",
        "600, 600",
        "-2, -2",
    })
    void a_status_that_is_never_stored_is_a_problem(String statuses, String wrong) {
        response("plain", CLASS + "statuses", statuses);

        assertThat(message()).contains("Books.plain: statuses lists [" + wrong + "]", "never stored");
    }

    @Test
    void any_status_needs_a_lifetime_from_the_response() {
        response("plain", "cache.statuses", "any");

        assertThat(message()).contains("Books.plain: statuses is ANY_STATUS", "Cache.FROM_RESPONSE");
    }

    @Test
    void no_status_at_all_is_a_problem() {
        response("noStatus");

        assertThat(message()).contains("Books.noStatus: statuses is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "Accept Language", "a:b", "X\u00e4"})
    void what_is_no_field_name_is_a_problem(String name) {
        response("plain", "cache.vary-by", "Accept," + name);

        assertThat(message()).contains("Books.plain: varyBy names '" + name + "'", "no field name");
    }

    @Test
    void members_for_http_on_a_method_that_is_no_resource_method_are_a_problem() {
        read("http", METHOD.replace("list", "http") + "statuses", "200");

        assertThat(message())
                .contains(
                        "Books.http has ttl = FROM_RESPONSE, scope, statuses, varyBy, queryParams, "
                                + METHOD.replace("list", "http") + "statuses",
                        "for resource methods");
    }

    @Test
    void what_is_configured_for_all_resource_methods_is_none_of_another_methods_business() {
        read("plain", "cache.scope", "user", "cache.vary-by", "Accept", "cache.statuses", "404");

        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void a_unit_from_configuration_measures_the_annotations_number() {
        assertThat(read("list", "cache.ttl-unit", "hours").ttl()).isEqualTo(Duration.ofHours(3));
        assertThat(read("list", "cache.ttl-unit", "hours", "cache.ttl", "4").ttl())
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void a_ttl_of_zero_stores_nothing_and_for_ever_never_expires() {
        assertThat(read("never").active()).isFalse();
        assertThat(read("forever").ttl()).isEqualTo(ICacheService.FOREVER);
        assertThat(read("plain", "cache.ttl", "never").ttl()).isEqualTo(ICacheService.FOREVER);
        assertThat(read("eternal").ttl()).isEqualTo(ICacheService.FOREVER);
    }

    @Test
    void the_environment_overrides_a_method() {
        String variable = "CACHE__DEV_LARDER_POLICY_POLICYREADERTEST_BOOKS_LIST__TTL";

        assertThat(read("list", variable, "9").ttl()).isEqualTo(Duration.ofSeconds(9));
        complaints(variable, "9", "cache.\"dev.larder.policy.policyreadertest.books.list\".ttl", "9");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void a_negative_ttl_is_a_problem_that_names_the_method() {
        read("negative");

        assertThat(message()).contains("@Cache on dev.larder.policy.PolicyReaderTest$Books.negative: ttl is -3");
    }

    @Test
    void a_negative_ttl_in_configuration_is_a_problem() {
        read("plain", CLASS + "ttl", "-1");

        assertThat(message()).contains(CLASS + "ttl is '-1'", "must not be negative");
    }

    @Test
    void an_unknown_backend_is_a_problem_that_names_method_backend_and_the_configured_ones() {
        read("unknown");

        assertThat(message())
                .contains(
                        "PolicyReaderTest$Books.unknown names backend 'othre'",
                        "(the backends are default, other)",
                        "Did you mean 'other'?");
    }

    @ParameterizedTest
    @CsvSource({
        "ttl,x",
        "ttl-unit,parsec",
        "enabled,maybe",
        "lock-timeout,-1",
        "max-body-bytes,-1",
        "max-body-bytes,2147483648",
        "cache-status,1",
        "cache-groups,1",
        "scope,everybody",
        "statuses,ok",
        "key-generator,java.lang.String",
        "key-generator,com.acme.Gone"
    })
    void a_bad_value_is_a_problem_that_names_key_value_and_what_is_expected(String key, String value) {
        read("plain", "cache." + key, value);

        assertThat(message()).contains("cache." + key, "'" + value + "'", "must");
    }

    @Test
    void a_class_without_the_annotation_is_a_problem() {
        complaints("cache.\"java.lang.String\".ttl", "1");

        assertThat(message()).contains("cache.\"java.lang.String\".ttl (= '1')", "has no @Cache");
    }

    @Test
    void a_method_without_the_annotation_is_a_problem_that_names_the_nearest() {
        complaints("cache.\"dev.larder.policy.PolicyReaderTest$Books/lits\".ttl", "1");

        assertThat(message()).contains("Books/lits", "has no @Cache", "Did you mean", "Books/list'");
    }

    @Test
    void an_unknown_key_of_a_class_is_a_problem_that_names_the_nearest() {
        complaints(CLASS + "tll", "1");

        assertThat(message()).contains(CLASS + "tll (= '1') is unknown", "Did you mean 'ttl'?");
    }

    @Test
    void a_name_that_differs_in_its_punctuation_is_a_problem() {
        complaints(
                "cache.\"dev.larder.policy.PolicyReaderTest.Books/list\".ttl", "1",
                "cache.\"dev.larder.policy.PolicyReaderTest$Books#list\".ttl", "1");

        assertThat(message()).contains("2 problems", "PolicyReaderTest.Books/list", "Books#list");
    }

    @Test
    void a_name_that_the_configuration_derives_from_a_variable_is_no_problem() {
        complaints(
                "CACHE__DEV_LARDER_POLICY_POLICYREADERTEST_BOOKS_LIST__TTL", "1",
                "cache.\"dev.larder.policy.policyreadertest.books.list\".ttl", "1");

        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void what_the_server_says_of_classes_that_are_not_cached_here_is_meant_for_another_application() {
        try (Logs logs = new Logs()) {
            complaints(GivenProperties.of(
                            "CACHE__COM_ACME_OTHER_LIST__TTL", "60", "CACHE__COM_ACME_THIRD__ENABLED", "no")
                    .onServer("cache.\"com.acme.Other/find\".ttl", "1", "cache.\"com.acme.Other\".tll", "soon"));

            assertThat(problems.isEmpty()).isTrue();
            assertThat(logs.at(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains(
                            "CACHE__COM_ACME_OTHER_LIST__TTL",
                            "CACHE__COM_ACME_THIRD__ENABLED",
                            "cache.\"com.acme.Other/find\".ttl",
                            "cache.\"com.acme.Other\".tll",
                            "another application");
        }
    }

    @Test
    void what_the_server_says_of_a_class_that_is_cached_here_is_read() {
        GivenProperties properties = GivenProperties.of().onServer(PLAIN + "ttl", "1");

        assertThat(read(new PolicyReader(properties, BACKENDS, problems), "plain")
                        .ttl())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_unknown_key_of_a_class_that_is_cached_here_is_a_problem_wherever_it_is_set() {
        complaints(GivenProperties.of("CACHE__DEV_LARDER_POLICY_POLICYREADERTEST_BOOKS_LIST__TLL", "9")
                .onServer(CLASS + "tll", "1"));

        assertThat(message())
                .contains(
                        "2 problems", CLASS + "tll (= '1') is unknown", "BOOKS_LIST__TLL (= '9') is unknown", "'TTL'?");
    }

    @Test
    void what_the_application_s_own_file_and_the_server_say_is_the_application_s_own() {
        complaints(
                GivenProperties.of("cache.\"com.acme.Other\".ttl", "1").onServer("cache.\"com.acme.Other\".ttl", "2"));

        assertThat(message()).contains("a problem", "com.acme.Other");
    }

    @Test
    void a_bad_value_is_a_problem_at_a_level_that_another_overrides_too() {
        read("plain", "cache.ttl", "soon", PLAIN + "ttl", "1", CLASS + "enabled", "no", PLAIN + "enabled", "true");

        assertThat(message()).contains("2 problems", "cache.ttl is 'soon'", CLASS + "enabled is 'no'");
    }

    @Test
    void what_is_set_for_a_method_that_has_another_problem_is_no_problem_of_its_own() {
        complaints("cache.\"dev.larder.policy.PolicyReaderTest$Books/unknown\".ttl", "1");

        assertThat(message()).contains("a problem in this deployment", "othre");
    }

    @Test
    void an_annotated_class_that_the_container_does_not_know_may_be_configured() {
        complaints(
                "cache.\"dev.larder.policy.PolicyReaderTest$NoBean\".ttl", "1",
                "cache.\"dev.larder.policy.PolicyReaderTest$NoBean/list\".ttl", "1",
                "cache.\"dev.larder.policy.PolicyReaderTest$NoBean/other\".ttl", "1");

        assertThat(message()).contains("a problem", "NoBean/other");
    }

    @Test
    void other_keys_that_begin_with_cache_belong_to_somebody_else() {
        complaints("cache.size", "1", "cache.com.acme.ttl", "2", "cached", "3", "cache.\"open", "4", "CACHE_DIR", "/");

        assertThat(problems.isEmpty()).isTrue();
    }

    /** Reads all methods with the annotation, then looks for strangers. */
    private void complaints(String... namesAndValues) {
        complaints(GivenProperties.of(namesAndValues));
    }

    private void complaints(GivenProperties properties) {
        PolicyReader reader = new PolicyReader(properties, BACKENDS, problems);
        for (String name : new String[] {"plain", "list", "never"}) {
            read(reader, name);
        }
        if (properties.names().iterator().next().contains("unknown")) {
            read(reader, "unknown");
        }
        reader.checkTargetedKeys(element -> element.isAnnotationPresent(Cache.class));
    }

    private CachePolicy read(String method, String... namesAndValues) {
        return read(new PolicyReader(GivenProperties.of(namesAndValues), BACKENDS, problems), method);
    }

    private CachePolicy response(String method, String... namesAndValues) {
        return read(new PolicyReader(GivenProperties.of(namesAndValues), BACKENDS, problems), method, Kind.RESPONSE);
    }

    private static CachePolicy read(PolicyReader reader, String name) {
        return read(reader, name, Kind.VALUE);
    }

    private static CachePolicy read(PolicyReader reader, String name, Kind kind) {
        Method method = Arrays.stream(Books.class.getDeclaredMethods())
                .filter(any -> any.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return reader.read(Books.class, method, method.getAnnotation(Cache.class), kind);
    }

    private String message() {
        return problems.message().orElseThrow();
    }

    static class Generator implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return keyPrefix;
        }
    }

    static class Other extends Generator {}

    static class NoBean {
        @Cache
        String list() {
            return "";
        }

        String other() {
            return "";
        }
    }

    static class Books {
        @Cache
        String plain() {
            return "";
        }

        @Cache(
                ttl = 3,
                ttlUnit = ChronoUnit.MINUTES,
                backend = "other",
                version = "v9",
                keyPrefix = "books",
                keyGenerator = Generator.class)
        String list(String author) {
            return author;
        }

        @Cache(
                ttl = Cache.FROM_RESPONSE,
                scope = CacheScope.USER,
                statuses = {404, Cache.ANY_STATUS},
                varyBy = {"X-Tenant", "accept-language"},
                queryParams = {"author", "size"})
        String http() {
            return "";
        }

        @Cache(statuses = {})
        String noStatus() {
            return "";
        }

        @Cache(ttl = 0)
        String never() {
            return "";
        }

        @Cache(ttl = Cache.FOREVER, ttlUnit = ChronoUnit.HOURS)
        String forever() {
            return "";
        }

        @Cache(ttl = Long.MAX_VALUE - 1, ttlUnit = ChronoUnit.DAYS)
        String eternal() {
            return "";
        }

        @Cache(ttl = -3)
        String negative() {
            return "";
        }

        @Cache(backend = "othre")
        String unknown() {
            return "";
        }
    }
}
