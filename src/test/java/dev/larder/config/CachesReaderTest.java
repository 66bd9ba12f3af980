package dev.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.OnError;
import dev.larder.policy.GivenProperties;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachesReaderTest {

    private static final Function<String, Set<String>> OPTIONS = type -> switch (type) {
        case "local" -> Set.of("max-bytes", "max-entries", "isolation");
        case "redis" -> Set.of("timeout", "read-from", "password");
        default -> null;
    };

    private final Problems problems = new Problems();

    @Test
    void without_configuration_there_is_one_local_backend() {
        assertThat(read()).isEqualTo(Map.of("default", CacheSettings.local()));
        assertThat(CacheSettings.local().ttl()).isEqualTo(Duration.ofSeconds(300));
        assertThat(CacheSettings.local().version()).isEqualTo("1");
        assertThat(CacheSettings.local().keyPrefix()).isEmpty();
        assertThat(CacheSettings.local().onError()).isEqualTo(OnError.MISS);
    }

    @Test
    void where_others_are_configured_the_default_is_still_that_local_backend() {
        assertThat(read("caches.other.ttl", "7")).containsEntry("default", CacheSettings.local());
    }

    @Test
    void every_key_is_read() {
        CacheSettings settings = read(
                        "caches.default.backend",
                        "redis",
                        "caches.default.servers",
                        "redis://u:p@a:1, redis://b;unix:///c",
                        "caches.default.ttl",
                        "60",
                        "caches.default.key-prefix",
                        "project",
                        "caches.default.version",
                        "0",
                        "caches.default.on-error",
                        "throw",
                        "caches.default.options.timeout",
                        "PT0.25S")
                .get("default");

        assertThat(settings)
                .isEqualTo(CacheSettings.redis("redis://u:p@a:1", "redis://b", "unix:///c")
                        .ttl(Duration.ofMinutes(1))
                        .keyPrefix("project")
                        .version("0")
                        .onError(OnError.THROW)
                        .option("timeout", "PT0.25S"));
    }

    @ParameterizedTest
    @CsvSource({
        "300,PT5M",
        "0.5,PT0.5S",
        "PT1H,PT1H",
        "pt1h,PT1H",
        "0,PT0S",
        "P2D,PT48H",
        "' 7 ',PT7S",
        "40e5,PT4000000S"
    })
    void a_ttl_is_seconds_or_an_iso_duration(String text, Duration ttl) {
        assertThat(read("caches.default.ttl", text).get("default").ttl()).isEqualTo(ttl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "NEVER", "1e300", "1e2147483647"})
    void a_ttl_may_be_for_ever(String text) {
        assertThat(read("caches.default.ttl", text).get("default").ttl()).isEqualTo(ICacheService.FOREVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "PT-1S", "-PT1S", "-1e300", "five", "5m", "0x10", "NaN", "PT", "1,5"})
    void a_bad_ttl_is_a_problem_that_names_key_value_and_what_is_expected(String text) {
        read("caches.default.ttl", text);

        assertThat(message()).contains("caches.default.ttl", "'" + text + "'", "but must");
    }

    @Test
    void a_bad_on_error_is_a_problem() {
        read("caches.default.on-error", "explode");

        assertThat(message()).contains("caches.default.on-error", "'explode'", "miss, throw");
    }

    @Test
    void the_environment_alone_configures_a_backend() {
        Map<String, CacheSettings> settings = read(
                "CACHES_MY_APP_TTL", "7",
                "CACHES_MY_APP_KEY_PREFIX", "p",
                "CACHES_MY_APP_ON_ERROR", "throw",
                "CACHES_MY_APP_OPTIONS_MAX_BYTES", "1000",
                "CACHES_DEFAULT_SERVERS", "a:1");

        assertThat(settings)
                .containsOnlyKeys("default", "my_app")
                .containsEntry(
                        "my_app",
                        CacheSettings.local()
                                .ttl(Duration.ofSeconds(7))
                                .keyPrefix("p")
                                .onError(OnError.THROW)
                                .option("max-bytes", "1000"))
                .containsEntry("default", CacheSettings.local().servers("a:1"));
    }

    @Test
    void the_environment_overrides_a_backend_of_a_file_however_that_spells_its_name() {
        Map<String, CacheSettings> settings = read(
                "caches.My-App.ttl", "1",
                "caches.My-App.key-prefix", "file",
                "CACHES_MY_APP_TTL", "7",
                "CACHES_MY_APP_VERSION", "2");

        assertThat(settings)
                .containsEntry(
                        "My-App",
                        CacheSettings.local()
                                .ttl(Duration.ofSeconds(7))
                                .keyPrefix("file")
                                .version("2"))
                .containsOnlyKeys("default", "My-App");
    }

    @Test
    void the_environment_overrides_a_backend_of_the_module() {
        Map<String, CacheSettings> settings = with(Map.of(
                        "big-one", CacheSettings.local().keyPrefix("x")))
                .apply(GivenProperties.of("CACHES_BIG_ONE_TTL", "7"));

        assertThat(settings)
                .containsEntry("big-one", CacheSettings.local().keyPrefix("x").ttl(Duration.ofSeconds(7)))
                .containsOnlyKeys("default", "big-one");
    }

    @Test
    void names_that_a_configuration_derives_from_variables_are_no_problem() {
        Map<String, CacheSettings> settings = read(
                "CACHES_MY_APP_TTL", "7",
                "caches.my.app.ttl", "7",
                "CACHES_DEFAULT_KEY_PREFIX", "p",
                "caches.default.key.prefix", "p",
                "CACHES_DEFAULT_OPTIONS_MAX_BYTES", "9",
                "caches.default.options.max.bytes", "9",
                "CACHES_MY_APP_OPTIONS_MAX_ENTRIES", "3",
                "caches.my.app.options.max.entries", "3",
                "CACHES_DEFAULT_ON_ERROR", "throw",
                "caches.default.on.error", "throw");

        assertThat(settings)
                .containsOnlyKeys("default", "my_app")
                .containsEntry(
                        "my_app",
                        CacheSettings.local().ttl(Duration.ofSeconds(7)).option("max-entries", "3"))
                .containsEntry(
                        "default",
                        CacheSettings.local()
                                .keyPrefix("p")
                                .onError(OnError.THROW)
                                .option("max-bytes", "9"));
    }

    @Test
    void an_option_in_the_environment_may_end_like_a_key() {
        Map<String, CacheSettings> settings = read(
                "CACHES_FOO_BACKEND",
                "com.acme.Own",
                "CACHES_FOO_OPTIONS_READ_TTL",
                "1",
                "CACHES_FOO_OPTIONS_TTL",
                "2");

        assertThat(settings)
                .containsEntry(
                        "foo",
                        CacheSettings.of("com.acme.Own").option("read-ttl", "1").option("ttl", "2"));
    }

    @Test
    void a_variable_of_somebody_else_is_left_alone() {
        assertThat(read("CACHES_DIR", "/tmp", "caches.dir", "/tmp")).containsOnlyKeys("default");
    }

    @Test
    void a_misspelt_variable_of_a_configured_backend_is_a_problem() {
        problem("CACHES_DEFAULT_TLL", "300");

        assertThat(message()).contains("CACHES_DEFAULT_TLL", "'300'", "CACHES_DEFAULT_TTL");
    }

    @Test
    void an_unknown_key_is_a_problem_that_names_its_value_and_the_nearest_key() {
        problem("caches.default.tll", "300");

        assertThat(message()).contains("caches.default.tll", "'300'", "backend, servers, ttl", "'caches.default.ttl'");
    }

    @Test
    void a_key_without_a_backend_is_a_problem() {
        problem("caches.ttl", "300");

        assertThat(message()).contains("caches.ttl", "caches.<name>.", "'caches.default.ttl'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caches.",
                "caches..ttl",
                "caches.default.",
                "caches.default.options",
                "caches.default.options.",
                "caches.a.b.ttl",
                "caches.default.keyPrefix"
            })
    void keys_of_another_form_are_problems(String key) {
        problem(key, "x");

        assertThat(message()).contains("The configuration key " + key + " ");
    }

    @Test
    void an_unknown_option_is_a_problem_that_names_the_nearest() {
        problem("caches.default.options.max-byte", "7");

        assertThat(message())
                .contains(
                        "caches.default.options.max-byte",
                        "'7'",
                        "isolation, max-bytes, max-entries",
                        "'caches.default.options.max-bytes'");
    }

    @Test
    void a_backend_that_does_not_tell_its_options_takes_any() {
        assertThat(read("caches.default.backend", "com.acme.Own", "caches.default.options.anything", "x"))
                .containsEntry("default", CacheSettings.of("com.acme.Own").option("anything", "x"));
    }

    @Test
    void the_value_of_an_unknown_key_shows_no_password() {
        read(
                "caches.default.sevrers",
                "redis://user:geheim@a,redis://user:topsecret@b",
                "caches.default.passwrod",
                "hush",
                "caches.default.options.pasword",
                "hash");
        read("caches.default.password", "quiet");

        assertThat(message()).contains("***@b").doesNotContain("geheim", "topsecret", "quiet", "hush", "hash");
    }

    @Test
    void all_problems_are_reported_in_one_message() {
        read(
                "caches.default.ttl", "x",
                "caches.default.on-error", "y",
                "caches.other.tll", "z",
                "caches.other.options.nix", "1");

        assertThat(message())
                .contains(
                        "4 problems",
                        "caches.default.ttl",
                        "caches.default.on-error",
                        "caches.other.tll",
                        "options.nix");
    }

    @Test
    void an_empty_value_is_as_good_as_none() {
        assertThat(read("caches.default.ttl", "", "caches.other.ttl", ""))
                .isEqualTo(Map.of("default", CacheSettings.local()));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void a_blank_backend_is_a_problem() {
        problem("caches.default.backend", "  ");

        assertThat(message()).contains("caches.default.backend", "'  '");
    }

    @Test
    void a_value_that_cannot_be_read_is_a_problem() {
        new CachesReader(new Unreadable(), Map.of(), OPTIONS::apply, problems).read();

        assertThat(message()).contains("The configuration key caches.default.ttl cannot be read: no ${x}");
    }

    @Test
    void servers_may_be_missing_here_the_backend_complains() {
        assertThat(read("caches.default.backend", "redis").get("default").servers())
                .isEmpty();
        assertThat(read("caches.default.backend", "redis", "caches.default.servers", " , ;")
                        .get("default")
                        .servers())
                .isEmpty();
    }

    @Test
    void configuration_overrides_single_keys_of_the_module() {
        CacheSettings redis = CacheSettings.redis("redis://h").keyPrefix("m").option("timeout", "1");

        Map<String, CacheSettings> settings = with(CacheModule.setup(CacheSettings.local())
                        .with("r", redis)
                        .caches())
                .apply(GivenProperties.of("caches.r.ttl", "9", "caches.r.options.read-from", "leader"));

        assertThat(settings)
                .containsEntry("r", redis.ttl(Duration.ofSeconds(9)).option("read-from", "leader"))
                .containsEntry("default", CacheSettings.local());
    }

    @Test
    void overriding_the_backend_drops_the_servers_and_options_of_the_module_only() {
        CacheSettings redis = CacheSettings.redis("redis://h")
                .keyPrefix("m")
                .version("4")
                .ttl(Duration.ofSeconds(8))
                .onError(OnError.THROW)
                .option("timeout", "1");

        Map<String, CacheSettings> settings = with(Map.of("default", redis))
                .apply(GivenProperties.of("caches.default.backend", "local", "caches.default.options.max-bytes", "5"));

        assertThat(settings)
                .containsEntry(
                        "default",
                        CacheSettings.local()
                                .keyPrefix("m")
                                .version("4")
                                .ttl(Duration.ofSeconds(8))
                                .onError(OnError.THROW)
                                .option("max-bytes", "5"));
    }

    @Test
    void a_backend_that_only_the_server_names_may_be_meant_for_another_application() {
        GivenProperties properties = GivenProperties.of("caches.mine.ttl", "1", "CACHES_OTHER_OPTIONS_POOL_SIZE", "3")
                .onServer("caches.third.servers", "redis://h", "caches.mine.version", "2", "caches.default.ttl", "3");
        CachesReader reader =
                new CachesReader(properties, Map.of("big", CacheSettings.local()), OPTIONS::apply, problems);

        assertThat(reader.read()).containsKeys("mine", "other", "third", "default", "big");
        assertThat(reader.foreign()).containsExactly("other", "third");
        assertThat(problems.isEmpty()).isTrue();
    }

    private Map<String, CacheSettings> read(String... namesAndValues) {
        return with(Map.of()).apply(GivenProperties.of(namesAndValues));
    }

    private void problem(String key, String value) {
        read(key, value);
        assertThat(message()).contains("a problem in this deployment");
    }

    private Function<PropertySource, Map<String, CacheSettings>> with(Map<String, CacheSettings> module) {
        return properties -> new CachesReader(properties, module, OPTIONS::apply, problems).read();
    }

    private String message() {
        return problems.message().orElseThrow();
    }

    private record Unreadable() implements PropertySource {
        @Override
        public Set<String> names() {
            return Set.of("caches.default.ttl");
        }

        @Override
        public String value(String name) {
            if (name.equals("caches.default.ttl")) {
                throw new IllegalArgumentException("cannot be read: no ${x}");
            }
            return null;
        }
    }
}
