package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.RequestFacts;
import dev.larder.response.Exchange;
import dev.larder.response.ResponseCache;
import dev.larder.service.Logs;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is noted of a request. */
class CaptureFilterTest {

    @ParameterizedTest
    @CsvSource({
        "http://SHOP.Example/books, http, shop.example",
        "http://shop.example:80/books, http, shop.example",
        "HTTP://shop.example:8080/books, http, shop.example:8080",
        "https://shop.example:443/books, https, shop.example",
        "https://shop.example:80/books, https, shop.example:80",
        "http://[2001:DB8::1]:80/books, http, [2001:db8::1]",
        "http://shop.example:/books, http, shop.example",
        "http://ann@shop.example/books, http, shop.example",
    })
    void scheme_and_host_are_in_lower_case_without_the_default_port(String uri, String scheme, String host) {
        RequestFacts facts = facts(uri, null);

        assertThat(facts.scheme()).isEqualTo(scheme);
        assertThat(facts.host()).isEqualTo(host);
    }

    @Test
    void path_and_query_are_as_they_were_sent() {
        RequestFacts facts = facts("http://shop.example/b%6Foks;v=1//7?b=%31&a=2&a", null);

        assertThat(facts.path()).isEqualTo("/b%6Foks;v=1//7");
        assertThat(facts.query()).isEqualTo("b=%31&a=2&a");
    }

    @Test
    void what_a_proxy_says_of_the_target_is_not_read() {
        RequestFacts facts = facts(
                "http://shop.example/books",
                null,
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Port",
                "1",
                "Forwarded",
                "host=evil.example;proto=https",
                "X-Original-URL",
                "/evil",
                "X-Rewrite-URL",
                "/evil");

        assertThat(facts.uri()).isEqualTo("http://shop.example/books");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length, 0, false",
        "Content-Length, 1, true",
        "Content-Length, nonsense, true",
        "Transfer-Encoding, chunked, true",
        "Content-Type, text/plain, false",
    })
    void a_body_is_known_by_its_length_or_its_transfer_coding(String name, String value, boolean body) {
        assertThat(facts("http://shop.example/books", null, name, value).body()).isEqualTo(body);
    }

    @Test
    void the_principal_is_that_of_the_security_context() {
        assertThat(facts("http://shop.example/books", null).principal()).isNull();
        assertThat(facts("http://shop.example/books", () -> "ann").principal()).isEqualTo("ann");
    }

    @Test
    void a_target_that_is_no_uri_runs_uncached_and_fills_no_log() {
        UriInfo malformed = (UriInfo) Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> {
                    throw new IllegalArgumentException("Illegal character in path");
                });
        AtomicReference<Exchange> captured = new AtomicReference<>();
        try (Logs logs = new Logs()) {
            filter(captured)
                    .filter(fake(ContainerRequestContext.class, Map.of("getMethod", "GET", "getUriInfo", malformed)));
            assertThat(logs.at(Level.WARNING)).isEmpty();
        }
        assertThat(captured.get()).isNull();
    }

    private static RequestFacts facts(String uri, Principal principal, String... fields) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        UriInfo info = fake(UriInfo.class, Map.of("getRequestUri", URI.create(uri)));
        SecurityContext security = principal == null
                ? fake(SecurityContext.class, Map.of())
                : fake(SecurityContext.class, Map.of("getUserPrincipal", principal));
        ContainerRequestContext request = fake(
                ContainerRequestContext.class,
                Map.of("getMethod", "GET", "getHeaders", headers, "getUriInfo", info, "getSecurityContext", security));
        AtomicReference<Exchange> captured = new AtomicReference<>();
        filter(captured).filter(request);
        return captured.get().request();
    }

    private static CaptureFilter filter(AtomicReference<Exchange> captured) {
        return new CaptureFilter(
                null,
                new Placeholder(false, String.class, false, List.of()),
                new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false, (tags, uris) -> {}),
                (exchange, any) -> captured.set(exchange),
                any -> true,
                false);
    }

    /** Answers these methods, and all others with null. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
