package dev.larder.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheKeyGenerator;
import dev.larder.http.CachingRules;
import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.http.Scope;
import dev.larder.http.VaryMatch;
import dev.larder.policy.GeneratedKey;
import dev.larder.service.MapBackend;
import dev.larder.statistics.CacheEvents;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What tells the entries of two requests apart. */
class ResourceKeyTest {

    interface Resource {
        @Cache
        String list(int page);
    }

    interface Other {
        @Cache
        String list(int page);
    }

    private final ResponseFixture given = ResponseFixture.on(new MapBackend(System::nanoTime));

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void the_key_is_prefix_method_application_and_uri() {
        CachedResource prefixed = resource(Resource.class, "cache.key-prefix", "books");

        assertThat(key("shop", prefixed, get("https", "shop.example", "/books/7", "b=2&a=1")))
                .isEqualTo("books:dev.larder.response.ResourceKeyTest$Resource.list(int) shop"
                        + " https://shop.example/books/7?b=2&a=1");
    }

    @ParameterizedTest
    @CsvSource({
        "http, shop.example, /books, a=1&b=2",
        "https, shop.example:8443, /books, a=1&b=2",
        "https, other.example, /books, a=1&b=2",
        "https, shop.example, /Books, a=1&b=2",
        "https, shop.example, /books/, a=1&b=2",
        "https, shop.example, /books;v=1, a=1&b=2",
        "https, shop.example, /%62ooks, a=1&b=2",
        "https, shop.example, /books, b=2&a=1",
        "https, shop.example, /books, A=1&b=2",
        "https, shop.example, /books, ''",
        "https, shop.example, /books, ",
    })
    void scheme_host_path_and_query_count_as_they_were_sent(String scheme, String host, String path, String query) {
        CachedResource resource = resource(Resource.class);

        assertThat(key("shop", resource, get(scheme, host, path, query)))
                .isNotEqualTo(key("shop", resource, get("https", "shop.example", "/books", "a=1&b=2")));
    }

    @Test
    void two_applications_and_two_methods_never_share() {
        RequestFacts request = get("https", "shop.example", "/books", null);

        assertThat(List.of(
                        key("shop", resource(Resource.class), request),
                        key("attic", resource(Resource.class), request),
                        key("shop", resource(Other.class), request),
                        key("shop", resource(Resource.class, "cache.key-prefix", "books"), request)))
                .doesNotHaveDuplicates();
    }

    @Test
    void of_the_query_the_listed_parameters_count() {
        CachedResource resource = resource(Resource.class, "cache.query-params", "a,b");

        String key = key("shop", resource, get("https", "shop.example", "/books", "a=1&b=2"));
        assertThat(key("shop", resource, get("https", "shop.example", "/books", "utm=9&%61=1&b=2")))
                .isEqualTo(key);
        assertThat(key("shop", resource, get("https", "shop.example", "/books", "b=2&a=1")))
                .isNotEqualTo(key);
        assertThat(key("shop", resource, get("https", "shop.example", "/books", "a=%31&b=2")))
                .isNotEqualTo(key);
    }

    @Test
    void the_selected_type_and_the_listed_fields_count() {
        CachedResource resource = with(
                resource(Resource.class),
                CachingRules.DEFAULT,
                null,
                new Negotiation(List.of("text/html", "text/plain")),
                VaryMatch.of(Set.of("X-Tenant")));

        String key = key("shop", resource, sending("Accept", "text/html", "X-Tenant", "one"));
        assertThat(key("shop", resource, sending("Accept", "text/*;q=0.5, TEXT/HTML", "X-Tenant", "one")))
                .isEqualTo(key);
        assertThat(Stream.of(
                        sending("Accept", "text/plain", "X-Tenant", "one"),
                        sending("Accept", "text/html", "X-Tenant", "two"),
                        sending("Accept", "text/html", "X-Tenant", ""),
                        sending("Accept", "text/html")))
                .extracting(request -> key("shop", resource, request))
                .doesNotHaveDuplicates()
                .doesNotContain(key);
        assertThat(key).doesNotContain("one");
    }

    @Test
    void the_caller_is_part_of_a_personal_key() {
        CachedResource personal = with(
                resource(Resource.class),
                new CachingRules(Scope.USER, Set.of(200), false, false, Set.of()),
                null,
                null,
                VaryMatch.NONE);

        assertThat(key("shop", personal, by("ann"))).endsWith(" user=ann");
        assertThat(Stream.of("ann", "ann ", "ann user=bob", "ann%20user%3Dbob")
                        .map(name -> key("shop", personal, by(name))))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_generated_key_is_the_whole_key_and_cannot_pass_for_a_callers() {
        CacheKeyGenerator fixed = (context, prefix) -> "book:7";
        CacheKeyGenerator forged = (context, prefix) -> "book:7 user=ann";
        CachingRules personal = new CachingRules(Scope.USER, Set.of(200), false, false, Set.of());

        assertThat(key("shop", generated(CachingRules.DEFAULT, fixed), by(null)))
                .isEqualTo("book:7")
                .isEqualTo(key("attic", generated(CachingRules.DEFAULT, fixed), sending("X", "1")));
        assertThat(key("shop", generated(CachingRules.DEFAULT, forged), by(null)))
                .isNotEqualTo(key("shop", generated(personal, fixed), by("ann")));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void a_generator_without_a_key_or_that_throws_makes_the_request_bypass(String key) {
        assertThat(key("shop", generated(CachingRules.DEFAULT, (context, prefix) -> key), by(null)))
                .isNull();
        CacheKeyGenerator throwing = (context, prefix) -> {
            throw new IllegalStateException("on purpose");
        };
        assertThat(key("shop", generated(CachingRules.DEFAULT, throwing), by(null)))
                .isNull();
    }

    @Test
    void a_generated_key_with_an_unpaired_surrogate_makes_the_request_bypass() {
        assertThat(key("shop", generated(CachingRules.DEFAULT, (context, prefix) -> "book:\uD83E"), by(null)))
                .isNull();
    }

    private static String key(String application, CachedResource resource, RequestFacts request) {
        ResourceKey key = ResourceKey.of(application, resource, request, () -> null);
        return key == null ? null : key.text();
    }

    private static RequestFacts get(String scheme, String host, String path, String query) {
        return new RequestFacts("GET", "GET", scheme, host, path, query, Fields.EMPTY, null, false);
    }

    private static RequestFacts sending(String... fields) {
        return new RequestFacts("GET", "GET", "https", "shop.example", "/books", null, Fields.of(fields), null, false);
    }

    private static RequestFacts by(String principal) {
        return new RequestFacts("GET", "GET", "https", "shop.example", "/books", null, Fields.EMPTY, principal, false);
    }

    private CachedResource generated(CachingRules rules, CacheKeyGenerator generator) {
        CachedResource plain = resource(Resource.class);
        return with(plain, rules, new GeneratedKey(plain.policy(), () -> generator), null, VaryMatch.NONE);
    }

    private static CachedResource with(
            CachedResource of,
            CachingRules rules,
            GeneratedKey generated,
            Negotiation negotiation,
            VaryMatch variedBy) {
        return new CachedResource(
                of.policy(),
                rules,
                of.region(),
                generated,
                of.keyRoot(),
                negotiation,
                variedBy,
                false,
                CacheEvents.NONE);
    }

    private CachedResource resource(Class<?> type, String... properties) {
        return given.resource(type, properties);
    }
}
