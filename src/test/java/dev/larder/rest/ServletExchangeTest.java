package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource method said by the servlet API, as the difference to what was there before. */
class ServletExchangeTest {

    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Boolean sessionIsNew;

    private final ServletExchange exchange = new ServletExchange(
            fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "getSession" -> session();
                case "getServletContext" -> fake(ServletContext.class, (of, none) -> null);
                default -> null;
            }),
            fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
                case "getHeaderNames" -> fields.keySet();
                case "getHeaders" -> fields.getOrDefault((String) arguments[0], List.of());
                default -> null;
            }));

    @Test
    void a_field_that_was_there_before_is_no_change() {
        add("X-Filter", "1");
        var before = exchange.before();

        assertThat(exchange.changesSince(before)).isEmpty();
    }

    @Test
    void a_field_that_is_new_is_a_change_with_all_its_lines() {
        var before = exchange.before();
        add("Vary", "Accept");
        add("vary", "X-Tenant");

        assertThat(exchange.changesSince(before)).isEqualTo(Map.of("Vary", List.of("Accept", "X-Tenant")));
    }

    @Test
    void of_a_field_that_got_lines_those_are_the_change() {
        add("Link", "</a>");
        var before = exchange.before();
        add("LINK", "</b>");
        add("Link", "</c>");

        assertThat(exchange.changesSince(before).values()).containsExactly(List.of("</b>", "</c>"));
    }

    @Test
    void of_a_field_that_was_set_anew_all_is_the_change() {
        add("Cache-Control", "max-age=1");
        add("Cache-Control", "public");
        var before = exchange.before();
        fields.put("Cache-Control", List.of("no-store"));

        assertThat(exchange.changesSince(before)).isEqualTo(Map.of("Cache-Control", List.of("no-store")));

        fields.put("Cache-Control", List.of("no-store", "private", "max-age=0"));
        assertThat(exchange.changesSince(before))
                .isEqualTo(Map.of("Cache-Control", List.of("no-store", "private", "max-age=0")));
    }

    @Test
    void a_field_that_was_taken_off_is_none() {
        add("X-Filter", "1");
        var before = exchange.before();
        fields.clear();

        assertThat(exchange.changesSince(before)).isEmpty();
    }

    @Test
    void a_field_that_is_set_again_to_its_value_cannot_be_told_from_one_that_was_left_alone() {
        add("X-Filter", "1");
        var before = exchange.before();
        fields.put("X-Filter", List.of("1"));

        assertThat(exchange.changesSince(before)).isEmpty();
    }

    @Test
    void what_was_noted_before_does_not_change_with_the_response() {
        add("Link", "</a>");
        var before = exchange.before();
        fields.get("Link").add("</b>");

        assertThat(exchange.changesSince(before)).isEqualTo(Map.of("Link", List.of("</b>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Content-Length", "Content-Type", "Date", "Set-Cookie", "Transfer-Encoding"})
    void what_the_server_says_of_the_message_is_no_change(String name) {
        var before = exchange.before();
        add(name.toUpperCase(Locale.ROOT), "1");

        assertThat(exchange.changesSince(before)).isEmpty();
    }

    @Test
    void a_cookie_is_noticed() {
        add("Set-Cookie", "of=filter");
        var before = exchange.before();
        assertThat(exchange.hasNewCookie(before)).isFalse();

        add("Set-Cookie", "of=method");
        assertThat(exchange.hasNewCookie(before)).isTrue();
    }

    @Test
    void a_session_is_noticed_if_it_is_new() {
        var before = exchange.before();
        sessionIsNew = false;
        assertThat(exchange.hasNewCookie(before)).isFalse();

        sessionIsNew = true;
        assertThat(exchange.hasNewCookie(before)).isTrue();
    }

    private void add(String name, String value) {
        fields.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private Object session() {
        return sessionIsNew == null
                ? null
                : fake(HttpSession.class, (name, arguments) -> name.equals("isNew") ? sessionIsNew : null);
    }

    private interface Answers {
        Object of(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName(), arguments)));
    }
}
