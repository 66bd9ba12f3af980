package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheBackendException;
import dev.larder.CacheValueException;
import dev.larder.ICacheService;
import dev.larder.UnknownBackendException;
import dev.larder.statistics.Statistics;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the servlet, where no container checks anything before it. */
class ConsoleServletTest {

    private final List<String> changes = new ArrayList<>();
    private final Map<String, Object> session = new HashMap<>();
    private RuntimeException failure;

    private final ConsoleServlet servlet = new ConsoleServlet(
            "operator", () -> new Console("1", () -> "shop", service(), new Statistics(System::nanoTime)));

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO", "get", ""})
    void a_caller_who_does_not_sign_in_gets_what_the_container_says(String method) throws Exception {
        for (String path : new String[] {null, "/", "/data.json", "/clear", "/nothing"}) {
            GivenRequest request = served(GivenRequest.of(method, path));

            assertThat(request.status).isEqualTo(401);
            assertThat(request.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO"})
    void a_caller_without_the_role_gets_403(String method) throws Exception {
        for (String path : new String[] {null, "/", "/data.json", "/clear", "/nothing"}) {
            assertThat(served(GivenRequest.of(method, path).caller("eve", "guest")).status)
                    .isEqualTo(403);
            assertThat(served(GivenRequest.of(method, path).signsInAs("eve", "guest")).status)
                    .isEqualTo(403);
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void where_nobody_can_sign_in_everybody_gets_403() throws Exception {
        assertThat(served(GivenRequest.of("GET", "/data.json").cannotSignIn()).status)
                .isEqualTo(403);
    }

    @Test
    void a_caller_with_the_role_gets_the_page_whether_he_has_signed_in_before_or_does_now() throws Exception {
        assertThat(served(GivenRequest.of("GET", "/").caller("ann", "operator")).text())
                .contains("<title>Larder</title>");
        assertThat(served(GivenRequest.of("GET", "/").signsInAs("ann", "operator"))
                        .text())
                .contains("<title>Larder</title>");
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=UTF-8",
        "/console.css, text/css;charset=UTF-8",
        "/console.js, text/javascript;charset=UTF-8",
        "/icon.svg, image/svg+xml",
        "/data.json, application/json"
    })
    void each_file_has_its_type(String path, String type) throws Exception {
        GivenRequest request = served(GivenRequest.of("GET", path).caller("ann", "operator"));

        assertThat(request.status).isEqualTo(200);
        assertThat(request.answered).containsEntry("Content-Type", type).containsEntry("Cache-Control", "no-store");
        assertThat(request.text()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/index.html", "/../Console.class", "/Console.class", "//", "/data.json/", "/clear"})
    void any_other_path_is_not_found(String path) throws Exception {
        assertThat(served(GivenRequest.of("GET", path).caller("ann", "operator")).status)
                .isEqualTo(404);
    }

    @Test
    void the_path_without_a_slash_leads_to_the_page() throws Exception {
        GivenRequest request = served(GivenRequest.of("GET", null).caller("ann", "operator"));

        assertThat(request.status).isEqualTo(303);
        assertThat(request.answered).containsEntry("Location", "/shop/larder/");
    }

    @Test
    void a_session_has_one_token_and_each_session_another_one() throws Exception {
        String token = token(session);

        assertThat(token).hasSizeGreaterThan(40);
        assertThat(token(session)).isEqualTo(token);
        assertThat(token(new HashMap<>())).isNotEqualTo(token);
        assertThat(session.values()).allMatch(String.class::isInstance);
    }

    @Test
    void a_change_with_role_token_and_origin_is_done() throws Exception {
        assertThat(served(change("/invalidate").parameter("tag", "books")).text())
                .isEqualTo("{\"done\":true}");
        assertThat(served(change("/invalidate").parameter("tag", "")).status).isEqualTo(200);
        assertThat(served(change("/clear").parameter("backend", "default")).text())
                .isEqualTo("{\"done\":true}");
        assertThat(changes).containsExactly("invalidate books", "invalidate ", "clear default");
    }

    @Test
    void a_change_without_a_session_or_with_another_token_or_origin_is_refused() throws Exception {
        assertRefused(change("/clear").session(null));
        assertRefused(change("/clear").session(new HashMap<>()));
        assertRefused(change("/clear").field("Larder-Token", null));
        assertRefused(change("/clear").field("Larder-Token", ""));
        assertRefused(change("/clear").field("Larder-Token", token(new HashMap<>())));
        assertRefused(change("/clear").field("Origin", null));
        assertRefused(change("/clear").field("Origin", "http://other.example"));
        assertRefused(change("/clear").field("Sec-Fetch-Site", "same-site"));
        assertRefused(change("/invalidate").field("Larder-Token", null));
    }

    @Test
    void a_change_that_cannot_be_done_says_why() throws Exception {
        assertThat(served(change("/clear")).status).isEqualTo(400);
        assertThat(served(change("/data.json").parameter("tag", "books")).status)
                .isEqualTo(404);
        failure = new UnknownBackendException("No backend");
        assertThat(served(change("/clear").parameter("backend", "other")).status)
                .isEqualTo(404);
        failure = new CacheValueException("No Unicode");
        assertThat(served(change("/invalidate").parameter("tag", "\ud800")).status)
                .isEqualTo(400);
        failure = new CacheBackendException("Not there");
        assertThat(served(change("/clear").parameter("backend", "default")).text())
                .isEqualTo("{\"done\":false}");
    }

    @Test
    void a_method_that_is_none_of_the_console_is_refused() throws Exception {
        GivenRequest request = served(GivenRequest.of("DELETE", "/data.json").caller("ann", "operator"));

        assertThat(request.status).isEqualTo(405);
        assertThat(request.answered).containsEntry("Allow", "GET, HEAD, POST");
    }

    private void assertRefused(GivenRequest request) throws IOException {
        assertThat(served(request.parameter("backend", "default").parameter("tag", "books")).status)
                .isEqualTo(403);
        assertThat(changes).isEmpty();
    }

    private GivenRequest change(String path) throws IOException {
        return GivenRequest.of("POST", path)
                .caller("ann", "operator")
                .session(session)
                .field("Larder-Token", token(session))
                .field("Host", "shop.example")
                .field("Origin", "http://shop.example");
    }

    private String token(Map<String, Object> of) throws IOException {
        String json = served(GivenRequest.of("GET", "/data.json")
                        .caller("ann", "operator")
                        .session(of))
                .text();
        return json.replaceFirst(".*\"token\":\"([^\"]*)\".*", "$1");
    }

    private GivenRequest served(GivenRequest request) throws IOException {
        servlet.service(request.request(), request.response());
        return request;
    }

    private ICacheService service() {
        return (ICacheService) Proxy.newProxyInstance(
                ICacheService.class.getClassLoader(),
                new Class<?>[] {ICacheService.class},
                (proxy, method, arguments) -> {
                    if (failure != null) {
                        throw failure;
                    }
                    switch (method.getName()) {
                        case "backend" -> {
                            changes.add("clear " + arguments[0]);
                            return proxy;
                        }
                        case "invalidate" -> changes.add("invalidate " + ((String[]) arguments[0])[0]);
                        case "clear" -> {}
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return true;
                });
    }
}
