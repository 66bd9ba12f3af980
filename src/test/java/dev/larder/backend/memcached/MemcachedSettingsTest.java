package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheSettings;
import dev.larder.backend.memcached.ServerAddress.Login;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemcachedSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:11311, 127.0.0.1:11311",
        "cache.example, cache.example:11211",
        "[::1]:11311, [::1]:11311",
        "[::1], [::1]:11211",
        "::1, [::1]:11211",
        "unix:///run/m.sock, /run/m.sock",
        "/run/m.sock, /run/m.sock",
        "' 10.0.0.5:1 ', 10.0.0.5:1",
        "u:p@10.0.0.5:1, 10.0.0.5:1",
        "u:p@ss:w@10.0.0.5:1, 10.0.0.5:1",
        "unix://u:p@/run/m.sock, /run/m.sock"
    })
    void an_address_is(String given, String expected) {
        assertThat(read(given).servers()).hasToString("[" + expected + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "[::1",
                "[::1]1",
                "unix://",
                "unix:///",
                "/a/",
                "memcached://host:1",
                "a b:1"
            })
    void an_address_is_not(String given) {
        assertThatThrownBy(() -> read(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caches.default.servers holds '" + given + "', expected");
    }

    @Test
    void a_timeout_is_written_as_every_time() {
        for (String text : new String[] {"0.5", "PT0.5S", " .5 "}) {
            CacheSettings settings = CacheSettings.memcached("h").option("timeout", text);
            assertThat(MemcachedSettings.of("a", settings).timeout()).isEqualTo(Duration.ofMillis(500));
        }
    }

    @Test
    void a_password_is_never_shown() {
        assertThatThrownBy(() -> read("user:sec@ret@host:x"))
                .hasMessageContaining("***@host:x")
                .hasMessageNotContaining("sec")
                .hasMessageNotContaining("ret@");
        assertThatThrownBy(() -> read("secret@host:1")).hasMessageNotContaining("secret");
        assertThat(read("user:secret@host:1").toString()).doesNotContain("secret", "user:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://u:p@host", "memcached://u:p@host:1", "http://u:p@host"})
    void a_scheme_is_no_user(String given) {
        assertThatThrownBy(() -> read(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("***@host")
                .hasMessageContaining("it has a scheme other than unix://");
    }

    @Test
    void a_login_stands_in_the_address_or_in_the_options() {
        assertThat(read("u:p:q@host").login()).isEqualTo(new Login("u", "p:q"));
        assertThat(MemcachedSettings.of(
                                "a",
                                CacheSettings.memcached("h1", "h2")
                                        .option("user", "u")
                                        .option("password", "p"))
                        .login())
                .isEqualTo(new Login("u", "p"));
        assertThatThrownBy(() -> read("u:p@h1", "u:other@h2")).hasMessageContaining("2 different logins");
        assertThatThrownBy(() ->
                        MemcachedSettings.of("a", CacheSettings.memcached("h").option("user", "u")))
                .hasMessageContaining("caches.a.options.password is missing");
    }

    @Test
    void servers_are_needed_and_different() {
        assertThatThrownBy(() -> read()).hasMessageContaining("caches.default.servers is missing");
        assertThatThrownBy(() -> read("h:1", "h:1")).hasMessageContaining("names 'h:1' twice");
    }

    @Test
    void options_have_defaults() {
        MemcachedSettings settings = read("h");

        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.noreply()).isFalse();
        assertThat(settings.queueSize()).isEqualTo(1024);
        assertThat(settings.maxValueBytes()).isEqualTo(1024 * 1024);
        assertThat(settings.login()).isNull();
    }

    @Test
    void every_wrong_option_is_named_at_once() {
        CacheSettings wrong = CacheSettings.memcached("h")
                .option("timeout", "250")
                .option("default-noreply", "yes")
                .option("queue-size", "0")
                .option("max-value-bytes", "1 MB");

        assertThatThrownBy(() -> MemcachedSettings.of("a", wrong))
                .hasMessageContaining("caches.a.options.timeout is '250', expected a time")
                .hasMessageContaining("caches.a.options.default-noreply is 'yes', expected 'true' or 'false'")
                .hasMessageContaining("caches.a.options.queue-size is '0', expected a whole number of operations")
                .hasMessageContaining("caches.a.options.max-value-bytes is '1 MB', expected a whole number of bytes");
    }

    private static MemcachedSettings read(String... servers) {
        return MemcachedSettings.of("default", CacheSettings.memcached(servers));
    }
}
