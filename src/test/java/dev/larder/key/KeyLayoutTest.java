package dev.larder.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheValueException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyLayoutTest {

    private static final KeyLayout LOCAL = new KeyLayout("books", "1", Integer.MAX_VALUE, false);
    private static final KeyLayout REDIS = new KeyLayout("books", "1", 1024, false);
    private static final KeyLayout MEMCACHED = new KeyLayout("books", "1", 250, true);

    @Test
    void an_ordinary_key_is_readable_in_the_store() {
        for (KeyLayout layout : List.of(LOCAL, REDIS, MEMCACHED)) {
            assertThat(layout.of("list?author=Eco&page=2"))
                    .isEqualTo(new StoreKey("books:1:list?author=Eco&page=2", null));
        }
    }

    @Test
    void prefix_version_and_key_may_be_empty() {
        assertThat(new KeyLayout("", "", 1024, false).of("").text()).isEqualTo("::");
    }

    @Test
    void percent_colon_and_control_characters_of_prefix_and_version_are_percent_encoded() {
        assertThat(layout("a:b", "1%2").of("k:%").text()).isEqualTo("a%3Ab:1%252:k:%");
        assertThat(layout("a\0\n\u007F\u0085", "ä b").of("k").text()).isEqualTo("a%00%0A%7F%C2%85:ä b:k");
    }

    @Test
    void for_a_store_of_ascii_keys_also_space_and_what_is_not_ascii() {
        assertThat(new KeyLayout("ä b", "\uD83E\uDDC0", 250, true).of("k").text())
                .isEqualTo("%C3%A4%20b:%F0%9F%A7%80:k");
    }

    @Test
    void an_unpaired_surrogate_in_prefix_or_version_is_encoded_for_every_store() {
        assertThat(layout("a\uD83E", "\uDDC0").of("k").text()).isEqualTo("a%ED%A0%BE:%ED%B7%80:k");
    }

    @Test
    void a_key_that_just_fits_is_written_and_one_byte_more_is_hashed() {
        String fits = "k".repeat(1024 - "books:1:".length());
        assertThat(REDIS.of(fits).text()).isEqualTo("books:1:" + fits);
        assertHashed(REDIS, fits + "k");

        String euros = "€".repeat(338) + "ab";
        assertThat(REDIS.of(euros).text()).isEqualTo("books:1:" + euros);
        assertHashed(REDIS, euros + "c");
    }

    @Test
    void memcached_hashes_what_is_not_printable_ascii() {
        for (String key : List.of("ä", "a b", "a\n", "\u007F", "\uD83E\uDDC0", "k".repeat(243))) {
            assertHashed(MEMCACHED, key);
        }
        assertThat(MEMCACHED.of("k".repeat(242)).hashed()).isNull();
    }

    @Test
    void other_stores_take_any_character() {
        String odd = "ä b\n\0\uD83E\uDDC0";
        assertThat(REDIS.of(odd)).isEqualTo(new StoreKey("books:1:" + odd, null));
    }

    @Test
    void a_key_that_looks_hashed_is_hashed() {
        String hash = REDIS.of("k".repeat(2_000)).text().substring("books:1:".length());

        assertHashed(REDIS, hash);
        assertHashed(REDIS, "#");
        assertHashed(MEMCACHED, "#");
    }

    @Test
    void the_hash_is_the_sha_256_of_the_utf_8_as_any_tool_computes_it() {
        // printf '#' | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '='
        assertThat(REDIS.of("#").text()).isEqualTo("books:1:#" + "M0NZuQ7-112l8K2h1eayVvSmvQrufrOcD5AYKgIf_Is");
    }

    @Test
    void a_key_with_an_unpaired_surrogate_is_refused_by_every_store() {
        for (KeyLayout layout : List.of(LOCAL, REDIS, MEMCACHED)) {
            for (String key : List.of("\uD83E", "\uDDC0\uD83E", "\uDDC0a", "k".repeat(2_000) + "\uD83E", "#\uD83E")) {
                assertThatThrownBy(() -> layout.of(key))
                        .isInstanceOf(CacheValueException.class)
                        .hasMessageContaining("key '" + StoreKey.shown(key) + "'")
                        .hasMessageContaining("unpaired surrogate");
            }
        }
        assertThatThrownBy(() -> REDIS.of("a\uD83E"))
                .hasMessage("key 'a\uD83E': it has an unpaired surrogate (\\ud83e at index 1), which is no Unicode");
    }

    @Test
    void the_local_store_hashes_nothing() {
        for (String key : List.of("#", "\uD83E\uDDC0", "k".repeat(100_000), "ä b")) {
            assertThat(LOCAL.of(key)).isEqualTo(new StoreKey("books:1:" + key, null));
        }
    }

    @Test
    void where_not_even_the_hash_fits_behind_the_prefix_the_whole_layout_is_hashed() {
        KeyLayout narrow = new KeyLayout("p".repeat(230), "1", 250, true);

        assertThat(narrow.of("short").text()).isEqualTo("p".repeat(230) + ":1:short");
        StoreKey hashed = narrow.of("k".repeat(18));
        assertThat(hashed.text()).matches("#[A-Za-z0-9_-]{43}");
        assertThat(hashed.hashed()).isEqualTo("p".repeat(230) + ":1:" + "k".repeat(18));
    }

    @Test
    void a_prefix_longer_than_the_store_takes_is_hashed_with_the_key() {
        KeyLayout longer = new KeyLayout("p".repeat(3_000), "1", 1024, false);

        assertThat(longer.of("a").text())
                .matches("#[A-Za-z0-9_-]{43}")
                .isNotEqualTo(longer.of("b").text());
    }

    @Test
    void two_different_keys_never_meet() {
        Random random = new Random(42);
        Map<String, String> seen = new HashMap<>();
        int repeated = 0;
        for (int i = 0; i < 30_000; i++) {
            String prefix = text(random);
            String version = text(random);
            String key = text(random);
            if (UnpairedSurrogate.in(key) != null) {
                assertThatThrownBy(() -> layout(prefix, version).of(key)).isInstanceOf(CacheValueException.class);
                continue;
            }
            for (int limit : new int[] {60, 1024}) {
                boolean ascii = limit == 60;
                String triple = limit + "|" + prefix.length() + "|" + prefix + version.length() + "|" + version + key;
                StoreKey stored = new KeyLayout(prefix, version, limit, ascii).of(key);
                String other = seen.putIfAbsent(limit + stored.text(), triple);
                assertThat(other == null || other.equals(triple))
                        .as("%s", stored)
                        .isTrue();
                repeated += other == null ? 0 : 1;
                assertThat(stored.text().getBytes(UTF_8).length).isLessThanOrEqualTo(limit);
                assertThat(new String(stored.text().getBytes(UTF_8), UTF_8)).isEqualTo(stored.text());
                if (ascii) {
                    assertThat(stored.text()).matches("[!-~]*");
                }
            }
        }
        assertThat(repeated).isPositive();
    }

    @Test
    void messages_show_the_first_200_characters() {
        assertThat(StoreKey.shown("books/1")).isEqualTo("books/1");
        assertThat(StoreKey.shown("k".repeat(201))).isEqualTo("k".repeat(200));
        assertThat(StoreKey.shown("a\r\nERROR forged")).isEqualTo("a\\u000d\\u000aERROR forged");
    }

    private static KeyLayout layout(String prefix, String version) {
        return new KeyLayout(prefix, version, 1024, false);
    }

    private static void assertHashed(KeyLayout layout, String key) {
        StoreKey stored = layout.of(key);
        assertThat(stored.text()).matches("books:1:#[A-Za-z0-9_-]{43}");
        assertThat(stored.hashed()).isEqualTo(key);
    }

    private static String text(Random random) {
        String[] parts = {"a", "b", ":", "%", "3A", "#", "\0", "\uD83E", "\uDDC0", "ä", " ", "?", "0123456789abcdefghij"
        };
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
