package dev.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.policy.GivenProperties;
import dev.larder.service.Logs;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelyMistakesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cache.lock-timeuot | cache.lock-timeout",
                "cache.tl | cache.ttl",
                "cache.ttll | cache.ttl",
                "cache.tdl | cache.ttl",
                "cache.lock_timeout | cache.lock-timeout",
                "cache.TTL | cache.ttl",
                "cache.Max-Body-Bytes | cache.max-body-bytes",
                "Cache.ttl | cache.ttl",
                "Caches.default.ttl | caches.default.ttl",
                "CACHES.DEFAULT.TTL | caches.default.ttl",
                "cache.redis.ttl | caches.redis.ttl",
                "cache.redis.options.timeout | caches.redis.options.timeout",
                "cache.default.ttl | caches.default.ttl",
                "cache.com.acme.Books.ttl | cache.\"com.acme.Books\".ttl",
                "cache.com.acme.Books/list.ttl | cache.\"com.acme.Books/list\".ttl",
                "cache.com.acme.books.TTL | cache.\"com.acme.Books\".ttl",
                "cache.consol | cache.console",
                "cache.Console | cache.console",
                "cache.console.rol | cache.console.role",
                "cache.console.roles | cache.console.role",
                "CACHE_LOCK_TIMEUOT | CACHE_LOCK_TIMEOUT",
                "CACHE_CONSOLE_ROLES | CACHE_CONSOLE_ROLE",
                "CACHE_REDIS_TTL | CACHES_REDIS_TTL"
            })
    void a_key_that_is_nearly_one_of_ours(String given, String meant) {
        assertThat(warnings(GivenProperties.of(given, "1")))
                .containsExactly("The configuration key " + given + " does nothing. Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache.ttl",
                "cache.lock-timeout",
                "cache.console",
                "cache.console.role",
                "CACHE_CONSOLE",
                "CACHE_CONSOLE_ROLE",
                "caches.default.ttl",
                "caches.redis.options.timeout",
                "cache.\"com.acme.Books\".ttl",
                "cache.\"com.acme.Other\".ttl",
                "CACHE_TTL",
                "CACHE_DIR",
                "cache.size",
                "cache.directory",
                "cache.other.ttl",
                "cached",
                "CACHES_DEFAULT_TTL"
            })
    void a_key_of_ours_or_of_somebody_else(String given) {
        assertThat(warnings(GivenProperties.of(given, "1"))).isEmpty();
    }

    @Test
    void a_variable_is_warned_of_once_however_it_is_derived() {
        assertThat(warnings(GivenProperties.of("CACHE_LOCK_TIMEUOT", "1", "cache.lock.timeuot", "1")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"defualt", "defaul", "defaults", "defanlt", "Default"})
    void a_backend_one_letter_off_default(String name) {
        assertThat(warnings(Set.of("default", name), Set.of("default"), true))
                .singleElement()
                .asString()
                .contains("caches." + name + ".…", "'caches.default.…'");
        assertThat(warnings(Set.of("default", name), Set.of(name), true)).isEmpty();
    }

    @Test
    void a_backend_that_nobody_can_use() {
        assertThat(warnings(Set.of("default", "rediss", "redis"), Set.of("redis"), false))
                .containsExactly(
                        "No method uses the backend 'rediss', and nothing injects ICacheService. Did you mean 'redis'?");
        assertThat(warnings(Set.of("default", "rediss", "redis"), Set.of("redis"), true))
                .isEmpty();
    }

    private static List<String> warnings(GivenProperties properties) {
        try (Logs logs = new Logs()) {
            new LikelyMistakes(
                            properties,
                            CachesReader.KEYS,
                            Set.of("default", "redis"),
                            Set.of("redis"),
                            Set.of("com.acme.Books", "com.acme.Books/list"))
                    .warn(false);
            return logs.at(Level.WARNING);
        }
    }

    private static List<String> warnings(Set<String> backends, Set<String> used, boolean serviceInjected) {
        try (Logs logs = new Logs()) {
            new LikelyMistakes(GivenProperties.of(), CachesReader.KEYS, backends, used, Set.of()).warn(serviceInjected);
            return logs.at(Level.WARNING);
        }
    }
}
